"""The plain reading of meters. Expected values: published examples, and hand calculation."""

from __future__ import annotations

from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from tenure.kernel.period import Period
from tenure.usage.domain.definitions import Filter, MeterDefinition
from tenure.usage.domain.evaluation import SeenEvent, holds, usage_in_memory
from tenure.usage.enums import Aggregation, FilterOperator, WindowSize
from tests.usage.given import at

UTC = ZoneInfo("UTC")
JANUARY = Period(at("2026-01-01"), at("2026-02-01"))


def values_at(pairs: list[tuple[str, object]]) -> list[SeenEvent]:
    return [SeenEvent("call", at(time), {"n": value}, seq=position) for position, (time, value) in enumerate(pairs)]


def whole(definition: MeterDefinition, events: list[SeenEvent]) -> Decimal | None:
    return usage_in_memory(definition, events, JANUARY, WindowSize.WHOLE, UTC)[0]


@pytest.mark.parametrize(
    ("aggregation", "expected"),
    [
        # Polar's and Lago's published values of 10, 20, 30, 30 and of the latest; the rest by hand.
        (Aggregation.SUM, "90"),
        (Aggregation.MAX, "30"),
        (Aggregation.UNIQUE_COUNT, "3"),
        (Aggregation.MIN, "10"),
        (Aggregation.AVERAGE, "22.5"),
        (Aggregation.LATEST, "30"),
        (Aggregation.RECURRING_SUM, "90"),
    ],
)
def test_usage_in_memory_of_four_values(aggregation: Aggregation, expected: str) -> None:
    events = values_at([(f"2026-01-01T00:0{minute}", value) for minute, value in enumerate([10, 20, 30, 30])])

    assert whole(MeterDefinition(aggregation, ("call",), "n"), events) == Decimal(expected)


def test_usage_in_memory_of_a_level_weighs_it_by_how_long_it_lasted() -> None:
    # Elastic: 100 GB for 10 days, then 130 GB for 20 days of 30, is 120 GB-months.
    events = values_at([("2026-01-01", 100), ("2026-01-11", 30)])
    period = Period(at("2026-01-01"), at("2026-01-31"))
    definition = MeterDefinition(Aggregation.WEIGHTED_SUM, (), "n")

    assert usage_in_memory(definition, events, period, WindowSize.WHOLE, UTC) == [Decimal(120)]
    # Ten days each: 100, then 130 and 130.
    level = Period(at("2026-01-01"), at("2026-01-04"))
    daily = usage_in_memory(definition, values_at([("2026-01-01", 100), ("2026-01-02T12:00", 30)]), level, WindowSize.DAY, UTC)
    assert daily == [100, 115, 130]


def test_usage_in_memory_of_a_running_total_goes_on_from_before_and_bits_of_a_period_count_by_days() -> None:
    # Lago: 5 carried, 24 units for the last 6 of 31 days: 5 + 24 * 6 / 31 = 9.645161290322...
    events = values_at([("2025-12-15", 5), ("2026-01-26T09:00", 24)])

    assert whole(MeterDefinition(Aggregation.RECURRING_SUM, (), "n"), events) == 29
    assert whole(MeterDefinition(Aggregation.PRORATED_RECURRING_SUM, (), "n"), events) == Decimal("9.645161290323")
    # From the 26th at 09:00 on 5.625 of 31 days are left: 24 * 5.625 / 31; the 5 of December only where they are carried over.
    level = Decimal("4.354838709677")
    assert whole(MeterDefinition(Aggregation.WEIGHTED_SUM, (), "n"), events) == level
    assert whole(MeterDefinition(Aggregation.WEIGHTED_SUM, (), "n", carries_over=True), events) == level + 5


def test_usage_in_memory_of_what_is_added_and_removed_counts_what_is_left() -> None:
    told = [("a", "add"), ("b", "add"), ("a", "remove"), ("a", "remove"), ("c", "rename"), ("b", "add")]
    events = [
        SeenEvent("seat", at(f"2026-01-0{position + 1}"), {"user": user, "did": did}) for position, (user, did) in enumerate(told)
    ]
    definition = MeterDefinition(Aggregation.UNIQUE_COUNT, ("seat",), "user", "did")

    by_day = usage_in_memory(definition, events, Period(at("2026-01-01"), at("2026-01-05")), WindowSize.DAY, UTC)

    assert by_day == [1, 2, 1, 1]


def test_usage_in_memory_of_buckets_takes_the_highest_of_each_and_adds_them_up() -> None:
    events = values_at([("2026-01-01T00:10", 3), ("2026-01-01T00:50", 9), ("2026-01-01T01:10", 10)])
    definition = MeterDefinition(Aggregation.MAX, (), "n", bucket=WindowSize.HOUR)

    assert whole(definition, events) == 19


def test_usage_in_memory_without_events_is_zero_or_no_value() -> None:
    found = {each: whole(MeterDefinition(each, (), "n"), []) for each in Aggregation}

    assert [each for each, value in found.items() if value is None] == [
        Aggregation.MAX,
        Aggregation.MIN,
        Aggregation.AVERAGE,
        Aggregation.LATEST,
    ]


def test_usage_in_memory_of_values_that_are_no_numbers_is_in_the_count_alone() -> None:
    events = values_at([("2026-01-01", 4), ("2026-01-02", "four"), ("2026-01-03", None)])

    assert whole(MeterDefinition(Aggregation.COUNT, ()), events) == 3
    assert whole(MeterDefinition(Aggregation.AVERAGE, (), "n"), events) == 4


def test_usage_in_memory_leaves_out_who_is_who_unless_it_is_named() -> None:
    events = [SeenEvent("$identify", at("2026-01-02")), SeenEvent("call", at("2026-01-02"))]

    assert whole(MeterDefinition(Aggregation.COUNT), events) == 1
    assert whole(MeterDefinition(Aggregation.COUNT, ("$identify",)), events) == 1


@pytest.mark.parametrize(
    ("operator", "values", "plan", "expected"),
    [
        (FilterOperator.EQ, ("pro",), "pro", True),
        (FilterOperator.EQ, ("1",), 1, True),
        (FilterOperator.EQ, ("1",), "1.0", False),
        (FilterOperator.EQ, (Decimal(1),), "1.0", True),
        (FilterOperator.NE, ("pro",), None, True),
        (FilterOperator.NE, (Decimal(1),), "x", True),
        (FilterOperator.IN, ("a", "b"), "b", True),
        (FilterOperator.NOT_IN, ("a", "b"), "b", False),
        (FilterOperator.LT, (Decimal(10),), "9", True),
        (FilterOperator.LT, ("10",), "9", False),
        (FilterOperator.LTE, (Decimal(9),), 9, True),
        (FilterOperator.GT, (Decimal(9),), None, False),
        (FilterOperator.GTE, ("2026-01-01",), "2026-02-01", True),
        (FilterOperator.EXISTS, (), "", False),
        (FilterOperator.NOT_EXISTS, (), None, True),
        (FilterOperator.CONTAINS, ("ro",), "pro", True),
        (FilterOperator.CONTAINS, ("ro",), None, False),
    ],
)
def test_holds_compares_texts_as_texts_and_numbers_as_numbers(
    operator: FilterOperator, values: tuple[Any, ...], plan: object, *, expected: bool
) -> None:
    event = SeenEvent("call", at("2026-01-01"), {} if plan is None else {"plan": plan})

    assert holds(Filter("plan", operator, values), event) is expected
