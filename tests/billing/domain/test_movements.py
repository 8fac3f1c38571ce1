"""Movements: each rule of the field on a small story. Amounts are in cents per month."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from fractions import Fraction
from zoneinfo import ZoneInfo

from tenure.billing.domain.definition_sets import CHARGEBEE, CHARTMOGUL, PROFITWELL, STRIPE, TENURE
from tenure.billing.domain.definitions import Definition, PastDue
from tenure.billing.domain.item_values import DiscountDuration, ItemValue, State
from tenure.billing.domain.movements import movements_by_parent, movements_of_account
from tenure.kernel.anchor import YEARLY
from tenure.kernel.period import Period
from tests.billing.domain.facts import at, paid


def told(definition: Definition, *facts: ItemValue) -> list[tuple[str, float, str]]:
    """The movements as kind, cents and reason."""
    moved = movements_of_account(definition, facts)
    return [(each.kind.value, each.micros / 1_000_000, each.reason) for each in moved]


def test_movements_of_the_published_lifecycle() -> None:
    # ChartMogul, article 201244842: Gold yearly 1,200; a second plan beside it; it ends; Gold ends; a return.
    gold, silver = paid("gold", 120_000, 0, 365, interval=YEARLY), paid("silver", 6_000, 30, 90)

    assert told(CHARTMOGUL, gold, silver, paid("gold 2", 15_000, 400)) == [
        ("new", 10_000, ""),
        ("expansion", 6_000, ""),
        ("contraction", -6_000, ""),
        ("churn", -10_000, ""),
        ("reactivation", 15_000, ""),
    ]


def test_movements_of_a_trial_are_nothing_until_it_is_paid() -> None:
    assert told(TENURE, paid("a", 500, 0, 14, state=State.TRIAL), paid("a", 500, 14)) == [("new", 500, "")]


def test_movements_of_items_within_an_hour_of_the_first_are_new_and_later_ones_expansion() -> None:
    hour = 1 / 24

    moved = told(TENURE, paid("a", 100), paid("b", 200, hour), paid("c", 300, 1.01 * hour))

    assert moved == [("new", 100, ""), ("new", 200, ""), ("expansion", 300, "")]


def test_movements_of_a_price_rise_within_the_hour_are_expansion() -> None:
    assert told(TENURE, paid("a", 100), paid("a", 150, 0.01)) == [("new", 100, ""), ("expansion", 50, "")]


def test_movements_from_plan_to_plan_at_one_instant_are_the_difference() -> None:
    assert told(TENURE, paid("small", 100, 0, 30), paid("large", 250, 30)) == [
        ("new", 100, ""),
        ("expansion", 150, ""),
    ]


def test_movements_of_an_expired_discount_are_expansion_with_that_reason() -> None:
    running = paid("a", 1000, 0, 90, net_minor=900, discount=DiscountDuration.REPEATING)

    assert told(TENURE, running, paid("a", 1000, 90)) == [("new", 900, ""), ("expansion", 100, "discount_expired")]
    assert told(STRIPE, running, paid("a", 1000, 90)) == [("new", 1000, "")]


def test_movements_of_an_added_discount_are_contraction_with_that_reason() -> None:
    later = paid("a", 1000, 90, net_minor=900, discount=DiscountDuration.FOREVER)

    assert told(TENURE, paid("a", 1000), later)[1] == ("contraction", -100, "discount_added")


def test_movements_of_a_pause_stand_outside_churn_and_resume_it() -> None:
    pause = paid("a", 100, 30, state=State.PAUSED)

    assert told(TENURE, paid("a", 100), pause, paid("a", 120, 60)) == [
        ("new", 100, ""),
        ("pause", -100, ""),
        ("resume", 100, ""),
        ("expansion", 20, ""),
    ]


def test_movements_of_a_pause_under_other_definitions_are_churn_or_nothing() -> None:
    story = (paid("a", 100), paid("a", 100, 40, state=State.PAUSED), paid("a", 100, 70))

    assert [kind for kind, *_ in told(PROFITWELL, *story)] == ["new", "churn", "reactivation"]
    assert [kind for kind, *_ in told(STRIPE, *story)] == ["new"]
    assert [kind for kind, *_ in told(CHARGEBEE, *story)] == ["new", "churn", "expansion"]


def test_movements_of_a_pause_that_ends_in_cancellation_are_churn_in_the_end() -> None:
    assert told(TENURE, paid("a", 100, 0, 30), paid("a", 100, 30, 60, state=State.PAUSED)) == [
        ("new", 100, ""),
        ("pause", -100, ""),
        ("resume", 100, "ended_while_paused"),
        ("churn", -100, ""),
    ]


def test_movements_of_a_further_item_while_another_is_paused_are_expansion() -> None:
    moved = told(TENURE, paid("a", 100), paid("a", 100, 30, state=State.PAUSED), paid("b", 50, 40))

    assert moved[-1] == ("expansion", 50, "")


def test_movements_at_cancellation_come_with_the_notice_and_else_at_the_period_end() -> None:
    cancelled = paid("a", 100, 0, 365, cancelled_at=at(100))

    assert [each.effective_at for each in movements_of_account(STRIPE, [cancelled])] == [at(0), at(100)]
    assert [each.effective_at for each in movements_of_account(TENURE, [cancelled])] == [at(0), at(365)]


def test_movements_of_dunning_that_ends_without_money_are_involuntary_churn() -> None:
    story = (paid("a", 100, 0, 30), paid("a", 100, 30, 44, state=State.PAST_DUE))

    assert told(TENURE, *story) == [("new", 100, ""), ("churn", -100, "involuntary")]
    assert [each.effective_at for each in movements_of_account(TENURE, story)] == [at(0), at(44)]
    out_at_once = replace(TENURE, past_due=PastDue.OUT)
    assert [each.effective_at for each in movements_of_account(out_at_once, story)] == [at(0), at(30)]


def test_movements_carry_the_reason_that_the_facts_give() -> None:
    assert told(TENURE, paid("a", 100, 0, 30, end_reason="price"))[1] == ("churn", -100, "price")
    assert told(TENURE, paid("a", 100), paid("a", 150, 30, reason="seats"))[1] == ("expansion", 50, "seats")
    ended = paid("a", 100, 30, state=State.ENDED, reason="merged")
    assert told(TENURE, paid("a", 100), ended)[1] == ("churn", -100, "merged")


def test_movements_of_a_return_after_the_window_are_new() -> None:
    ninety = replace(TENURE, reactivation_within_days=90)

    for gap, kind in ((90, "reactivation"), (91, "new")):
        assert told(ninety, paid("a", 100, 0, 30), paid("b", 100, 30 + gap))[-1][0] == kind


def test_movements_within_one_month_are_dropped_only_where_the_definition_says_so() -> None:
    story = (paid("a", 100, 2, 20), paid("b", 100, 25))

    assert told(PROFITWELL, *story) == [("new", 100, "")]
    assert [kind for kind, *_ in told(TENURE, *story)] == ["new", "churn", "reactivation"]


def test_movements_within_one_month_are_judged_by_the_calendar_of_the_workspace() -> None:
    # 31 January 23:30 UTC is already February in Madrid.
    valid = Period(datetime(2026, 1, 10, tzinfo=UTC), datetime(2026, 1, 31, 23, 30, tzinfo=UTC))
    fact = paid("a", 100, valid=valid)

    assert movements_of_account(PROFITWELL, [fact]) == []
    assert len(movements_of_account(PROFITWELL, [fact], ZoneInfo("Europe/Madrid"))) == 2


def test_movements_of_two_currencies_at_one_instant_do_not_offset() -> None:
    moved = told(TENURE, paid("a", 100, 0, 30), paid("b", 90, 30, currency="USD", rate=Fraction(9, 10)))

    assert moved == [("new", 100, ""), ("contraction", -100, ""), ("expansion", 90, "")]


def test_movements_by_parent_judge_subsidiaries_together() -> None:
    mother = paid("a", 100, account="mother")
    daughter = paid("b", 50, 40, 80, account="daughter")

    together = list(movements_by_parent(TENURE, [mother, daughter], parent=lambda _: "mother"))
    apart = list(movements_by_parent(TENURE, [mother, daughter]))

    assert [(each.account, each.kind) for each in together] == [
        ("mother", "new"),
        ("daughter", "expansion"),
        ("daughter", "contraction"),
    ]
    assert [each.kind for each in apart] == ["new", "new", "churn"]


def test_movements_of_an_undone_item_vanish_when_a_later_record_ends_it_from_the_start() -> None:
    undone = paid("a", 100, 0, state=State.ENDED, recorded_at=at(50))

    assert movements_of_account(TENURE, [paid("a", 100), undone]) == []


def test_movements_of_a_negative_item_keep_the_sum() -> None:
    moved = told(TENURE, paid("a", 100, 0, 30), paid("credit", -20, 10, 40))

    assert moved == [("new", 100, ""), ("contraction", -20, ""), ("churn", -100, ""), ("expansion", 20, "")]
