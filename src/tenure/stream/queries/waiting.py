"""Subjects whose events have no account, from the event store: how many, and which."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from tenure.stream.store.client import event_store

if TYPE_CHECKING:
    from tenure.workspace.context import Context

KINDS = {"group": "g:", "user": "u:", "visitor": "a:"}
SORTS = {
    "events": "events DESC, subject",
    "last_seen": "last_seen DESC, subject",
    "first_seen": "first_seen, subject",
    "id": "subject",
}
# Subjects that always had an account are left out before their events are read; of the others, events of a time without one count.
_TIED = """
SELECT subject FROM ties FINAL WHERE workspace = {workspace:UUID} GROUP BY subject
HAVING countIf(account = toUUID('00000000-0000-0000-0000-000000000000')) = 0 AND min(since) <= toDateTime64(0, 6, 'UTC')
"""
_WAITING = f"""
SELECT e.subject AS subject, count() AS events, min(e.time) AS first_seen, max(e.time) AS last_seen
FROM (
  SELECT subject, time FROM events WHERE workspace = {{workspace:UUID}} AND ({{kind:String}} = '' OR startsWith(subject, {{kind:String}}))
    AND subject NOT IN ({_TIED})
    AND ({{search:String}} = '' OR positionCaseInsensitiveUTF8(subject, {{search:String}}) > 0 OR subject IN {{named:Array(String)}})
) AS e ASOF LEFT JOIN (
  SELECT subject, since, account FROM ties FINAL WHERE workspace = {{workspace:UUID}} AND subject NOT IN ({_TIED})
) AS t ON e.subject = t.subject AND e.time >= t.since
WHERE t.account = toUUID('00000000-0000-0000-0000-000000000000') GROUP BY subject
"""  # noqa: S608 - put together from constants


@dataclass(frozen=True, slots=True)
class Waiting:
    """A subject with events that are nobody's yet."""

    subject: str
    events: int
    first_seen: datetime
    last_seen: datetime


def list_waiting(
    ctx: Context,
    *,
    kind: str = "",
    search: str = "",
    named: Collection[str] = (),
    sort: str = "events",
    limit: int = 50,
    offset: int = 0,
) -> list[Waiting]:
    """Subjects whose events have no account. kind: a key of KINDS. named: further subjects that the search found by their names.

    Raises StoreUnavailable. Cost: a pass over subject and time of the events that are nobody's; those of tied subjects are skipped by index.
    """
    sql = f"{_WAITING} ORDER BY {SORTS.get(sort, SORTS['events'])} LIMIT {{limit:UInt64}} OFFSET {{offset:UInt64}}"
    rows = event_store().rows(sql, limit=limit, offset=offset, **_parameters(ctx, kind, search, named))
    return [Waiting(subject, events, _aware(first), _aware(last)) for subject, events, first, last in rows]


def count_waiting(ctx: Context, *, kind: str = "", search: str = "", named: Collection[str] = ()) -> tuple[int, int]:
    """(subjects, events) that wait. Raises StoreUnavailable."""
    sql = f"SELECT count(), sum(events) FROM ({_WAITING})"  # noqa: S608 - a constant
    subjects, events = event_store().rows(sql, **_parameters(ctx, kind, search, named))[0]
    return int(subjects), int(events)


def _parameters(ctx: Context, kind: str, search: str, named: Collection[str]) -> dict[str, object]:
    return {"workspace": ctx.workspace.pk, "kind": KINDS.get(kind, ""), "search": search, "named": list(named)}


def _aware(moment: datetime) -> datetime:
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
