"""Churn: the rates of the field on numbers worked by hand."""

from __future__ import annotations

from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from tenure.billing.domain.definitions import CustomerChurn
from tenure.insights.domain.churn import (
    CustomerCounts,
    DayOfRevenue,
    RevenueChange,
    annualised,
    customer_churn_rate,
    gross_mrr_churn_rate,
    gross_mrr_churn_rate_daily,
    net_mrr_churn_rate,
    net_mrr_churn_rate_daily,
)

amounts = st.integers(0, 10**9)


def test_customer_churn_of_one_month_is_three_figures_by_three_forms() -> None:
    counts = CustomerCounts(start=100, churned=12, joined=20, churned_and_reactivated=1, joined_and_churned=1)

    rates = {form: customer_churn_rate(counts, form) for form in CustomerChurn}

    assert rates == {
        CustomerChurn.STANDARD: Fraction(10, 100),
        CustomerChurn.PLAIN: Fraction(12, 100),
        CustomerChurn.OVER_START_AND_NEW: Fraction(12, 120),
    }


def test_mrr_churn_gross_and_net_of_a_month_that_grew() -> None:
    change = RevenueChange(start=1000, churn=80, contraction=20, expansion=130, reactivation=10)

    assert (gross_mrr_churn_rate(change), net_mrr_churn_rate(change)) == (Fraction(1, 10), Fraction(-4, 100))


def test_mrr_churn_over_days_adds_daily_rates_and_counts_no_growth_as_loss() -> None:
    # 100 -> 90: 10 %; 90 -> 99 of which 18 new: 81 of 90, 10 %; 100 -> 110: gross 0, net -10 %
    days = [DayOfRevenue(100, 90), DayOfRevenue(90, 99, new=18), DayOfRevenue(100, 110)]

    assert (gross_mrr_churn_rate_daily(days), net_mrr_churn_rate_daily(days)) == (Fraction(1, 5), Fraction(1, 10))


def test_churn_of_nothing_is_undefined() -> None:
    nothing = RevenueChange(start=0, churn=5)

    assert (gross_mrr_churn_rate(nothing), net_mrr_churn_rate(nothing)) == (None, None)
    assert customer_churn_rate(CustomerCounts(0, 0)) is None
    assert (gross_mrr_churn_rate_daily([]), net_mrr_churn_rate_daily([DayOfRevenue(0, 5)])) == (None, None)


def test_annualised_churn_compounds() -> None:
    assert annualised(Fraction(1, 2), 2) == Fraction(3, 4)


@given(st.integers(1, 10**9), amounts, amounts, amounts)
def test_net_churn_is_never_above_gross(start: int, churn: int, contraction: int, expansion: int) -> None:
    change = RevenueChange(start, churn, contraction, expansion)
    gross, net = gross_mrr_churn_rate(change), net_mrr_churn_rate(change)

    assert gross is not None
    assert net is not None
    assert net <= gross
