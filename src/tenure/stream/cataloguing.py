"""The catalogue's reader: names, properties and violations of every window into PostgreSQL, with its position committed beside.

At most MOST_NAMES names a workspace and MOST_PROPERTIES properties a name; what had no room is counted and said. Nothing is sampled.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from django.db import connection
from django.db.models import F

from tenure.kernel.ids import uuid7
from tenure.stream.domain.plan import read_expected
from tenure.stream.enums_of_governance import PlanState
from tenure.stream.models import EventName, EventProperty, Governance, PlanViolation, ReaderPosition
from tenure.stream.queries.governance import governance_of
from tenure.stream.queries.plan_rules import Broken, count_broken
from tenure.stream.queries.seen import KINDS, SeenName, SeenProperty, count_all_names, list_seen_names, list_seen_properties

if TYPE_CHECKING:
    from collections.abc import Iterable
    from uuid import UUID

    from tenure.stream.readers import Window
    from tenure.workspace.context import Context

READER = "catalogue"
MOST_NAMES = 2_000
MOST_PROPERTIES = 300
KEPT_EXAMPLES = 5
_ADD_NAMES = """
UPDATE stream_eventname AS e SET volume = e.volume + d.volume,
    first_seen_at = LEAST(e.first_seen_at, d.first_at), last_seen_at = GREATEST(e.last_seen_at, d.last_at)
FROM unnest(%s::uuid[], %s::bigint[], %s::timestamptz[], %s::timestamptz[]) AS d(id, volume, first_at, last_at)
WHERE e.id = d.id"""
_SET_NAMES = """
UPDATE stream_eventname AS e SET volume = COALESCE(d.volume, 0)
FROM unnest(%s::uuid[], %s::bigint[]) AS d(id, volume) WHERE e.id = d.id"""
_KINDS = ", ".join(KINDS)
_ADD_PROPERTIES = f"""
INSERT INTO stream_eventproperty (id, workspace_id, event_name_id, name, volume, first_seen_at, last_seen_at, {_KINDS})
SELECT * FROM unnest(%s::uuid[], %s::uuid[], %s::uuid[], %s::text[], %s::bigint[], %s::timestamptz[], %s::timestamptz[]{", %s::bigint[]" * len(KINDS)})
ON CONFLICT (workspace_id, event_name_id, name) DO UPDATE SET volume = stream_eventproperty.volume + EXCLUDED.volume,
    first_seen_at = LEAST(stream_eventproperty.first_seen_at, EXCLUDED.first_seen_at),
    last_seen_at = GREATEST(stream_eventproperty.last_seen_at, EXCLUDED.last_seen_at),
    {", ".join(f"{kind} = stream_eventproperty.{kind} + EXCLUDED.{kind}" for kind in KINDS)}"""  # noqa: S608 - names of our own columns


def read_catalogue(ctx: Context, window: Window) -> None:
    """Take one window into the catalogue (a reader of readers.py)."""
    names, total = list_seen_names(window)
    kept = _kept_names(ctx, names)
    _add_names(kept, [one for one in names if one.name in kept])
    left_out = total - sum(one.volume for one in names if one.name in kept)
    if left_out:
        Governance.objects.filter(pk=governance_of(ctx).pk).update(names_left_out=F("names_left_out") + left_out)
    _add_properties(ctx, kept, list_seen_properties(window))
    _add_violations(ctx, window, kept)


def recount_names(ctx: Context) -> None:
    """Set every name's volume to what the store has now, after events were taken away. Inside a transaction."""
    position = ReaderPosition.objects.select_for_update().filter(reader=READER).first()
    if position is None:
        return
    counted = {one.name: one.volume for one in count_all_names(ctx, position.seq)}
    rows = list(EventName.objects.values_list("pk", "name"))
    with connection.cursor() as cursor:
        cursor.execute(_SET_NAMES, [[key for key, _ in rows], [counted.get(name, 0) for _, name in rows]])


def _kept_names(ctx: Context, names: list[SeenName]) -> dict[str, EventName]:
    """The catalogue's rows of the window's names; new ones are made as long as there is room."""
    wanted = [one.name for one in names]
    found = {row.name: row for row in EventName.objects.filter(name__in=wanted)}
    new = [name for name in wanted if name not in found]
    if new:
        room = max(0, MOST_NAMES - EventName.objects.count())
        made = [EventName(workspace_id=ctx.workspace.pk, name=name) for name in new[:room]]
        EventName.objects.bulk_create(made)
        found |= {row.name: row for row in made}
    return found


def _add_names(kept: dict[str, EventName], names: list[SeenName]) -> None:
    columns = zip(*((kept[one.name].pk, one.volume, one.first_at, one.last_at) for one in names), strict=True)
    values = [list(column) for column in columns]
    if values:
        with connection.cursor() as cursor:
            cursor.execute(_ADD_NAMES, values)


def _add_properties(ctx: Context, kept: dict[str, EventName], seen: Iterable[SeenProperty]) -> None:
    of_name: dict[str, list[SeenProperty]] = defaultdict(list)
    for one in seen:
        if one.name in kept:
            of_name[one.name].append(one)
    known: dict[UUID, set[str]] = defaultdict(set)
    ids = [kept[name].pk for name in of_name]
    for event_name_id, name in EventProperty.objects.filter(event_name__in=ids).values_list("event_name_id", "name"):
        known[event_name_id].add(name)
    rows: list[tuple[object, ...]] = []
    for name, properties in of_name.items():
        row = kept[name]
        left_out = 0
        for one in properties:
            if one.property not in known[row.pk]:
                if len(known[row.pk]) >= MOST_PROPERTIES:
                    left_out += one.volume
                    continue
                known[row.pk].add(one.property)
            told = (uuid7(), ctx.workspace.pk, row.pk, one.property, one.volume, one.first_at, one.last_at)
            rows.append((*told, *one.by_kind))
        if left_out:
            EventName.objects.filter(pk=row.pk).update(properties_left_out=F("properties_left_out") + left_out)
    if rows:
        with connection.cursor() as cursor:
            cursor.execute(_ADD_PROPERTIES, [list(column) for column in zip(*rows, strict=True)])


def _add_violations(ctx: Context, window: Window, kept: dict[str, EventName]) -> None:
    plan = {
        row.name: None if row.plan == PlanState.RETIRED else read_expected(row.expected)
        for row in kept.values()
        if row.plan != PlanState.UNPLANNED
    }
    broken = count_broken(window, plan) if plan else []
    if not broken:
        return
    of_name = PlanViolation.objects.filter(event_name__in=[kept[one.name].pk for one in broken])
    known = {(row.event_name_id, row.code, row.property): row for row in of_name}
    counts: dict[UUID, int] = defaultdict(int)
    for one in broken:
        event_name = kept[one.name]
        counts[event_name.pk] += one.count
        key = (event_name.pk, one.code, one.property)
        row = known.get(key) or PlanViolation(
            workspace_id=ctx.workspace.pk,
            event_name=event_name,
            code=one.code,
            property=one.property,
            first_at=one.first_at,
            last_at=one.last_at,
        )
        _take_in(row, one)
        row.save()
    for event_name_id, count in counts.items():
        EventName.objects.filter(pk=event_name_id).update(violations=F("violations") + count)


def _take_in(row: PlanViolation, broken: Broken) -> None:
    row.count += broken.count
    row.first_at, row.last_at = min(row.first_at, broken.first_at), max(row.last_at, broken.last_at)
    newest = [{"id": key, "at": at.isoformat(), "value": value} for key, at, value in broken.examples]
    row.examples = (newest + row.examples)[:KEPT_EXAMPLES]
