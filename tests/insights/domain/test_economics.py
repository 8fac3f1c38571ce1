"""Lifetime value, acquisition, efficiency: published formulas, and undefined where they are."""

from __future__ import annotations

from fractions import Fraction

from tenure.insights.domain.acquisition import (
    ChannelResult,
    cac,
    lagged_cac,
    ltv_to_cac,
    payback_months,
    payback_months_aggregate,
)
from tenure.insights.domain.efficiency import (
    burn_multiple,
    expansion_rate,
    growth,
    magic_number,
    magic_number_payback_months,
    quick_ratio,
    rule_of_40,
)
from tenure.insights.domain.lifetime_value import (
    discounted_cohort_ltv,
    margin_ltv,
    revenue_ltv,
    revenue_ltv_trailing,
)


def test_ltv_where_nobody_leaves_is_undefined_and_not_zero() -> None:
    assert (revenue_ltv(100, 0), margin_ltv(100, 1, 0), revenue_ltv_trailing(100, [0, 0])) == (None, None, None)
    assert revenue_ltv_trailing(100, []) is None


def test_ltv_trailing_takes_the_last_months_given() -> None:
    rates = [Fraction(1, 2), Fraction(4, 100), Fraction(6, 100)]

    assert revenue_ltv_trailing(100, rates, months=2) == 2000


def test_discounted_cohort_ltv_discounts_a_year_later_by_the_yearly_rate() -> None:
    # 1,000 now and 1,100 a year later at 10 %: 2,000 for two customers
    worth = discounted_cohort_ltv([1000, *[0] * 11, 1100], 2, Fraction(1, 10))

    assert worth is not None
    assert abs(worth - 1000) < Fraction(1, 10**20)


def test_cac_of_nobody_is_undefined_and_so_is_what_follows() -> None:
    assert (cac(500, 0), ltv_to_cac(None, 5), ltv_to_cac(5, None), payback_months(5, 0)) == (None,) * 4


def test_lagged_cac_sets_customers_against_the_spend_of_one_cycle_before() -> None:
    # a cycle of 50 days is 1.64 months, two months half-up
    assert lagged_cac({1: 900, 3: 5000}, {3: 3}, month=3, cycle_days=50) == 300
    assert lagged_cac({3: 5000}, {3: 3}, month=3, cycle_days=50) is None


def test_payback_both_forms_agree_for_one_firm() -> None:
    margin = Fraction(8, 10)

    assert payback_months(2000, 500, margin) == payback_months_aggregate(50_000, 12_500, margin) == 5


def test_channel_result_by_hand() -> None:
    channel = ChannelResult(cost=1000, leads=50, customers=4, new_arr=8000, gross_margin=Fraction(3, 4))

    assert (channel.cost_per_lead, channel.cac, channel.cost_per_arr, channel.roi) == (20, 250, Fraction(1, 8), 5)
    assert (ChannelResult(cost=0).roi, ChannelResult(cost=5).cac) == (None, None)


def test_quick_ratio_counts_reactivation_as_gain_and_is_undefined_without_loss() -> None:
    assert quick_ratio(new=10, expansion=5, churn=4, contraction=2, reactivation=3) == 3
    assert quick_ratio(new=10) is None


def test_magic_number_and_its_payback() -> None:
    assert magic_number(480_000, 1_800_000) == Fraction(16, 15)
    assert magic_number_payback_months(480_000, 1_800_000) == Fraction("11.25")
    assert (magic_number(5, 0), magic_number_payback_months(0, 5)) == (None, None)


def test_growth_rule_of_40_and_burn() -> None:
    assert rule_of_40(growth(25, 30), Fraction(7, 30)) == Fraction(13, 30)
    assert (growth(0, 5), rule_of_40(None, 1), burn_multiple(5, 0), expansion_rate(0, 5)) == (None,) * 4
    assert (burn_multiple(3, 2), expansion_rate(2000, 1000)) == (Fraction(3, 2), Fraction(1, 2))
