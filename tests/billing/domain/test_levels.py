"""What counts as MRR at an instant."""

from __future__ import annotations

from tenure.billing.domain.definition_sets import CHARGEBEE, PROFITWELL, STRIPE, TENURE
from tenure.billing.domain.item_values import Charge, DiscountDuration, State
from tenure.billing.domain.levels import mrr_at, potential_mrr_at
from tests.billing.domain.facts import at, paid

CENT = 1_000_000


def test_mrr_at_counts_paid_and_past_due_but_neither_trial_nor_one_off_nor_usage() -> None:
    facts = [
        paid("a", 100),
        paid("b", 10, state=State.PAST_DUE),
        paid("c", 7, state=State.TRIAL),
        paid("d", 5, charge=Charge.ONE_OFF),
        paid("e", 3, charge=Charge.USAGE),
        paid("f", 2, state=State.ENDED),
    ]

    assert mrr_at(TENURE, facts, at(1)) == {"EUR": 110 * CENT}
    assert mrr_at(PROFITWELL, facts, at(1)) == {"EUR": 113 * CENT}
    assert potential_mrr_at(TENURE, facts, at(1)) == {"EUR": 7 * CENT}


def test_mrr_at_keeps_currencies_apart() -> None:
    facts = [paid("a", 100), paid("b", 200, currency="USD")]

    assert mrr_at(TENURE, facts, at(1)) == {"EUR": 100 * CENT, "USD": 200 * CENT}


def test_mrr_at_a_discount_counts_as_each_definition_says() -> None:
    levels = {
        duration: [
            mrr_at(definition, [paid("a", 10, net_minor=5, discount=duration)], at(1))["EUR"] // CENT
            for definition in (TENURE, CHARGEBEE, STRIPE)
        ]
        for duration in DiscountDuration
    }

    assert levels == {
        DiscountDuration.ONCE: [5, 10, 10],
        DiscountDuration.REPEATING: [5, 5, 10],
        DiscountDuration.FOREVER: [5, 5, 5],
    }


def test_mrr_at_is_full_on_the_first_day_and_nothing_at_the_end() -> None:
    fact = paid("a", 100, 0, 30)

    assert [mrr_at(TENURE, [fact], at(day)) for day in (0, 29, 30)] == [{"EUR": 100 * CENT}, {"EUR": 100 * CENT}, {}]
