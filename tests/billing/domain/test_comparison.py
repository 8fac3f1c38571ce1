"""Two readings of the same facts, explained movement by movement."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from tenure.billing.domain.comparison import difference
from tenure.billing.domain.definition_sets import PROFITWELL, TENURE
from tenure.billing.domain.item_values import State, known_at
from tenure.billing.domain.movements import movements_of_account
from tests.billing.domain.facts import at, paid


def test_difference_of_two_definitions_names_the_movements_that_differ() -> None:
    facts = [paid("a", 100), paid("a", 100, 40, state=State.PAUSED), paid("b", 30, 50)]

    found = difference(movements_of_account(TENURE, facts), movements_of_account(PROFITWELL, facts))

    assert [each.kind for each in found.only_left] == ["pause", "expansion"]
    assert [each.kind for each in found.only_right] == ["churn", "reactivation"]
    assert found.micros == 0


def test_difference_of_a_restatement_is_the_late_record() -> None:
    # A credit note of 20 a month from day 10 on becomes known on day 40.
    facts = [paid("a", 100), paid("a", 80, 10, recorded_at=at(40))]

    then, now = (movements_of_account(TENURE, known_at(facts, at(day))) for day in (39, 40))

    assert [(each.kind, each.recorded_at) for each in difference(then, now).only_right] == [("contraction", at(40))]
    assert difference(then, now).micros == -20_000_000


@given(st.lists(st.integers(1, 9), max_size=9), st.lists(st.integers(1, 9), max_size=9))
def test_difference_explains_the_whole_gap(left: list[int], right: list[int]) -> None:
    first, second = (
        movements_of_account(TENURE, [paid("a", minor, day) for day, minor in enumerate(story)]) for story in (left, right)
    )

    assert difference(first, second).micros == sum(each.micros for each in second) - sum(each.micros for each in first)
