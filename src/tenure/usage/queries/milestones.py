"""What milestones mean in this workspace, what accounts have reached, and whose events decide it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from typing import TYPE_CHECKING, NamedTuple
from uuid import UUID

from django.db import connection

from tenure.stream.store.client import StoreUnavailable, event_store
from tenure.usage.domain.milestones import MilestoneRule, core_events, suggested_events
from tenure.usage.enums import MilestoneKind
from tenure.usage.models import Feature, Milestone, MilestoneReached

if TYPE_CHECKING:
    from datetime import datetime

    from tenure.stream.store.client import EventStore
    from tenure.workspace.context import Context

# A row that repeats the one before it is one span with it.
_SPANS = """
WITH told AS (
  SELECT subject, since_at, account_id, lead(since_at) OVER (PARTITION BY subject ORDER BY since_at) AS until_at
  FROM stream_tie WHERE workspace_id = tenure_workspace() AND subject IN (
    SELECT subject FROM stream_tie WHERE workspace_id = tenure_workspace() AND account_id = ANY(%(accounts)s::uuid[]))
)
SELECT account_id, subject, since_at, until_at FROM told WHERE account_id = ANY(%(accounts)s::uuid[]) ORDER BY account_id, subject, since_at
"""
_OWNERS = """
SELECT subject, account_id FROM stream_tie
WHERE workspace_id = tenure_workspace() AND subject = ANY(%s::text[]) AND account_id IS NOT NULL GROUP BY subject, account_id
"""
_NAMES = "SELECT toString(name) FROM events WHERE workspace = {workspace:UUID} AND name NOT LIKE '$%' GROUP BY name ORDER BY count() DESC LIMIT 500"


class OwnedSpan(NamedTuple):
    """A subject, as long as it is an account's: since <= time < until (None: without an end)."""

    account_id: UUID
    subject: str
    since_at: datetime
    until_at: datetime | None


def list_rules(_ctx: Context) -> dict[MilestoneKind, MilestoneRule]:
    """What each kind means, as it was said; a kind that nobody has said is missing."""
    return {
        MilestoneKind(row.kind): MilestoneRule(MilestoneKind(row.kind), tuple(row.events), row.weeks_active, row.weeks_watched)
        for row in Milestone.objects.order_by("kind")
    }


def active_rules(ctx: Context) -> dict[MilestoneKind, MilestoneRule]:
    """The rules that some event can fulfil, core use with the events it means."""
    rules = list_rules(ctx)
    core = rules.get(MilestoneKind.CORE_USE)
    if core is not None:
        features = list(Feature.objects.filter(is_core=True).order_by("created_at", "id").values_list("events", flat=True))
        rules[core.kind] = MilestoneRule(core.kind, core_events(core, features), core.weeks_active, core.weeks_watched)
    return {kind: rule for kind, rule in rules.items() if rule.events}


def list_seen_names(ctx: Context, store: EventStore) -> list[str]:
    """Names of events seen, the most frequent first. Raises StoreUnavailable."""
    return [name for (name,) in store.rows(_NAMES, workspace=ctx.workspace.pk)]


def suggest_from_store(ctx: Context) -> dict[MilestoneKind, list[str]]:
    """For each kind the names seen that usually mean it; nothing while the event store is away."""
    try:
        seen = list_seen_names(ctx, event_store())
    except StoreUnavailable:
        seen = []
    return {kind: suggested_events(kind, seen) for kind in MilestoneKind}


def find_owned_spans(_ctx: Context, accounts: Collection[UUID]) -> list[OwnedSpan]:
    """The subjects of these accounts, from PostgreSQL: exact at once, where the event store's copy may be a moment behind."""
    with connection.cursor() as cursor:
        cursor.execute(_SPANS, {"accounts": sorted(accounts)})
        return [OwnedSpan(*row) for row in cursor.fetchall()]


def owners_of(_ctx: Context, subjects: Collection[str]) -> dict[str, set[UUID]]:
    """The accounts that each subject is or was."""
    found: dict[str, set[UUID]] = defaultdict(set)
    with connection.cursor() as cursor:
        cursor.execute(_OWNERS, [sorted(subjects)])
        for subject, account_id in cursor.fetchall():
            found[subject].add(account_id)
    return found


def find_reached(_ctx: Context, accounts: Collection[UUID]) -> dict[tuple[UUID, str], MilestoneReached]:
    """What these accounts have reached, by (account, kind)."""
    rows = MilestoneReached.objects.filter(account_id__any_of=sorted(accounts))
    return {(row.account_id, row.kind): row for row in rows}
