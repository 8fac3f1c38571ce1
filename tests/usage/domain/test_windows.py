"""Windows by the clocks of a zone. Expected instants are read off the zones' own rules."""

from __future__ import annotations

import itertools
from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest

from tenure.kernel.period import Period
from tenure.usage.domain.windows import bounds_of, days_left, zone_of
from tenure.usage.enums import WindowSize
from tenure.usage.errors import PeriodMissing, TooManyWindows, ZoneUnknown
from tests.usage.given import at

BERLIN = ZoneInfo("Europe/Berlin")


def hours(bounds: tuple) -> list[float]:
    return [(later - sooner) / timedelta(hours=1) for sooner, later in itertools.pairwise(bounds)]


def test_bounds_of_days_have_23_and_25_hours_where_clocks_change() -> None:
    spring = bounds_of(Period(at("2026-03-27T23:00"), at("2026-03-30T22:00")), WindowSize.DAY, BERLIN)
    autumn = bounds_of(Period(at("2026-10-23T22:00"), at("2026-10-26T23:00")), WindowSize.DAY, BERLIN)

    assert hours(spring) == [24, 23, 24]
    assert hours(autumn) == [24, 25, 24]


def test_bounds_of_hours_tell_the_hour_apart_that_comes_twice() -> None:
    # 2026-10-25 in Berlin: 02:00 to 03:00 comes twice, 00:00Z to 01:00Z and 01:00Z to 02:00Z.
    bounds = bounds_of(Period(at("2026-10-25T00:00"), at("2026-10-25T02:00")), WindowSize.HOUR, BERLIN)

    assert bounds == (at("2026-10-25T00:00"), at("2026-10-25T01:00"), at("2026-10-25T02:00"))


def test_bounds_of_hours_in_a_zone_of_half_hours_follow_its_clocks() -> None:
    bounds = bounds_of(Period(at("2026-01-01T00:00"), at("2026-01-01T01:00")), WindowSize.HOUR, ZoneInfo("Asia/Kolkata"))

    assert bounds == (at("2026-01-01T00:00"), at("2026-01-01T00:30"), at("2026-01-01T01:00"))


def test_bounds_of_hours_where_clocks_move_by_half_an_hour_follow_their_face() -> None:
    # Lord Howe, 2026-04-05: at 02:00 (+11) clocks go back to 01:30 (+10:30); 02:00 comes 30 minutes later, at 15:30Z.
    bounds = bounds_of(Period(at("2026-04-04T14:00"), at("2026-04-04T16:30")), WindowSize.HOUR, ZoneInfo("Australia/Lord_Howe"))

    assert bounds == (at("2026-04-04T14:00"), at("2026-04-04T15:00"), at("2026-04-04T15:30"), at("2026-04-04T16:30"))


def test_bounds_of_a_day_whose_midnight_is_skipped_begin_with_its_first_instant() -> None:
    # Sao Paulo, 2018-11-04: the clocks went from 00:00 to 01:00, which was 03:00Z.
    bounds = bounds_of(Period(at("2018-11-03T03:00"), at("2018-11-05T02:00")), WindowSize.DAY, ZoneInfo("America/Sao_Paulo"))

    assert bounds == (at("2018-11-03T03:00"), at("2018-11-04T03:00"), at("2018-11-05T02:00"))


def test_bounds_of_weeks_and_months_are_cut_off_at_the_period() -> None:
    period = Period(at("2026-01-14"), at("2026-03-02"))

    weeks = bounds_of(period, WindowSize.WEEK, ZoneInfo("UTC"))
    months = bounds_of(period, WindowSize.MONTH, ZoneInfo("UTC"))

    assert weeks[:3] == (at("2026-01-14"), at("2026-01-19"), at("2026-01-26"))
    assert months == (at("2026-01-14"), at("2026-02-01"), at("2026-03-01"), at("2026-03-02"))


def test_bounds_of_the_whole_are_its_ends() -> None:
    assert bounds_of(Period(at("2026-01-14"), at("2026-03-02")), WindowSize.WHOLE, BERLIN) == (at("2026-01-14"), at("2026-03-02"))


def test_bounds_of_more_windows_than_anybody_reads_are_refused() -> None:
    with pytest.raises(TooManyWindows):
        bounds_of(Period(at("2026-01-01"), at("2026-02-01")), WindowSize.MINUTE, BERLIN)


@pytest.mark.parametrize("end", [None, "2026-01-01"])
def test_bounds_of_no_time_are_refused(end: str | None) -> None:
    with pytest.raises(PeriodMissing):
        bounds_of(Period(at("2026-01-01"), at(end) if end else None), WindowSize.DAY, BERLIN)


@pytest.mark.parametrize("name", ["", "Mars/Olympus", "../etc/passwd", "Europe/Berlin\0"])
def test_zone_of_a_name_nobody_keeps_is_refused(name: str) -> None:
    with pytest.raises(ZoneUnknown):
        zone_of(name)


def test_days_left_count_the_day_itself_and_the_last() -> None:
    # January has 31 days: from the 26th on, six are left (Lago's example of prorated sums).
    assert days_left(at("2026-01-26T15:00"), at("2026-02-01"), ZoneInfo("UTC")) == 6
    assert days_left(at("2026-01-01"), at("2026-02-01"), ZoneInfo("UTC")) == 31
