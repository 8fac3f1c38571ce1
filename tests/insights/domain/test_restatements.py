"""Restatements: figures as reported against figures now, by hand."""

from __future__ import annotations

from datetime import UTC, date, datetime
from fractions import Fraction
from zoneinfo import ZoneInfo

import pytest

from tenure.insights.domain.restatements import (
    Figure,
    Knowledge,
    MonthFigures,
    MonthSums,
    ParentMonth,
    RestatedMonth,
    added_up,
    closed_months,
    explained,
    figures_of,
    reported_at,
)

MARCH = date(2026, 3, 1)


def parent(year_ago: int, opening: int, closing: int, *, is_churned: bool = False) -> ParentMonth:
    return ParentMonth(Fraction(year_ago), Fraction(opening), Fraction(closing), Fraction(closing), is_churned)


def day(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def test_figures_of_a_month_by_hand():
    # A year ago 100 + 200 + 300 = 600; today 150 + 120 + 0 = 270, capped 100 + 120 + 0 = 220; the fourth joined since.
    # As the month began four paid; one churned in it: a quarter.
    parents = [parent(100, 150, 150), parent(200, 120, 120), parent(300, 300, 0, is_churned=True), parent(0, 50, 80)]

    sums = added_up(parents)

    assert sums == MonthSums(Fraction(350), Fraction(600), Fraction(270), Fraction(220), 4, 1)
    assert figures_of(sums) == MonthFigures(Fraction(350), Fraction(270, 600), Fraction(220, 600), Fraction(1, 4))


def test_figures_of_a_month_without_customers_are_undefined():
    assert figures_of(added_up([])) == MonthFigures(Fraction(0), None, None, None)


def test_customers_that_churn_and_are_back_or_came_and_went_do_not_count_as_churned():
    back, came_and_went = parent(0, 100, 100, is_churned=True), parent(0, 0, 0, is_churned=True)

    assert added_up([back, came_and_went]) == MonthSums(Fraction(100), Fraction(0), Fraction(0), Fraction(0), 1, 0)


def test_restated_month_names_the_figures_that_differ():
    # The example of the rule: 1,041 of 1,000 when reported; a late credit of 5 makes it 1,036.
    then, now = (figures_of(added_up([parent(1000, closing, closing)])) for closing in (1041, 1036))
    month = RestatedMonth(MARCH, reported_at(MARCH, UTC), now, then)

    assert month.restated == [Figure.MRR, Figure.NRR]
    assert (month.difference(Figure.MRR), month.difference(Figure.NRR)) == (-5, Fraction(-5, 1000))
    assert month.difference(Figure.GRR) == 0


def test_month_of_which_nothing_was_known_is_not_restated():
    now = figures_of(added_up([parent(100, 100, 100)]))
    month = RestatedMonth(MARCH, reported_at(MARCH, UTC), now, None, day("2026-08-01"))

    assert month.restated == []
    assert month.difference(Figure.MRR) is None


def test_month_is_reported_when_the_fifth_of_the_next_is_over():
    berlin = ZoneInfo("Europe/Berlin")

    assert reported_at(MARCH, berlin) == day("2026-04-05T22:00")
    assert reported_at(date(2026, 12, 1), UTC) == day("2027-01-06")


@pytest.mark.parametrize(
    ("now", "months"),
    [
        ("2026-04-05T23:59", []),
        ("2026-04-06", [MARCH]),
        ("2026-05-05", [MARCH]),
        ("2026-05-06", [MARCH, date(2026, 4, 1)]),
    ],
)
def test_months_are_closed_once_reported(now, months):
    assert closed_months(date(2026, 3, 17), day(now), UTC) == months


@pytest.mark.parametrize(
    ("recorded", "voided", "effect"),
    [
        ("2026-04-01", None, 0),
        ("2026-04-07", None, 1),
        ("2026-04-01", "2026-04-08", -1),
        ("2026-04-01", "2026-04-02", 0),
        ("2026-04-07", "2026-04-08", 0),
    ],
)
def test_movement_has_an_effect_when_it_was_recorded_or_voided_since(recorded, voided, effect):
    known = Knowledge(day(recorded), day(voided) if voided else None)

    assert known.effect_since(day("2026-04-06")) == effect


def test_movement_changed_when_it_was_voided_or_else_recorded():
    at = day("2026-04-06")

    assert Knowledge(day("2026-04-01"), day("2026-04-08")).changed_at(at) == day("2026-04-08")
    assert Knowledge(day("2026-04-07")).changed_at(at) == day("2026-04-07")


def test_explained_figures_are_those_the_parent_is_part_of():
    absent = ParentMonth()

    assert explained(absent, parent(0, 0, 100)) == {Figure.MRR}
    assert explained(parent(100, 100, 100), parent(100, 100, 120)) == {Figure.MRR, Figure.NRR}
    assert explained(parent(100, 100, 100), parent(100, 100, 80)) == {Figure.MRR, Figure.NRR, Figure.GRR}
    assert explained(parent(0, 90, 90), parent(0, 90, 0, is_churned=True)) == {Figure.MRR, Figure.CUSTOMER_CHURN}
    assert explained(parent(90, 90, 90), parent(90, 90, 90)) == frozenset()
