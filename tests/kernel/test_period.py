"""Periods: the start belongs to them, the end does not."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tenure.kernel.period import Period, PeriodEndsBeforeItStarts

days = st.dates(date(1990, 1, 1), date(2100, 1, 1))


@st.composite
def periods(draw: st.DrawFn) -> Period[date]:
    start = draw(days)
    length = draw(st.none() | st.integers(0, 1000))
    return Period(start, None if length is None else start + timedelta(days=length))


def test_period_holds_its_start_and_not_its_end() -> None:
    january = Period.of("2026-01-01", "2026-02-01")

    assert [january.holds(date(2026, month, 1)) for month in (1, 2)] == [True, False]
    assert january.days() == 31


def test_period_without_end_is_open_and_has_no_length() -> None:
    running = Period.of("2026-01-01")

    assert (running.is_open, running.days(), running.holds(date(2999, 1, 1))) == (True, None, True)


def test_period_that_ends_before_it_starts_is_refused() -> None:
    with pytest.raises(PeriodEndsBeforeItStarts):
        Period.of("2026-02-01", "2026-01-01")


def test_period_of_dates_asked_for_an_instant_raises() -> None:
    with pytest.raises(TypeError):
        Period.of("2026-01-01").holds(datetime(2026, 1, 1, tzinfo=UTC))


def test_period_between_instants_reads_a_bare_time_as_utc() -> None:
    day = Period.between("2026-01-01", "2026-01-02T00:00+02:00")

    assert day.duration() == timedelta(hours=22)


def test_period_overlap_of_touching_periods_is_nothing() -> None:
    assert Period.of("2026-01-01", "2026-02-01").overlap(Period.of("2026-02-01")) is None
    assert Period.of("2026-01-01").overlap(Period.of("2026-02-01")) == Period.of("2026-02-01")


@given(periods(), periods(), days)
def test_period_overlap_holds_exactly_what_both_hold(left: Period[date], right: Period[date], day: date) -> None:
    shared = left.overlap(right)

    assert (shared is not None and shared.holds(day)) == (left.holds(day) and right.holds(day))
    assert shared == right.overlap(left)
