"""Errors: a code, a status and a sentence made of named facts."""

from __future__ import annotations

import pickle

from tenure.kernel.errors import Conflict, DomainError, FieldProblem, Forbidden, Invalid, NotFound


class SubscriptionNotActive(Conflict):
    """A rule of some room."""

    code = "subscription_not_active"
    message = "Subscription {subscription} is {state}."


def test_domain_error_says_its_facts_in_its_sentence() -> None:
    error = SubscriptionNotActive(subscription="S-1", state="ended")

    assert str(error) == "Subscription S-1 is ended."
    assert error.formatted("{subscription} 已 {state}") == "S-1 已 ended"
    assert (error.code, error.status) == ("subscription_not_active", 409)


def test_domain_error_with_a_missing_fact_still_speaks() -> None:
    assert str(SubscriptionNotActive(state="ended")) == "Subscription {subscription} is ended."


def test_domain_errors_have_the_status_of_their_kind() -> None:
    assert [kind().status for kind in (NotFound, Forbidden, Conflict, Invalid)] == [404, 403, 409, 422]


def test_invalid_carries_the_problem_of_each_field() -> None:
    error = Invalid(errors=[FieldProblem("amount", "Not a number.")])

    assert error.errors == (FieldProblem("amount", "Not a number."),)


def test_domain_error_survives_pickling() -> None:
    error: DomainError = pickle.loads(pickle.dumps(SubscriptionNotActive(subscription="S-1", state="ended")))

    assert (str(error), type(error)) == ("Subscription S-1 is ended.", SubscriptionNotActive)
