"""Boundaries of the bow-tie, renewals and trials."""

from __future__ import annotations

from datetime import date, timedelta
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tenure.insights.domain.boundaries import (
    Conversion,
    conversion,
    conversion_between,
    conversion_by_cohort,
    conversion_without_lost,
    passed_stages,
    worst_leak,
)
from tenure.insights.domain.bowtie import worst_group
from tenure.insights.domain.crossings import Passage, by_month
from tenure.insights.domain.intervals import wilson_interval
from tenure.insights.domain.renewals import ContractDue, renewal_rate
from tenure.insights.domain.trials import Trial, trial_cohort, trial_to_paid
from tenure.kernel.period import Period

ORDER = ["lead", "qualified", "opportunity", "won", "adopting"]
NEW_YEAR = date(2026, 1, 1)


def on(day: int) -> date:
    return NEW_YEAR + timedelta(days=day)


def test_passed_stages_counts_a_skipped_stage_with_the_next_one_entered() -> None:
    entries = {"lead": on(0), "won": on(30), "expanded": on(40)}

    assert passed_stages(entries, ORDER, ["renewed", "expanded"]) == {
        "lead": on(0),
        "qualified": on(30),
        "opportunity": on(30),
        "won": on(30),
        "expanded": on(40),
    }


def test_passed_stages_does_not_infer_adoption_from_an_outcome() -> None:
    assert passed_stages({"renewed": on(9)}, ORDER, ["renewed"]) == {"renewed": on(9)}


def test_conversion_keeps_lost_ones_in_and_says_how_sure_it_is() -> None:
    funnel = conversion_between(entered=40, crossed=10, lost=20)

    assert (funnel.rate, funnel.open, conversion_without_lost(funnel)) == (Fraction(1, 4), 10, Fraction(1, 2))
    assert funnel.interval == pytest.approx((0.14187, 0.40194), abs=1e-5)


def test_conversion_as_of_a_day_does_not_know_what_comes_later() -> None:
    story = [Passage(on(0), crossed_on=on(5)), Passage(on(0), lost_on=on(50)), Passage(on(60))]

    assert conversion(story, on(10)) == Conversion(entered=2, crossed=1, lost=0)
    assert conversion(story, on(60)) == Conversion(entered=3, crossed=1, lost=1)


def test_conversion_by_cohort_greys_the_young() -> None:
    story = [Passage(on(0), on(20)), Passage(on(31), on(51)), Passage(on(59))]

    cohorts = conversion_by_cohort(by_month(story), on(60))

    assert cohorts == {
        (2026, 1): Conversion(1, 1, 0),
        (2026, 2): Conversion(1, 1, 0),
        (2026, 3): Conversion(1, 0, 0, is_mature=False),
    }


def test_worst_leak_is_the_boundary_that_costs_most() -> None:
    conversions = {"qualified": Conversion(100, 40, 0), "won": Conversion(40, 8, 0), "live": Conversion(8, 1, 0, is_mature=False)}

    leak = worst_leak(conversions, {"qualified": Fraction(1, 2), "won": Fraction(1, 4), "live": 1}, {"qualified": 10, "won": 900})

    # 10 turns short x 10 against 2 short x 900; the immature cohort is not judged
    assert leak is not None
    assert (leak.stage, leak.missing, leak.amount) == ("won", 2, 1800)
    assert worst_leak(conversions, {"won": 0}, {"won": 1}) is None


def test_renewal_rate_is_of_contracts_due_by_logo_and_amount() -> None:
    due = on(31)
    contracts = [
        ContractDue("A", due, 1000),
        ContractDue("B", due, 5000, renewed_on=on(20), renewed_amount=6000),
        ContractDue("C", due, 2000, renewed_on=on(45), renewed_amount=1500),
        ContractDue("D", due, 2000, renewed_on=on(99), renewed_amount=2000),
        ContractDue("E", on(300), 9000),
    ]

    rate = renewal_rate(contracts, Period(on(31), on(59)), as_of=on(60))

    assert (rate.due, rate.renewed, rate.early, rate.late) == (4, 2, 1, 1)
    assert (rate.by_logo, rate.by_amount) == (Fraction(1, 2), Fraction(6500, 10_000))


def test_renewal_rate_without_contracts_due_is_undefined() -> None:
    rate = renewal_rate([], Period(on(0), on(1)), as_of=on(2))

    assert (rate.by_logo, rate.by_amount) == (None, None)


def test_trial_cohort_counts_within_its_horizon_and_knows_when_it_is_too_young() -> None:
    trials = [Trial(on(0), on(30)), Trial(on(0), on(31)), Trial(on(10)), Trial(on(40), on(45))]

    cohort = trial_cohort(trials, 30, as_of=on(44))

    assert (cohort.trials, cohort.paid, cohort.rate, cohort.is_mature) == (4, 1, Fraction(1, 4), False)
    assert trial_cohort(trials, 30, as_of=on(70)).is_mature
    assert trial_to_paid(0, 0) is None


def test_wilson_interval_of_the_textbook() -> None:
    # 8 of 10: 0.4902 to 0.9433 (Wilson, 95 %)
    assert wilson_interval(8, 10) == pytest.approx((0.4901625, 0.9433178), abs=1e-6)
    assert wilson_interval(0, 0) is None


@given(st.integers(1, 10**6), st.data())
def test_wilson_interval_holds_the_share_inside_zero_and_one(trials: int, draw: st.DataObject) -> None:
    successes = draw.draw(st.integers(0, trials))
    bounds = wilson_interval(successes, trials)

    assert bounds is not None
    assert 0 <= bounds[0] <= successes / trials <= bounds[1] <= 1


def test_worst_group_is_the_one_furthest_below_all_others():
    # 100 of 300 cross. Of Small 60 of 100, of Enterprise 10 of 100 (others 90 of 200: 45 %), of Mid 30 of 100 (others 70 of 200: 35 %).
    groups = {"small": Conversion(100, 60, 0), "enterprise": Conversion(100, 10, 0), "mid": Conversion(100, 30, 0)}

    assert worst_group(Conversion(300, 100, 0), groups) == "enterprise"


def test_worst_group_that_is_small_or_within_chance_is_not_named():
    assert worst_group(Conversion(119, 60, 0), {"few": Conversion(19, 0, 0), "all others": Conversion(100, 60, 0)}) is None
    assert worst_group(Conversion(200, 100, 0), {"a": Conversion(100, 49, 0), "b": Conversion(100, 51, 0)}) is None
    assert worst_group(Conversion(100, 10, 0), {"everybody": Conversion(100, 10, 0)}) is None
