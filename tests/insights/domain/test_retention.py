"""Retention: capped per account, from the old cohort."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tenure.billing.domain.definitions import GrossRetention, ReactivationInRetention
from tenure.insights.domain.churn import RevenueChange
from tenure.insights.domain.retention import (
    Retained,
    SurvivorFormRefused,
    gross_retention,
    gross_retention_from_movements,
    logo_and_revenue_retention,
    net_retention,
    net_retention_by_form,
    net_retention_from_movements,
    survivor_bias,
)

accounts = st.lists(st.builds(Retained, st.integers(0, 10**9), st.integers(0, 10**9)), max_size=20)


def test_gross_retention_per_account_sees_the_loss_that_the_total_hides() -> None:
    cohort = [Retained(100, 150), Retained(100, 40), Retained(100, 0)]

    assert gross_retention(cohort) == Fraction(140, 300)
    assert gross_retention(cohort, GrossRetention.AGGREGATE) == Fraction(190, 300)
    assert net_retention(cohort) == Fraction(190, 300)


def test_net_retention_leaves_out_who_was_not_there_then() -> None:
    assert net_retention([Retained(100, 90), Retained(0, 500)]) == Fraction(9, 10)


def test_net_retention_of_survivors_is_refused_by_name() -> None:
    with pytest.raises(SurvivorFormRefused):
        net_retention_by_form([Retained(100, 132)], "survivors")
    assert net_retention_by_form([Retained(100, 132)], "point_to_point") == Fraction(132, 100)


def test_survivor_bias_shows_both_figures() -> None:
    bias = survivor_bias([Retained(100, 132), Retained(100, 0)])

    assert (bias.survivors_only, bias.full_cohort) == (Fraction(132, 100), Fraction(66, 100))


def test_net_retention_from_movements_with_and_without_reactivation() -> None:
    change = RevenueChange(start=100, expansion=10, contraction=5, churn=10, reactivation=5)

    assert {form.value: net_retention_from_movements(change, form) for form in ReactivationInRetention} == {
        "inside_window": 1,
        "always": 1,
        "never": Fraction(95, 100),
    }


def test_logo_and_revenue_retention_tell_two_stories() -> None:
    assert logo_and_revenue_retention({"A": 1000, "B": 5000}, {"A"}) == (Fraction(1, 2), Fraction(5, 6))
    assert logo_and_revenue_retention({}, set()) == (None, None)


def test_retention_of_an_empty_cohort_is_undefined() -> None:
    assert (gross_retention([]), net_retention([]), net_retention_from_movements(RevenueChange(0))) == (None,) * 3


@given(accounts)
def test_gross_retention_is_at_most_one_and_at_most_the_aggregate_form(cohort: list[Retained]) -> None:
    gross, aggregate = gross_retention(cohort), gross_retention(cohort, GrossRetention.AGGREGATE)

    if gross is not None and aggregate is not None:
        assert 0 <= gross <= aggregate <= 1


@given(accounts)
def test_gross_retention_is_at_most_net_retention(cohort: list[Retained]) -> None:
    then = [account for account in cohort if account.begin]
    gross, net = gross_retention(then), net_retention(then)

    assert (gross is None and net is None) or (gross is not None and net is not None and gross <= net)


@given(st.integers(1, 10**9), st.integers(0, 10**9), st.integers(0, 10**9), st.integers(0, 10**9))
def test_net_retention_point_to_point_equals_its_movements(begin: int, gained: int, lost: int, churned: int) -> None:
    lost = min(lost, begin)
    cohort = [Retained(begin, begin + gained - lost), Retained(churned, 0)]
    change = RevenueChange(begin + churned, churn=churned, contraction=lost, expansion=gained)

    assert net_retention(cohort) == net_retention_from_movements(change)
    kept = gross_retention_from_movements(change)
    assert kept is not None
    assert kept <= 1
