"""What accounts have reached by using the product is brought in step with their events, ties and the rules."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Collection, Mapping
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db import connection

from tenure.directory.models import Account
from tenure.market.actions.settle_sign_ups import SignUp, settle_sign_ups
from tenure.stream.store.client import event_store
from tenure.usage.domain.milestones import Moment, Reached
from tenure.usage.enums import MilestoneKind
from tenure.usage.events import MilestoneMoved
from tenure.usage.models import MilestoneReached, MilestoneSubject
from tenure.usage.queries.milestone_history import read_history
from tenure.usage.queries.milestones import active_rules, find_owned_spans, find_reached
from tenure.usage.use_stages import settle_use_stages
from tenure.workspace.action import action
from tenure.workspace.rows import insert_rows, update_rows

if TYPE_CHECKING:
    from tenure.workspace.context import Context

Found = Mapping[tuple[UUID, MilestoneKind], Reached]

# Two that settle the same workspace follow one another: each reads the whole history of its accounts.
_LOCK = "SELECT pg_advisory_xact_lock(hashtextextended('usage.milestones ' || tenure_workspace(), 0))"
_TOUCH = {
    "source": "first_source",
    "medium": "first_medium",
    "name": "first_campaign",
    "term": "first_term",
    "content": "first_content",
}
TOUCH_CHARACTERS = 500


@action("usage.settle_milestones")
def settle_milestones(ctx: Context, accounts: Collection[UUID]) -> int:
    """Read the whole history of these accounts and let what they have reached be what it says; returns how many milestones moved.

    Sign-ups become leads (market), first use is told to whoever makes a trial of it, first value and core use enter live and adopting where the
    account has bought. Deleted accounts stay as they are. Set-based; idempotent by its arguments. Raises StoreUnavailable.
    """
    living = list(Account.objects.filter(pk__any_of=sorted(accounts)).values_list("pk", flat=True))
    if not living:
        return 0
    with connection.cursor() as cursor:
        cursor.execute(_LOCK)
    rules = active_rules(ctx)
    spans = find_owned_spans(ctx, living) if rules else []
    found = read_history(ctx, event_store(), rules, spans) if spans else {}
    moved = _write(ctx, living, found)
    sign_ups = {event.account_id: event.reached_at for event in moved if event.kind == MilestoneKind.SIGN_UP}
    if sign_ups:
        settle_sign_ups(ctx, [SignUp(account, at, _touch(found, account)) for account, at in sign_ups.items() if account])
    ctx.emit(moved)
    own = [event for event in moved if event.kind != MilestoneKind.FIRST_USE]
    settle_use_stages(ctx, {event.account_id for event in own if event.account_id}, [event.subject_id for event in own])
    return len(moved)


def _write(ctx: Context, accounts: Collection[UUID], found: Found) -> list[MilestoneMoved]:
    """Have the rows say what was found; what changed."""
    known = find_reached(ctx, accounts)
    fresh, changed, gone, moved = [], [], [], []
    for (account_id, kind), reached in found.items():
        row = known.get((account_id, kind))
        if row is None:
            row = MilestoneReached(workspace_id=ctx.workspace.pk, account_id=account_id, kind=kind)
            fresh.append(row)
        elif (row.reached_at, row.event_id) == (reached.moment.at, reached.moment.event_id):
            continue
        else:
            changed.append(row)
        _fill(row, reached.moment)
        row.noted_at = ctx.now()
        moved.append(MilestoneMoved(row.pk, account_id, None, kind, row.reached_at))
    for (account_id, kind_name), row in known.items():
        if (account_id, MilestoneKind(kind_name)) not in found:
            gone.append(row.pk)
            moved.append(MilestoneMoved(row.pk, account_id, None, kind_name, None))
    insert_rows(MilestoneReached, fresh)
    update_rows(MilestoneReached, changed, ["reached_at", "event_id", "event_source_id", "noted_at"])
    MilestoneReached.objects.filter(pk__any_of=gone).delete()
    _write_subjects(ctx, accounts, found)
    return moved


def _fill(row: MilestoneReached, moment: Moment) -> None:
    row.reached_at, row.event_id, row.event_source_id = moment.at, moment.event_id, moment.source_id


def _write_subjects(ctx: Context, accounts: Collection[UUID], found: Found) -> None:
    """Keep whose events decide, so that the account is looked at again when one of them becomes somebody else's."""
    wanted: dict[UUID, set[str]] = defaultdict(set)
    for (account_id, _kind), reached in found.items():
        wanted[account_id] |= reached.subjects
    rows = MilestoneSubject.objects.filter(account_id__any_of=sorted(accounts))
    known = {(row.account_id, row.subject): row.pk for row in rows}
    told = {(account_id, subject) for account_id, subjects in wanted.items() for subject in subjects}
    MilestoneSubject.objects.filter(pk__any_of=[key for place, key in known.items() if place not in told]).delete()
    fresh = sorted(told - set(known))
    insert_rows(
        MilestoneSubject,
        [MilestoneSubject(workspace_id=ctx.workspace.pk, account_id=account, subject=subject) for account, subject in fresh],
    )


def _touch(found: Found, account_id: UUID) -> dict[str, str]:
    """What the sign-up's context says of the campaign and the page that brought them, as Segment's clients send it."""
    reached = found.get((account_id, MilestoneKind.SIGN_UP))
    context = _object(reached.moment.context) if reached else {}
    campaign, page = _part(context, "campaign"), _part(context, "page")
    touch = {field: str(campaign[name])[:TOUCH_CHARACTERS] for name, field in _TOUCH.items() if campaign.get(name)}
    return touch | ({"landing_page": str(page["path"])[:TOUCH_CHARACTERS]} if page.get("path") else {})


def _object(text: str) -> dict[str, Any]:
    try:
        value = json.loads(text or "{}")
    except ValueError:
        return {}
    return value if isinstance(value, dict) else {}


def _part(value: dict[str, Any], name: str) -> dict[str, Any]:
    part = value.get(name)
    return part if isinstance(part, dict) else {}
