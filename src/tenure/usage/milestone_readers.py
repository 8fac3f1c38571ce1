"""What arrives moves turns through the stage ledger: events, and subjects that are found to be somebody's.

A window of events, or of ties, is asked for whom it may move; only these accounts' histories are read (actions/settle_milestones.py).
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING
from uuid import UUID

from tenure.stream.models import ReaderPosition, Tie
from tenure.stream.readers import Window, register_reader
from tenure.stream.store.client import event_store
from tenure.usage.actions.settle_milestones import settle_milestones
from tenure.usage.models import MilestoneSubject
from tenure.usage.queries.milestone_history import First, firsts_of_subjects, firsts_of_window
from tenure.usage.queries.milestones import active_rules, find_reached, owners_of
from tenure.workspace.action import part_of_action

if TYPE_CHECKING:
    from tenure.workspace.context import Context

READER, TIES = "usage.milestones", "usage.milestones.ties"
TIES_AT_ONCE, ACCOUNTS_AT_ONCE = 20_000, 2_000


def read_milestones(ctx: Context, window: Window) -> None:
    """Move whom the events of this window move. Ties first: who became known meanwhile is known then."""
    read_ties(ctx)
    rules = active_rules(ctx)
    if rules:
        _settle(ctx, _moved_by(ctx, firsts_of_window(event_store(), rules, window)))


def read_ties(ctx: Context) -> int:
    """Move whom ties move that are new or other than before, by the revisions of ties; returns how many ties were read.

    Idempotent: a revision is read once. Raises StoreUnavailable.
    """
    ReaderPosition.objects.get_or_create(workspace_id=ctx.workspace.pk, reader=TIES)
    position = ReaderPosition.objects.select_for_update().get(reader=TIES)
    fresh = list(
        Tie.objects.filter(revision__gt=position.seq).order_by("revision").values_list("subject", "revision")[:TIES_AT_ONCE]
    )
    if not fresh:
        return 0
    subjects = sorted({subject for subject, _revision in fresh})
    rules = active_rules(ctx)
    if rules:
        left = set(MilestoneSubject.objects.filter(subject__any_of=subjects).values_list("account_id", flat=True))
        _settle(ctx, left | _moved_by(ctx, firsts_of_subjects(ctx, event_store(), rules, subjects)))
    position.seq = fresh[-1][1]
    position.save(update_fields=["seq"])
    return len(fresh)


def register_readers() -> None:
    """Have events read."""
    register_reader(READER, read_milestones)


def _moved_by(ctx: Context, firsts: Sequence[First]) -> set[UUID]:
    """The accounts for which one of these events is news: they have not reached its kind, or reached it later."""
    owners = owners_of(ctx, {first.subject for first in firsts})
    reached = find_reached(ctx, {account for accounts in owners.values() for account in accounts})
    moved = set()
    for first in firsts:
        for account in owners.get(first.subject, ()):
            row = reached.get((account, first.kind))
            if row is None or first.at < row.reached_at:
                moved.add(account)
    return moved


def _settle(ctx: Context, accounts: Collection[UUID]) -> None:
    """A bounded number of histories at a time. A great many at once are the past being brought in: told, but nobody is written to."""
    quiet = replace(ctx, is_backfill=ctx.is_backfill or len(accounts) > ACCOUNTS_AT_ONCE)
    wanted = sorted(accounts)
    with part_of_action():
        for start in range(0, len(wanted), ACCOUNTS_AT_ONCE):
            settle_milestones(quiet, wanted[start : start + ACCOUNTS_AT_ONCE])
