"""Daily sums beside the events, kept by the store itself: what a subject's events of one name add up to on one day (UTC).

A rollup is a projection of the table of events, one for each property's column that meters add up: every part of the table carries its own
sums, made with it, merged with it, and made anew with it when a correction or an erasure changes it. So none can drift, and a part
that has none yet is read event by event by the same statement. Rule: docs/decisions/0013-rollups-are-projections.md.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings

from tenure.stream.store.client import event_store
from tenure.stream.store.migrate import with_engines

if TYPE_CHECKING:
    from uuid import UUID

    from tenure.stream.store.client import EventStore

# Each is written with every block that arrives.
MOST = 8
DAY = "toDate32(time)"
KEYS = f"workspace, subject, name, {DAY}"
# Below these a rollup takes more room than it saves reading.
PAYS_FROM_EVENTS, PAYS_FROM_EVENTS_A_KEY = 1_000_000, 8
_PREFIX = "daily_"
_NAMES = """
SELECT name FROM system.projections WHERE database = currentDatabase() AND table = 'events' AND startsWith(name, {prefix:String})
"""
_DENSITY = f"""
SELECT count(), uniq(subject, name, {DAY}) FROM events
WHERE workspace = {{workspace:UUID}} AND time >= now() - INTERVAL 35 DAY AND time < now() + INTERVAL 1 DAY
"""  # noqa: S608 - put together from constants


def sums_of(column: str | None) -> list[str]:
    """What a rollup has, in order: how many events; of a column also how many numbers, their sum, the lowest, the highest."""
    if column is None:
        return ["count()"]
    return ["count()", f"count({column})", f"sum(toDecimal256({column}, 12))", f"min({column})", f"max({column})"]


def list_rollups(store: EventStore | None = None) -> set[str | None]:
    """The columns that have a rollup; None stands for that which only counts."""
    rows = (store or event_store()).rows(_NAMES, prefix=_PREFIX)
    return {str(name).removeprefix(_PREFIX) or None for (name,) in rows}


def pays(workspace_id: UUID, store: EventStore | None = None) -> bool:
    """Whether a workspace's events of the last weeks are many, and many of them alike. Raises StoreUnavailable."""
    ((events, keys),) = (store or event_store()).rows(_DENSITY, workspace=workspace_id)
    return bool(events >= PAYS_FROM_EVENTS and events >= keys * PAYS_FROM_EVENTS_A_KEY)


def ensure_rollup(column: str | None, store: EventStore | None = None) -> bool:
    """Give a column its rollup, unless there are MOST already; one that only counts is not needed beside others.

    Parts that exist are given theirs in the background. Returns whether there is one. Idempotent. Raises StoreUnavailable.
    """
    asked = store or event_store()
    existing = list_rollups(asked)
    if column in existing or (column is None and existing):
        return True
    if len(existing) >= MOST:
        return False
    adding, filling = rollup_sql(column, settings.CLICKHOUSE_CLUSTER)
    asked.everywhere().command(adding)
    asked.everywhere().command(filling)
    return True


def rollup_sql(column: str | None, cluster: str) -> tuple[str, str]:
    """The statements that give a column its rollup, on one server or on all of a cluster: for new parts, and for those that exist."""
    name = f"{_PREFIX}{column or ''}"
    sums = ", ".join(sums_of(column))
    adding = f"ALTER TABLE events {{on_cluster}} ADD PROJECTION IF NOT EXISTS {name} (SELECT {KEYS}, {sums} GROUP BY {KEYS})"
    filling = f"ALTER TABLE events {{on_cluster}} MATERIALIZE PROJECTION {name} SETTINGS mutations_sync = 0"
    return with_engines(adding, cluster), with_engines(filling, cluster)
