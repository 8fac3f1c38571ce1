"""Attribution: every model gives away the whole amount, and the published shares."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tenure.market.domain import attribution

amounts = st.integers(0, 10**9)


@pytest.mark.parametrize(("touches", "shares"), [(1, [90]), (2, [45, 45]), (3, [36, 18, 36]), (4, [36, 9, 9, 36])])
def test_position_based_of_few_touches(touches: int, shares: list[int]) -> None:
    assert attribution.position_based(touches, 90) == shares


def test_first_and_last_touch_take_all() -> None:
    assert (attribution.first_touch(3, 9), attribution.last_touch(3, 9)) == ([9, 0, 0], [0, 0, 9])


def test_w_shaped_touch_that_is_two_milestones_gets_both() -> None:
    # The first touch also made the lead: 30 + 30; the deal 30; the one between 10.
    assert attribution.w_shaped(["lead_create", "mid", "deal_create"], 100) == [60, 10, 30]


def test_w_shaped_without_a_middle_shares_in_proportion() -> None:
    assert attribution.w_shaped(["first", "lead_create", "deal_create"], 90) == [30, 30, 30]


def test_simple_decay_loses_its_tail_unless_normalised() -> None:
    assert sum(attribution.simple_decay(6)) == Fraction("98.4375")
    assert sum(attribution.simple_decay(6, normalised=True)) == 100


def test_time_decay_of_half_a_half_life_is_the_root_of_one_half() -> None:
    # weights 1 and sqrt(1/2): 0.585786... and 0.414213...
    newer, older = attribution.time_decay([0, Fraction(7, 2)], 1)

    assert (round(float(newer), 9), round(float(older), 9)) == (0.585786438, 0.414213562)


def test_models_without_touches_give_nothing() -> None:
    assert [attribution.linear(0, 5), attribution.w_shaped([], 5), attribution.time_decay([], 5)] == [[], [], []]


@given(st.integers(1, 200), amounts)
def test_models_by_count_give_away_the_whole_amount(touches: int, value: int) -> None:
    assert {sum(model(touches, value)) for model in attribution.BY_COUNT.values()} == {value}


@given(st.lists(st.sampled_from(["first", "mid", "lead_create", "deal_create"]), min_size=1, max_size=9), amounts)
def test_w_shaped_gives_away_the_whole_amount(path: list[str], value: int) -> None:
    assert sum(attribution.w_shaped(path, value)) == value


@given(st.lists(st.integers(0, 365), min_size=1, max_size=9), amounts)
def test_time_decay_gives_away_the_whole_amount_and_more_to_the_younger(days: list[int], value: int) -> None:
    shares = attribution.time_decay(days, value)

    assert sum(shares) == value
    assert [share for _, share in sorted(zip(days, shares, strict=True))] == sorted(shares, reverse=True)
