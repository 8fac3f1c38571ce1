"""The timeline of an item: each instant is ruled by what was recorded last."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from tenure.billing.domain.item_values import ItemValue, known_at, timeline
from tenure.billing.domain.levels import facts_in_force
from tests.billing.domain.facts import at, paid


@st.composite
def values(draw: st.DrawFn) -> ItemValue:
    start = draw(st.integers(0, 60))
    length = draw(st.none() | st.integers(0, 40))
    end = None if length is None else start + length
    return paid("item", draw(st.integers(0, 9)) * 100, start, end, recorded_at=at(draw(st.integers(0, 60))))


def test_timeline_of_an_open_value_and_its_successor_changes_over_at_the_successor() -> None:
    first, second = paid("item", 100), paid("item", 200, 31)

    assert [(step.at, step.value, step.before) for step in timeline([second, first])] == [
        (at(0), first, None),
        (at(31), second, first),
    ]


def test_timeline_of_a_correction_recorded_later_replaces_what_it_covers() -> None:
    wrong, right = paid("item", 100, 0, 60), paid("item", 300, 10, 20, recorded_at=at(90))

    assert [(step.at, step.value) for step in timeline([wrong, right])] == [
        (at(0), wrong),
        (at(10), right),
        (at(20), wrong),
        (at(60), None),
    ]


def test_timeline_of_facts_recorded_together_is_ruled_by_the_later_in_the_sequence() -> None:
    early, late = paid("item", 100, recorded_at=at(0)), paid("item", 200, 31, recorded_at=at(0))

    assert [step.value for step in timeline([early, late])] == [early, late]
    assert [step.value for step in timeline([late, early])] == [early]


def test_timeline_of_a_gap_holds_nothing_between() -> None:
    first, second = paid("item", 100, 0, 10), paid("item", 100, 20)

    assert [step.value for step in timeline([first, second])] == [first, None, second]


@given(st.lists(values(), min_size=1, max_size=8), st.integers(-1, 110))
def test_timeline_at_any_instant_agrees_with_the_fact_in_force(facts: list[ItemValue], day: int) -> None:
    held = None
    for step in timeline(facts):
        if step.at <= at(day):
            held = step.value

    ruling = facts_in_force(facts, at(day))

    assert [held] == (ruling or [None])


@given(st.lists(values(), min_size=1, max_size=8))
def test_timeline_steps_are_in_order_and_each_changes_something(facts: list[ItemValue]) -> None:
    steps = timeline(facts)

    assert all(left.at < right.at for left, right in pairwise(steps))
    assert all(step.value is not step.before for step in steps)


def test_known_at_leaves_out_what_was_recorded_later() -> None:
    early, late = paid("item", 100), paid("item", 50, 0, recorded_at=at(40))

    assert known_at([early, late], at(39)) == [early]
