"""Usage counted in memory, event by event: the plain reading of the definitions, which the event store's answers are held against.

It is slow and obvious on purpose: no states, no shared arithmetic with the statements that `queries/` makes.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise
from typing import Any
from zoneinfo import ZoneInfo

from tenure.kernel.period import Period
from tenure.usage.domain.definitions import ADD, EVENT_NAME, REMOVE, USER, WHO_IS_WHO, Filter, MeterDefinition
from tenure.usage.domain.numbers import number_of, settled, text_of
from tenure.usage.domain.windows import bounds_of, days_left
from tenure.usage.enums import Aggregation, FilterOperator, WindowSize

_MICROSECOND = timedelta(microseconds=1)


@dataclass(frozen=True, slots=True)
class SeenEvent:
    """An event as far as meters mind it; `seq`, `idx`: its place in the stream, which decides between equal times."""

    name: str
    time: datetime
    properties: Mapping[str, Any] = field(default_factory=dict)
    user: str = ""
    seq: int = 0
    idx: int = 0

    @property
    def place(self) -> tuple[datetime, int, int]:
        """Where it stands among the others."""
        return self.time, self.seq, self.idx


def counts(definition: MeterDefinition, event: SeenEvent) -> bool:
    """Whether the meter counts the event."""
    named = event.name in definition.events if definition.events else event.name not in WHO_IS_WHO
    return named and all(holds(each, event) for each in definition.filters)


def holds(condition: Filter, event: SeenEvent) -> bool:  # noqa: PLR0911 - one line a comparison
    """Whether a filter lets the event through."""
    value = _field_of(condition.field, event)
    text, number, values = text_of(value), number_of(value), condition.values
    numeric = bool(values) and isinstance(values[0], Decimal)
    own: Any = number if numeric else text
    is_given = number is not None if numeric else text != ""
    match condition.operator:
        case FilterOperator.EXISTS:
            return text != ""
        case FilterOperator.NOT_EXISTS:
            return text == ""
        case FilterOperator.EQ | FilterOperator.IN:
            return is_given and own in values
        case FilterOperator.NE | FilterOperator.NOT_IN:
            return not is_given or own not in values
        case FilterOperator.CONTAINS:
            return is_given and str(values[0]) in text
        case FilterOperator.LT:
            return is_given and own < values[0]
        case FilterOperator.LTE:
            return is_given and own <= values[0]
        case FilterOperator.GT:
            return is_given and own > values[0]
        case _:
            return is_given and own >= values[0]


def usage_in_memory(
    definition: MeterDefinition, events: Iterable[SeenEvent], period: Period[datetime], size: WindowSize, zone: ZoneInfo
) -> list[Decimal | None]:
    """The usage of one account in each window of the period; None where there is no value at all."""
    counted = sorted((event for event in events if counts(definition, event)), key=lambda event: event.place)
    bounds = bounds_of(period, size, zone)
    own_zone = ZoneInfo(definition.zone) if definition.zone else zone
    if definition.is_level:
        return [_level(definition, counted, (bounds[0], start, end), own_zone) for start, end in _pairs(bounds)]
    if definition.bucket is None:
        return [_taken(definition, _within(counted, start, end)) for start, end in _pairs(bounds)]
    buckets = bounds_of(period, definition.bucket, own_zone)
    values = [(start, _taken(definition, _within(counted, start, end))) for start, end in _pairs(buckets)]
    nothing = Decimal(0) if definition.is_zero_for_nothing else None
    return [_total((value for at, value in values if start <= at < end), nothing) for start, end in _pairs(bounds)]


def _total(values: Iterable[Decimal | None], nothing: Decimal | None) -> Decimal | None:
    found = [value for value in values if value is not None]
    return sum(found, Decimal(0)) if found else nothing


def _pairs(bounds: Sequence[datetime]) -> list[tuple[datetime, datetime]]:
    return list(pairwise(bounds))


def _within(events: Sequence[SeenEvent], start: datetime, end: datetime) -> list[SeenEvent]:
    return [event for event in events if start <= event.time < end]


def _field_of(name: str, event: SeenEvent) -> object:
    if name == EVENT_NAME:
        return event.name
    return event.user if name == USER else event.properties.get(name)


def _numbers(definition: MeterDefinition, events: Iterable[SeenEvent]) -> list[tuple[SeenEvent, Decimal]]:
    pairs = ((event, number_of(event.properties.get(definition.value))) for event in events)
    return [(event, number) for event, number in pairs if number is not None]


def _taken(definition: MeterDefinition, events: list[SeenEvent]) -> Decimal | None:  # noqa: PLR0911 - one line an aggregation
    """The value of what happened within one stretch."""
    if definition.aggregation is Aggregation.COUNT:
        return Decimal(len(events))
    if definition.aggregation is Aggregation.UNIQUE_COUNT:
        return Decimal(len({text_of(_field_of(definition.value, event)) for event in events} - {""}))
    numbers = [number for _event, number in _numbers(definition, events)]
    if definition.aggregation is Aggregation.SUM:
        return sum(numbers, Decimal(0))
    if not numbers:
        return None
    match definition.aggregation:
        case Aggregation.MAX:
            return max(numbers)
        case Aggregation.MIN:
            return min(numbers)
        case Aggregation.LATEST:
            return numbers[-1]
        case _:
            return settled(sum(map(Fraction, numbers), Fraction(0)) / len(numbers))


def _level(
    definition: MeterDefinition, events: list[SeenEvent], span: tuple[datetime, datetime, datetime], zone: ZoneInfo
) -> Decimal:
    """The value of what goes on over time, in [start, end) of a question that begins at `first`."""
    first, start, end = span
    events = [event for event in events if event.time < end and (definition.counts_before or event.time >= first)]
    if definition.operation:
        return Decimal(len(_present(definition, events)))
    numbers = _numbers(definition, events)
    before = sum((Fraction(number) for event, number in numbers if event.time < start), Fraction(0))
    inside = [(event.time, Fraction(number)) for event, number in numbers if event.time >= start]
    match definition.aggregation:
        case Aggregation.WEIGHTED_SUM:
            return settled(_average_level(before, inside, start, end))
        case Aggregation.PRORATED_RECURRING_SUM:
            whole = days_left(start, end, zone)
            return settled(before + sum((value * days_left(at, end, zone) / whole for at, value in inside), Fraction(0)))
        case _:
            return settled(before + sum((value for _at, value in inside), Fraction(0)))


def _average_level(level: Fraction, changes: list[tuple[datetime, Fraction]], start: datetime, end: datetime) -> Fraction:
    """A level that changes at instants, each stretch weighed by how long it lasts."""
    area, since = Fraction(0), start
    for at, change in changes:
        area += level * ((at - since) // _MICROSECOND)
        level, since = level + change, at
    area += level * ((end - since) // _MICROSECOND)
    return area / ((end - start) // _MICROSECOND)


def _present(definition: MeterDefinition, events: list[SeenEvent]) -> set[str]:
    """The values that were added and not removed since; each event says `add` or `remove`, others say nothing."""
    present: set[str] = set()
    for event in events:
        value, operation = text_of(_field_of(definition.value, event)), text_of(event.properties.get(definition.operation))
        if value and operation == ADD:
            present.add(value)
        elif value and operation == REMOVE:
            present.discard(value)
    return present
