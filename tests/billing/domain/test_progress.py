from __future__ import annotations

from datetime import UTC, datetime

from tenure.billing.domain.progress import Proof, Reached, Run, loss_of, stages_of

JAN, FEB, MAR, APR = (datetime(2026, month, 1, tzinfo=UTC) for month in (1, 2, 3, 4))


def test_loss_of_a_trial_that_ended_unpaid_is_the_day_it_ended():
    assert loss_of([Run(trial=Proof(JAN, "a"), trial_until=FEB)], MAR) == Proof(FEB, "a")


def test_loss_of_several_trials_is_the_last_ones():
    assert loss_of([Run(trial=Proof(JAN, "a"), trial_until=FEB), Run(trial=Proof(FEB, "b"), trial_until=MAR)], APR) == Proof(
        MAR, "b"
    )


def test_loss_of_a_trial_that_runs_is_none():
    assert loss_of([Run(trial=Proof(JAN, "a"), trial_until=MAR)], FEB) is None
    assert loss_of([Run(trial=Proof(JAN, "a"))], FEB) is None


def test_loss_of_what_was_paid_or_signed_is_none():
    assert loss_of([Run(trial=Proof(JAN, "a"), trial_until=FEB, paid=Proof(FEB, "a"))], MAR) is None
    assert loss_of([Run(trial=Proof(JAN, "a"), trial_until=FEB, signed=Proof(JAN, "a"))], MAR) is None


def test_stages_of_a_customer_who_tells_since_when_it_has_adopted_include_adopting():
    runs = [Run(paid=Proof(JAN, "a"), last_item="a", live=Proof(FEB, "a"), adopting=Proof(MAR, "a"))]

    assert list(stages_of(runs, APR)) == [
        Reached("won", JAN, "a"),
        Reached("onboarding", JAN, "a"),
        Reached("live", FEB, "a"),
        Reached("adopting", MAR, "a"),
    ]
