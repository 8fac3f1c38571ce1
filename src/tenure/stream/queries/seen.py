"""What the events of a window are called and what properties they have: asked of the store, set-based, over the window only."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tenure.stream.queries.plan_rules import instant_of
from tenure.stream.store.client import event_store

if TYPE_CHECKING:
    from datetime import date, datetime

    from tenure.stream.readers import Window
    from tenure.workspace.context import Context

# What one window may bring into memory; far above what the catalogue keeps.
MOST_NAMES_READ = 20_000
MOST_PROPERTIES_READ = 100_000
LONGEST_PROPERTY = 200
KINDS = ("texts", "integers", "decimals", "booleans", "lists", "maps", "nulls")
_WINDOW = "workspace = {workspace:UUID} AND seq > {after:UInt64} AND seq <= {upto:UInt64}"
_NAMES = f"""
SELECT name, count(), toUnixTimestamp64Micro(min(time)), toUnixTimestamp64Micro(max(time)) FROM events
WHERE {_WINDOW} GROUP BY name ORDER BY count() DESC, name LIMIT {MOST_NAMES_READ}"""  # noqa: S608 - constants
_TOTAL = f"SELECT count() FROM events WHERE {_WINDOW}"  # noqa: S608 - a constant
_PROPERTIES = f"""
SELECT name, kv.1 AS property, count(), toUnixTimestamp64Micro(min(time)), toUnixTimestamp64Micro(max(time)),
    countIf(sign = '"'),
    countIf(is_number AND NOT match(kv.2, '[.eE]')), countIf(is_number AND match(kv.2, '[.eE]')),
    countIf(sign IN ('t', 'f')), countIf(sign = '['), countIf(sign = '{{'), countIf(sign = 'n')
FROM (
    SELECT name, time, arrayJoin(JSONExtractKeysAndValuesRaw(properties)) AS kv, substring(kv.2, 1, 1) AS sign,
        sign NOT IN ('"', 't', 'f', '[', '{{', 'n') AS is_number
    FROM events WHERE {_WINDOW}
) WHERE length(property) BETWEEN 1 AND {LONGEST_PROPERTY} AND position(property, char(0)) = 0
GROUP BY name, property ORDER BY count() DESC, name, property LIMIT {MOST_PROPERTIES_READ}
SETTINGS max_rows_to_group_by = 1000000, group_by_overflow_mode = 'any'"""  # noqa: S608 - constants
_DAYS = """
SELECT toDate(time, {zone:String}) AS day, count() FROM events
WHERE workspace = {workspace:UUID} AND name = {name:String} AND time >= toDateTime64({since:String}, 6, {zone:String})
GROUP BY day ORDER BY day"""
_VOLUMES = """
SELECT name, count(), toUnixTimestamp64Micro(min(time)), toUnixTimestamp64Micro(max(time)) FROM events
WHERE workspace = {workspace:UUID} AND seq <= {upto:UInt64} GROUP BY name"""


@dataclass(frozen=True, slots=True)
class SeenName:
    """A name with how many events, and their first and last instant."""

    name: str
    volume: int
    first_at: datetime
    last_at: datetime


@dataclass(frozen=True, slots=True)
class SeenProperty:
    """A property of a name. by_kind: how many values of each of KINDS."""

    name: str
    property: str
    volume: int
    first_at: datetime
    last_at: datetime
    by_kind: tuple[int, ...]


def list_seen_names(window: Window) -> tuple[list[SeenName], int]:
    """The window's names, the most frequent first, and how many events it has in all."""
    store = event_store()
    names = [_name(row) for row in store.rows(_NAMES, **window.parameters)]
    total = sum(one.volume for one in names)
    if len(names) == MOST_NAMES_READ:
        total = int(store.rows(_TOTAL, **window.parameters)[0][0])
    return names, total


def list_seen_properties(window: Window) -> list[SeenProperty]:
    """The window's properties by name, the most frequent first."""
    return [
        SeenProperty(name, prop, count, instant_of(first), instant_of(last), tuple(kinds))
        for name, prop, count, first, last, *kinds in event_store().rows(_PROPERTIES, **window.parameters)
    ]


def count_all_names(ctx: Context, upto: int) -> list[SeenName]:
    """Every name of the workspace with what the store has of it up to its number `upto`."""
    return [_name(row) for row in event_store().rows(_VOLUMES, workspace=ctx.workspace.pk, upto=upto)]


def count_by_day(ctx: Context, name: str, since: date) -> dict[date, int]:
    """Events of a name by civil day of the reader's zone, from `since` on."""
    given = {"workspace": ctx.workspace.pk, "name": name, "zone": str(ctx.tz), "since": f"{since.isoformat()} 00:00:00"}
    return dict(event_store().rows(_DAYS, **given))


def _name(row: tuple[str, int, int, int]) -> SeenName:
    name, count, first, last = row
    return SeenName(name, count, instant_of(first), instant_of(last))
