"""Crossings: the curve with losses and open ones, by hand and against simpler paths."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tenure.insights.domain.crossings import (
    CurvePoint,
    DayEnd,
    Passage,
    by_month,
    censored_median_days,
    crossed_by_day,
    crossed_within,
    crossing_days,
    curve_of,
    half_crossed_after,
    mature,
    maturity_days,
    median_crossing_days,
    shares_by,
    tally,
)

ENTRY = date(2026, 1, 1)
LATER = date(2027, 1, 1)


def after(crossed: int | None = None, lost: int | None = None, entered: int = 0) -> Passage:
    start = ENTRY + timedelta(days=entered)
    return Passage(
        start,
        None if crossed is None else start + timedelta(days=crossed),
        None if lost is None else start + timedelta(days=lost),
    )


passages = st.lists(
    st.builds(after, st.none() | st.integers(0, 200), st.none() | st.integers(0, 200), st.integers(0, 300)),
    max_size=25,
)


def test_crossed_by_day_with_a_loss_and_an_open_one_by_hand() -> None:
    # Five enter. Day 5: one of 5 crosses, 0.2. Day 10: one of 4 is lost, on the way 0.6. Day 20: one is still open and
    # leaves the risk set. Day 30: one of 2 crosses: 0.2 + 0.6 x 1/2 = 0.5. Day 40: the last is lost.
    entered_late = 366 - 21  # watched for 20 days only
    story = [after(5), after(None, 10), after(entered=entered_late), after(30), after(None, 40)]

    curve = crossed_by_day(story, LATER)

    assert [(point.day, round(point.crossed, 9), round(point.lost, 9)) for point in curve] == [
        (5, 0.2, 0.0),
        (10, 0.2, 0.2),
        (30, 0.5, 0.2),
        (40, 0.5, 0.5),
    ]


def test_crossed_within_is_unknown_beyond_what_anybody_was_watched() -> None:
    young = [after(3), after(entered=0), after(None, 5)]

    assert crossed_within(young, ENTRY + timedelta(days=30)) == {
        7: pytest.approx(1 / 3),
        30: pytest.approx(1 / 3),
        90: None,
        180: None,
    }


def test_crossed_within_stays_where_it_is_once_all_is_settled() -> None:
    assert crossed_within([after(3), after(None, 5)], LATER, (2, 7, 9999)) == {2: 0.0, 7: 0.5, 9999: 0.5}
    assert crossed_within([], LATER, (7,)) == {7: None}


def test_crossing_that_was_lost_later_has_still_crossed() -> None:
    assert crossed_within([after(3, 50)], LATER, (7,)) == {7: 1.0}


def test_median_crossing_days_is_of_mature_cohorts_only() -> None:
    # The 90 % quantile of 10, 20, ..., 100 days is the ninth: 90. On day 95 those who entered on day 0 are mature.
    old = [after(days) for days in range(10, 101, 10)]
    young = [after(1, entered=80), after(entered=94)]

    assert maturity_days(old) == 90
    assert mature(old + young, ENTRY + timedelta(days=95)) == old
    assert median_crossing_days(old, LATER) == 55
    assert median_crossing_days([after()], LATER) is None


def test_censored_median_exists_only_where_half_cross() -> None:
    assert censored_median_days([after(5), after(9), after(None, 2)], LATER) == 9
    assert censored_median_days([after(5), after(None, 6), after(None, 7)], LATER) is None


def test_by_month_groups_by_entry() -> None:
    assert {month: len(each) for month, each in by_month([after(), after(entered=31), after(entered=40)]).items()} == {
        (2026, 1): 1,
        (2026, 2): 2,
    }


@given(passages)
def test_curve_rises_and_never_exceeds_one(story: list[Passage]) -> None:
    curve = crossed_by_day(story, LATER)

    assert all(left.crossed <= right.crossed for left, right in pairwise(curve))
    assert all(point.crossed + point.lost <= 1 + 1e-9 for point in curve)


@given(st.lists(st.integers(0, 200), min_size=1, max_size=25), st.integers(0, 200))
def test_curve_without_losses_or_open_ones_is_the_plain_share(days: list[int], horizon: int) -> None:
    share = crossed_within([after(each) for each in days], LATER, (horizon,))[horizon]

    assert share == pytest.approx(sum(each <= horizon for each in days) / len(days))


@given(passages)
def test_crossing_days_are_those_of_the_ones_who_crossed(story: list[Passage]) -> None:
    assert len(crossing_days(story)) == sum(each.crossed_on is not None for each in story)


def test_curve_without_losses_is_the_published_product_limit() -> None:
    # Time to relapse under 6-MP, 21 patients, + still in remission: 6 6 6 6+ 7 9+ 10 10+ 11+ 13 16 17+ 19+ 20+ 22 23 25+ 32+ 32+ 34+ 35+.
    # Freireich et al., 1963, Blood 21, 699-716; remission as printed by Kalbfleisch and Prentice: .857 .807 .753 .690 .627 .538 .448.
    ends = [
        DayEnd(6, 1, 3), DayEnd(7, 0, 1), DayEnd(9, 1), DayEnd(10, 1, 1), DayEnd(11, 1), DayEnd(13, 0, 1), DayEnd(16, 0, 1), DayEnd(17, 1),
        DayEnd(19, 1), DayEnd(20, 1), DayEnd(22, 0, 1), DayEnd(23, 0, 1), DayEnd(25, 1), DayEnd(32, 2), DayEnd(34, 1), DayEnd(35, 1),
    ]  # fmt: skip

    curve = curve_of(ends)

    remission = [0.857, 0.807, 0.753, 0.690, 0.627, 0.538, 0.448]
    assert [(point.day, round(1 - point.crossed, 3)) for point in curve] == list(
        zip([6, 7, 10, 13, 16, 22, 23], remission, strict=True)
    )
    assert half_crossed_after(ends) == 23


def test_curve_with_losses_and_open_ones_by_the_product_limit_by_hand() -> None:
    # Ten enter. Day 5: 2 cross, 1 is lost: crossed 2/10, on the way 7/10. Day 8: one is open and leaves the risk set of 7.
    # Day 20: of 6, 3 cross: 0.2 + 0.7 x 3/6 = 0.55, on the way 0.35. Day 60: of 3, 1 is lost: 0.35 x 1/3. Two are open on day 70.
    ends = [DayEnd(5, 0, 2, 1), DayEnd(8, 1), DayEnd(20, 0, 3), DayEnd(60, 0, 0, 1), DayEnd(70, 2)]

    found = shares_by(ends)

    assert found[7] == CurvePoint(7, pytest.approx(0.2), pytest.approx(0.1))
    assert found[30] == CurvePoint(30, pytest.approx(0.55), pytest.approx(0.1))
    assert (found[90], found[180]) == (None, None)
    assert half_crossed_after(ends) == 20


def test_curve_below_half_has_no_median() -> None:
    assert half_crossed_after([DayEnd(5, 0, 2), DayEnd(9, 0, 0, 3)]) is None
    assert half_crossed_after([]) is None


@given(passages.map(lambda found: [each for each in found if each.entered_on <= LATER]))
def test_curve_without_open_ones_is_the_plain_shares(found: list[Passage]) -> None:
    settled = [each for each in found if each.crossed_on or each.lost_on]
    late = LATER + timedelta(days=1000)

    for day, share in crossed_within(settled, late, (0, 7, 30, 90, 400)).items():
        crossed = [
            each
            for each in settled
            if each.crossed_on
            and (each.lost_on is None or each.crossed_on <= each.lost_on)
            and (each.crossed_on - each.entered_on).days <= day
        ]
        assert share == (pytest.approx(len(crossed) / len(settled)) if settled else None)


@given(passages)
def test_tally_counts_every_passage_once(found: list[Passage]) -> None:
    assert sum(end.total for end in tally(found, LATER)) == len(found)
