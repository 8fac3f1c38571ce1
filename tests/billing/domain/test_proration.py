"""Proration: nothing is rounded before the end."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from tenure.billing.domain.proration import mrr_from_proration, prorate


def test_prorate_half_way_gives_back_half_and_charges_half() -> None:
    change = prorate(10, 20, Decimal("0.5"))

    assert (change.unused, change.remaining, change.net, change.mrr_after) == (5, 10, 5, 20)


def test_prorate_next_charge_is_the_new_price_and_the_difference() -> None:
    # As Baremetrics prints it: 24, and 18 of the new plan, less 9 unused.
    assert prorate(12, 24, Decimal("0.75")).next_charge == 33


def test_prorate_by_days_is_exact_where_a_rounded_day_price_is_not() -> None:
    assert prorate(10, 99, Fraction(15, 30)).unused == 5


def test_mrr_from_proration_of_sixteen_of_thirty_one_days() -> None:
    # 2500 cents for 16 of 31 days
    assert mrr_from_proration(2500, 31, 16) == Decimal("4843.75")


def test_mrr_from_proration_of_no_time_is_undefined() -> None:
    assert mrr_from_proration(2500, 31, 0) is None


@given(st.integers(1, 10**9), st.integers(1, 10**6), st.integers(1, 10**6), st.integers(1, 36))
def test_mrr_from_proration_undoes_a_proration(price: int, part: int, rest: int, months: int) -> None:
    full = part + rest
    line = prorate(0, price, Fraction(part, full)).remaining

    assert mrr_from_proration(line, full, part, plan_months=months) == Fraction(price, months)
