"""Examples on what is counted: each becomes a meter, its events and a period, so that it can be asked of any counter.

By default in memory; the tests put the events into the event store and ask that.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

from tenure.billing.conformance.reading import Params, number, numbers, pairs
from tenure.kernel.period import Period
from tenure.kernel.worked_examples import ExampleMalformed
from tenure.usage.domain.definitions import MeterDefinition
from tenure.usage.domain.evaluation import SeenEvent, usage_in_memory
from tenure.usage.enums import Aggregation, WindowSize

START = datetime(2026, 1, 1, tzinfo=UTC)
NAME, VALUE = "example", "value"
_DAY_SECONDS = 86_400
_FUNCTIONS = {
    "count": Aggregation.COUNT,
    "sum": Aggregation.SUM,
    "max": Aggregation.MAX,
    "min": Aggregation.MIN,
    "average": Aggregation.AVERAGE,
    "avg": Aggregation.AVERAGE,
    "latest": Aggregation.LATEST,
    "unique_count": Aggregation.UNIQUE_COUNT,
    "unique": Aggregation.UNIQUE_COUNT,
}


@dataclass(frozen=True, slots=True)
class Counting:
    """What is to be counted: a meter, events, a period in UTC. by: WHOLE for one number, else one for each window."""

    definition: MeterDefinition
    events: tuple[SeenEvent, ...]
    period: Period[datetime]
    by: WindowSize = WindowSize.WHOLE


# From a counting to the value of each window.
Counter = Callable[[Counting], list[Decimal | None]]


def count_in_memory(counting: Counting) -> list[Decimal | None]:
    """The plain reading."""
    return usage_in_memory(counting.definition, counting.events, counting.period, counting.by, ZoneInfo("UTC"))


def aggregate(params: Params, usage: object) -> Counting:
    """Values one after the other."""
    function = params.text("fn")
    if function not in _FUNCTIONS:
        raise ExampleMalformed(problem=f"unknown aggregation {function}")
    values = numbers(usage, "usage")
    aggregation = _FUNCTIONS[function]
    value = "" if aggregation is Aggregation.COUNT else VALUE
    events = [_event(timedelta(seconds=position), each, position) for position, each in enumerate(values)]
    return _counting(MeterDefinition(aggregation, (NAME,), value), events, timedelta(days=31))


def weighted_sum(params: Params, usage: object) -> Counting:
    """Changes of a level at seconds after the start of a period."""
    initial = params.number("initial", "0")
    changes = [(timedelta(microseconds=int(at * 1_000_000)), change) for at, change in pairs(usage, "usage")]
    events = [_event(at, change, position) for position, (at, change) in enumerate([(-timedelta(days=1), initial), *changes])]
    lasts = timedelta(microseconds=int(params.number("period_seconds") * 1_000_000))
    definition = MeterDefinition(Aggregation.WEIGHTED_SUM, (NAME,), VALUE, carries_over=True)
    return _counting(definition, events, lasts)


def prorated_recurring_sum(params: Params, usage: object) -> Counting:
    """Units carried into a period of days, and units that last for the last so many of them."""
    days = int(params.number("period_days"))
    added = [(timedelta(days=days - int(left)), units) for units, left in pairs(usage, "usage")]
    given = [(-timedelta(days=1), params.number("carried", "0")), *added]
    events = [_event(at, units, position) for position, (at, units) in enumerate(given)]
    return _counting(MeterDefinition(Aggregation.PRORATED_RECURRING_SUM, (NAME,), VALUE), events, timedelta(days=days))


def buckets(usage: object) -> Counting:
    """The highest of each hour."""
    values = numbers(usage, "usage")
    events = [_event(timedelta(hours=position), each, position) for position, each in enumerate(values)]
    definition = MeterDefinition(Aggregation.MAX, (NAME,), VALUE, bucket=WindowSize.HOUR)
    return _counting(definition, events, timedelta(hours=max(len(values), 1)), WindowSize.HOUR)


def total(usage: object) -> Counting:
    """One quantity."""
    events = [_event(timedelta(0), number(usage, "usage"), 0)]
    return _counting(MeterDefinition(Aggregation.SUM, (NAME,), VALUE), events, timedelta(days=31))


def _event(after: timedelta, value: Decimal, position: int) -> SeenEvent:
    return SeenEvent(NAME, START + after, {VALUE: str(value)}, seq=position)


def _counting(
    definition: MeterDefinition, events: list[SeenEvent], lasts: timedelta, by: WindowSize = WindowSize.WHOLE
) -> Counting:
    if lasts <= timedelta(0):
        raise ExampleMalformed(problem="the period is empty")
    return Counting(definition, tuple(events), Period(START, START + lasts), by)
