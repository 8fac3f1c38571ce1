"""What must hold for every definition over any facts: movements of a period are closing minus opening MRR."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tenure.billing.domain.definition_sets import SETS, TENURE
from tenure.billing.domain.definitions import Definition, SameMonth
from tenure.billing.domain.item_values import Charge, DiscountDuration, ItemValue, State
from tenure.billing.domain.levels import mrr_at
from tenure.billing.domain.movements import Kind, Movement, closing_levels, movements_by_parent, movements_of_account
from tenure.billing.domain.waterfall import within
from tenure.kernel.anchor import Interval, Unit
from tenure.kernel.period import Period
from tests.billing.domain.facts import at, paid


@st.composite
def values(draw: st.DrawFn) -> ItemValue:
    start = draw(st.integers(0, 330))
    length = draw(st.none() | st.integers(0, 200))
    item = draw(st.sampled_from(["a", "b", "c", "d"]))
    list_minor = draw(st.integers(0, 5000))
    return paid(
        item,
        list_minor,
        start,
        None if length is None else start + length,
        net_minor=draw(st.integers(0, list_minor)),
        account="mother" if item in "ab" else "daughter",
        currency="USD" if item == "c" else "EUR",
        recorded_at=at(draw(st.integers(0, 360))),
        interval=Interval(draw(st.integers(1, 13)), draw(st.sampled_from(Unit))),
        state=draw(st.sampled_from(State)),
        charge=draw(st.sampled_from([Charge.RECURRING, Charge.RECURRING, Charge.USAGE, Charge.ONE_OFF])),
        discount=draw(st.none() | st.sampled_from(DiscountDuration)),
        cancelled_at=draw(st.none() | st.integers(0, 360).map(at)),
    )


stories = st.lists(values(), min_size=1, max_size=14)
# Dropping customers who came and went within a month removes them from the ledger, not from the facts in between.
keeping = [replace(definition, same_month=SameMonth.BOTH) for definition in SETS.values()]


def levels(movements: list[Movement]) -> dict[str, int]:
    totals: defaultdict[str, int] = defaultdict(int)
    for movement in movements:
        totals[movement.currency] += movement.micros
    return {currency: micros for currency, micros in totals.items() if micros}


def without_zeros(totals: dict[str, int]) -> dict[str, int]:
    return {currency: micros for currency, micros in totals.items() if micros}


@pytest.mark.parametrize("definition", keeping, ids=lambda each: each.name)
@given(stories, st.integers(0, 400), st.integers(0, 400))
@settings(max_examples=150)
def test_movements_of_any_period_sum_to_closing_minus_opening(
    definition: Definition, facts: list[ItemValue], one: int, other: int
) -> None:
    period = Period(at(min(one, other)), at(max(one, other)))
    assert period.end is not None
    # A movement on the first instant of the period belongs to it, so opening is the level just before.
    just_before = [at(min(one, other) - 0.001), at(max(one, other) - 0.001)]

    moved = levels(within(movements_of_account(definition, facts), period))

    opening, closing = (mrr_at(definition, facts, instant) for instant in just_before)
    difference = {currency: closing.get(currency, 0) - opening.get(currency, 0) for currency in opening.keys() | closing.keys()}
    assert moved == without_zeros(difference)


@pytest.mark.parametrize("definition", SETS.values(), ids=lambda each: each.name)
@given(stories)
@settings(max_examples=100)
def test_movements_of_all_time_sum_to_the_present_mrr_per_account(definition: Definition, facts: list[ItemValue]) -> None:
    later = at(10_000)
    by_account = sorted(facts, key=lambda fact: str(fact.account))

    closing = closing_levels(movements_by_parent(definition, by_account))

    for account in ("mother", "daughter"):
        own = [fact for fact in facts if fact.account == account]
        assert without_zeros(closing.get(account, {})) == without_zeros(mrr_at(definition, own, later))


@given(stories)
@settings(max_examples=100)
def test_movements_under_profitwell_at_month_ends_sum_to_mrr(facts: list[ItemValue]) -> None:
    profitwell = SETS["profitwell"]
    for month in range(1, 13):
        end = datetime(2026, month, 1, tzinfo=UTC)
        moved = levels(within(movements_of_account(profitwell, facts), Period(at(-1), end)))

        # The last instant of the month before: what starts with this month is not yet in.
        assert moved == without_zeros(mrr_at(profitwell, facts, end - timedelta(seconds=1)))


@given(stories)
def test_movements_alternate_between_joining_and_leaving(facts: list[ItemValue]) -> None:
    kinds = [each.kind for each in movements_of_account(TENURE, facts)]

    if kinds:
        assert kinds[0] is Kind.NEW
    last_leaving = None
    for kind in kinds:
        if kind in {Kind.NEW, Kind.REACTIVATION}:
            last_leaving = None
        elif kind is Kind.CHURN:
            last_leaving = kind
        else:
            assert last_leaving is None


@given(stories)
def test_movements_do_not_depend_on_the_order_of_distinct_records(facts: list[ItemValue]) -> None:
    distinct = [replace(fact, recorded_at=at(500 + number)) for number, fact in enumerate(facts)]

    forwards = movements_of_account(TENURE, distinct)
    backwards = movements_of_account(TENURE, distinct[::-1])

    assert sorted(map(repr, forwards)) == sorted(map(repr, backwards))
