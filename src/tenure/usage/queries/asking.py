"""Usage of one or many meters, asked of the event store: several meters cost one pass over their events.

Meters are asked together where they read the same stretch of time in the same steps: those of what happened within the windows; those that
count from before the period; those of one kind of bucket. A count with add and remove is asked by itself.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from itertools import accumulate, pairwise
from typing import TYPE_CHECKING
from uuid import UUID
from zoneinfo import ZoneInfo

from tenure.kernel.period import Period
from tenure.usage.domain.definitions import Filter, MeterDefinition
from tenure.usage.domain.windows import bounds_of
from tenure.usage.enums import WindowSize
from tenure.usage.errors import TooManyResults
from tenure.usage.queries import selecting
from tenure.usage.queries.columns import Kept, kept_in
from tenure.usage.queries.parts import reader_of, values_of
from tenure.usage.queries.rollup import days_of, is_rolled_up
from tenure.usage.queries.whose import NOBODY, Span

if TYPE_CHECKING:
    from tenure.stream.store.client import EventStore
    from tenure.workspace.context import Context

MAX_ROWS = 500_000
ACCOUNT, USER, EVENT = "account", "user", "event"
PROPERTY = "property:"

Keys = tuple[UUID | str | None, ...]


@dataclass(frozen=True, slots=True)
class Question:
    """Which usage is asked for.

    by: `account`, `user`, `event`, `property:NAME`, each a key of the answer. spans: whose events, None for everybody's.
    accounts: where `account` is a key, only these. filters: besides the meters' own.
    """

    period: Period[datetime]
    zone: ZoneInfo
    size: WindowSize = WindowSize.WHOLE
    by: tuple[str, ...] = ()
    spans: tuple[Span, ...] | None = None
    accounts: tuple[UUID, ...] | None = None
    user: str = ""
    filters: tuple[Filter, ...] = ()

    @property
    def bounds(self) -> tuple[datetime, ...]:
        """Where the windows begin, and the end."""
        return bounds_of(self.period, self.size, self.zone)

    def zone_for(self, definition: MeterDefinition) -> ZoneInfo:
        """The zone of the meter's own days."""
        return ZoneInfo(definition.zone) if definition.zone else self.zone


@dataclass(frozen=True, slots=True)
class UsageRow:
    """The usage of one combination of keys: for each meter, its value in each window."""

    keys: Keys
    values: tuple[tuple[Decimal | None, ...], ...]


@dataclass(frozen=True, slots=True)
class Bucket:
    """One bucket's value, which is priced alone."""

    keys: Keys
    start: datetime
    value: Decimal


@dataclass(frozen=True, slots=True)
class _Found:
    """What one statement says of one combination of keys: the parts of each meter by window, window -1 for all before."""

    windows: dict[int, Sequence[object]]


def find_usage(ctx: Context, store: EventStore, definitions: Sequence[MeterDefinition], question: Question) -> list[UsageRow]:
    """The usage of each meter, for each combination of keys that any of them has; without keys exactly one row.

    An account of None is what waits for an account. Raises PeriodMissing, TooManyWindows, TooManyResults, StoreUnavailable.
    """
    together = list(_together(definitions, kept_in(store) if days_of(question, question.bounds) else None))
    if len(together) == 1 and question.by:
        return [UsageRow(keys, tuple(values)) for keys, values in _ask(ctx, store, list(definitions), question)]
    answers: dict[Keys, dict[int, tuple[Decimal | None, ...]]] = defaultdict(dict)
    for positions in together:
        asked = [definitions[position] for position in positions]
        for keys, values in _ask(ctx, store, asked, question):
            for position, own in zip(positions, values, strict=True):
                answers[keys][position] = own
    if not question.by:
        answers[()] = answers.get((), {})
    bounds = question.bounds
    nothing = [tuple(values_of(each, [None] * (len(bounds) - 1), None, bounds, question.zone_for(each))) for each in definitions]
    return [
        UsageRow(keys, tuple(found.get(position, nothing[position]) for position in range(len(definitions))))
        for keys, found in answers.items()
    ]


def find_buckets(ctx: Context, store: EventStore, definition: MeterDefinition, question: Question) -> list[Bucket]:
    """The buckets of a bucketed meter, in order of keys and time, those without events left out."""
    found = []
    bounds = bounds_of(question.period, definition.bucket or question.size, question.zone_for(definition))
    for keys, values in _asked(ctx, store, [definition], question, bounds):
        found += [Bucket(keys, bounds[at], value) for at, value in enumerate(values[0]) if value is not None]
    return sorted(found, key=lambda bucket: (tuple(map(str, bucket.keys)), bucket.start))


def _together(definitions: Sequence[MeterDefinition], kept: Kept | None) -> Iterator[list[int]]:
    """Positions of meters that one statement answers. kept: where a rollup may answer."""
    shapes: dict[object, list[int]] = defaultdict(list)
    for position, definition in enumerate(definitions):
        if definition.operation:
            yield [position]
        elif definition.bucket is not None:
            shapes[definition.bucket, definition.zone].append(position)
        else:
            shapes[definition.counts_before, _rollup_of(definition, kept)].append(position)
    yield from shapes.values()


def _rollup_of(definition: MeterDefinition, kept: Kept | None) -> str:
    """The column out of whose rollup a meter may be answered, '' for none. What only counts goes with any, so with the first of all."""
    if kept is None or not is_rolled_up(definition):
        return ""
    if definition.value:
        column = kept.columns.get(definition.value)
        return column if column and kept.rolls_up(column) else ""
    return min(filter(None, kept.rollups), default="")


def _ask(
    ctx: Context, store: EventStore, definitions: list[MeterDefinition], question: Question
) -> Iterator[tuple[Keys, list[tuple[Decimal | None, ...]]]]:
    bucket = definitions[0].bucket
    if bucket is None:
        yield from _asked(ctx, store, definitions, question, question.bounds)
        return
    buckets = bounds_of(question.period, bucket, question.zone_for(definitions[0]))
    windows = list(pairwise(question.bounds))
    for keys, values in _asked(ctx, store, definitions, question, buckets):
        yield (
            keys,
            [
                _in_windows(own, buckets, windows, Decimal(0) if definition.is_zero_for_nothing else None)
                for definition, own in zip(definitions, values, strict=True)
            ],
        )


def _in_windows(
    values: Sequence[Decimal | None],
    buckets: Sequence[datetime],
    windows: Sequence[tuple[datetime, datetime]],
    nothing: Decimal | None,
) -> tuple[Decimal | None, ...]:
    """The sum of the buckets that begin in each window."""
    sums: list[Decimal | None] = [nothing] * len(windows)
    at = 0
    for start, value in zip(buckets, values, strict=False):
        while start >= windows[at][1]:
            at += 1
        if value is not None:
            sums[at] = value + (sums[at] or Decimal(0))
    return tuple(sums)


def _asked(
    ctx: Context,
    store: EventStore,
    definitions: list[MeterDefinition],
    question: Question,
    bounds: tuple[datetime, ...],
) -> Iterator[tuple[Keys, list[tuple[Decimal | None, ...]]]]:
    """The rows of one statement, each meter's values by window of `bounds`."""
    selection = selecting.select(ctx, store, definitions, question, bounds)
    rows = store.rows(f"{selection.sql} LIMIT {MAX_ROWS + 1}", **selection.parameters)
    if len(rows) > MAX_ROWS:
        raise TooManyResults(limit=MAX_ROWS)
    windows = range(len(bounds) - 1)
    if len(windows) == 1 and not any(each.is_level or each.counts_before for each in definitions):
        yield from _in_one_window(rows, len(question.by), definitions, selection.widths)
        return
    meters, first = [], 0
    for definition, width in zip(definitions, selection.widths, strict=True):
        meters.append((definition, slice(first, first + width), question.zone_for(definition)))
        first += width
    for keys, found in _by_keys(rows, len(question.by), selection.window_of):
        values = []
        for definition, part, zone in meters:
            parts = [found.windows[at][part] if at in found.windows else None for at in windows]
            before = found.windows[-1][part][0] if -1 in found.windows else None
            values.append(tuple(values_of(definition, parts, before, bounds, zone)))
        yield keys, values


def _in_one_window(
    rows: Iterable[tuple[object, ...]], key_count: int, definitions: Sequence[MeterDefinition], widths: Sequence[int]
) -> Iterator[tuple[Keys, list[tuple[Decimal | None, ...]]]]:
    """The same where each combination of keys has one row: many customers are read so."""
    firsts = accumulate(widths, initial=key_count + 1)
    readers = [(reader_of(each), first, first + width) for each, first, width in zip(definitions, firsts, widths, strict=False)]
    for row in rows:
        yield _keys_of(row[:key_count]), [(read(row[first:last]),) for read, first, last in readers]


def _keys_of(own: tuple[object, ...]) -> Keys:
    return tuple([None if key == NOBODY else key for key in own]) if NOBODY in own else own  # type: ignore[misc, return-value]


def _by_keys(
    rows: Iterable[tuple[object, ...]], key_count: int, window_of: dict[int, int] | None
) -> Iterator[tuple[Keys, _Found]]:
    """Rows of one combination of keys together. A row: keys, the window as the statement numbers it, parts."""
    found: dict[Keys, _Found] = {}
    for row in rows:
        keys = _keys_of(row[:key_count])
        at = int(row[key_count])  # type: ignore[call-overload]
        if keys not in found:
            found[keys] = _Found({})
        found[keys].windows[at if window_of is None else window_of.get(at, -1)] = row[key_count + 1 :]
    yield from found.items()
