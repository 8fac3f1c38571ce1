"""Anchors: the 31st survives February, and every instant lies in exactly one period."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tenure.kernel.anchor import MONTHLY, YEARLY, Anchor, Interval, IntervalNotPositive, Unit
from tenure.kernel.period import Period

days = st.dates(date(1990, 1, 1), date(2100, 1, 1))
instants = st.integers(0, 40_000 * 86_400).map(lambda seconds: datetime(1990, 1, 1, tzinfo=UTC) + timedelta(seconds=seconds))
intervals = st.builds(Interval, st.integers(1, 24), st.sampled_from(Unit))


def test_anchor_on_the_31st_returns_to_the_31st_after_february() -> None:
    anchor = Anchor(date(2026, 1, 31))

    assert [anchor.boundary(number).isoformat() for number in range(4)] == [
        "2026-01-31",
        "2026-02-28",
        "2026-03-31",
        "2026-04-30",
    ]
    assert anchor.period_after(anchor.period(0)) == Period.of("2026-02-28", "2026-03-31")


def test_anchor_with_a_stated_day_recovers_it_from_a_short_month() -> None:
    assert Anchor(date(2026, 2, 28), MONTHLY, day=31).boundary(1) == date(2026, 3, 31)


def test_anchor_on_leap_day_meets_every_leap_day_again() -> None:
    anchor = Anchor(date(2024, 2, 29), YEARLY)

    assert [anchor.boundary(n) for n in (1, 4)] == [date(2025, 2, 28), date(2028, 2, 29)]


def test_anchor_of_instants_keeps_local_midnight_over_the_change_of_clocks() -> None:
    madrid = ZoneInfo("Europe/Madrid")
    anchor = Anchor(datetime(2026, 3, 15, tzinfo=madrid).astimezone(UTC), MONTHLY, zone=madrid)

    # Clocks go forward on 29 March 2026: midnight is 23:00 UTC before and 22:00 UTC after.
    assert anchor.boundary(0) == datetime(2026, 3, 14, 23, tzinfo=UTC)
    assert anchor.boundary(1) == datetime(2026, 4, 14, 22, tzinfo=UTC)


def test_interval_of_nothing_is_refused() -> None:
    with pytest.raises(IntervalNotPositive):
        Interval(0)


@given(days, intervals, days)
def test_anchor_period_holding_a_day_holds_it(start: date, interval: Interval, day: date) -> None:
    assert Anchor(start, interval).period_holding(day).holds(day)


@given(days, intervals, st.integers(-40, 40))
def test_anchor_periods_follow_one_another_without_gap(start: date, interval: Interval, number: int) -> None:
    anchor = Anchor(start, interval)

    assert anchor.period(number).end == anchor.period(number + 1).start
    assert anchor.period_after(anchor.period(number)) == anchor.period(number + 1)


@given(instants, intervals, st.integers(-40, 40))
def test_anchor_of_instants_periods_follow_one_another(start: datetime, interval: Interval, number: int) -> None:
    anchor = Anchor(start, interval, zone=ZoneInfo("Europe/Madrid"))

    assert anchor.period_after(anchor.period(number)).start == anchor.period(number).end
