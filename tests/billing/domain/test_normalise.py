"""Monthly normalisation: exact inside, rounded once."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tenure.billing.domain.normalise import (
    THIRTY_DAYS,
    discounted,
    monthly,
    monthly_micros,
    to_minor,
    trailing_mean,
    without_tax,
)
from tenure.kernel.anchor import Interval, Unit

intervals = st.builds(Interval, st.integers(1, 60), st.sampled_from(Unit))


@pytest.mark.parametrize(
    ("amount", "interval", "expected"),
    [
        (2000, Interval(12, Unit.MONTH), Fraction(500, 3)),
        (2000, Interval(1, Unit.YEAR), Fraction(500, 3)),
        (60, Interval(2, Unit.MONTH), Fraction(30)),
        (20, Interval(1, Unit.WEEK), Fraction("86.9625")),  # 20 x 365.2425 / 7 / 12
        (10, Interval(1, Unit.DAY), Fraction("304.36875")),  # 10 x 365.2425 / 12
    ],
)
def test_monthly_of_an_interval_is_exact(amount: int, interval: Interval, expected: Fraction) -> None:
    assert monthly(amount, interval) == expected


def test_monthly_of_a_daily_plan_under_thirty_days_is_thirty_times() -> None:
    assert monthly(10, Interval(1, Unit.DAY), THIRTY_DAYS) == 300


@given(st.integers(-(10**12), 10**12), intervals)
def test_monthly_micros_is_the_exact_value_rounded_half_up(minor: int, interval: Interval) -> None:
    exact = monthly(minor, interval) * 1_000_000

    assert abs(monthly_micros(minor, interval) - exact) <= Fraction(1, 2)
    assert monthly_micros(-minor, interval) == -monthly_micros(minor, interval)


def test_to_minor_of_a_year_in_twelve_parts_is_the_year_again() -> None:
    assert to_minor(12 * monthly_micros(200_000, Interval(1, Unit.YEAR))) == 200_000


def test_without_tax_and_discounted_leave_what_may_enter_mrr() -> None:
    assert (without_tax(121, 21), discounted(120, 10)) == (100, 108)


def test_trailing_mean_of_usage_takes_the_last_three_months() -> None:
    assert (trailing_mean([100, 10, 20, 30]), trailing_mean([10]), trailing_mean([])) == (20, 10, None)
