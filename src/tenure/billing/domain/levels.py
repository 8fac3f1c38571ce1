"""Levels: what an item, an account or a workspace is worth per month at one instant, under one definition."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable
from datetime import datetime

from tenure.billing.domain.definitions import ChurnAt, Definition, Discounts, PastDue, Pause, Usage
from tenure.billing.domain.item_values import Charge, DiscountDuration, ItemValue, State
from tenure.billing.domain.normalise import monthly_micros

_COUNTED_DISCOUNTS = {
    Discounts.ALL: frozenset(DiscountDuration),
    Discounts.RECURRING: frozenset({DiscountDuration.REPEATING, DiscountDuration.FOREVER}),
    Discounts.FOREVER: frozenset({DiscountDuration.FOREVER}),
}


def is_recurring(definition: Definition, fact: ItemValue) -> bool:
    """Whether the charge belongs in MRR at all: one-off charges never, usage where the definition says so."""
    if fact.charge is Charge.RECURRING:
        return True
    return fact.charge is Charge.USAGE and definition.usage is Usage.INCLUDED


def amount_counted(definition: Definition, fact: ItemValue) -> int:
    """The minor units per interval that count: net, or list where the discount is of a kind that is not counted."""
    if fact.discount is None or fact.discount in _COUNTED_DISCOUNTS[definition.discounts]:
        return fact.net_minor
    return fact.list_minor


def value_if_paid(definition: Definition, fact: ItemValue) -> int:
    """Micros per month that the fact stands for were it paid, whatever its state."""
    if not is_recurring(definition, fact):
        return 0
    return monthly_micros(amount_counted(definition, fact), fact.interval, definition.days_per_month)


def level(definition: Definition, fact: ItemValue) -> int:
    """Micros of MRR per month that the fact contributes while it holds: a trial and an ended item 0."""
    state = fact.state
    if (
        state is State.PAID
        or (state is State.PAST_DUE and definition.past_due is PastDue.COUNTED)
        or (state is State.PAUSED and definition.pause is Pause.KEPT)
    ):
        return value_if_paid(definition, fact)
    return 0


def facts_in_force(facts: Iterable[ItemValue], instant: datetime) -> list[ItemValue]:
    """The one fact per item that rules at `instant`, of the facts given."""
    ruling: dict[Hashable, ItemValue] = {}
    for fact in facts:
        if fact.valid.holds(instant):
            other = ruling.get(fact.item)
            if other is None or other.recorded_at <= fact.recorded_at:
                ruling[fact.item] = fact
    return list(ruling.values())


def mrr_at(definition: Definition, facts: Iterable[ItemValue], instant: datetime) -> dict[str, int]:
    """MRR at `instant`, micros by currency, in full on the first day of a period: MRR is never prorated."""
    totals: defaultdict[str, int] = defaultdict(int)
    for fact in facts_in_force(facts, instant):
        if not _has_left(definition, fact, instant):
            totals[fact.currency] += level(definition, fact)
    return dict(totals)


def potential_mrr_at(definition: Definition, facts: Iterable[ItemValue], instant: datetime) -> dict[str, int]:
    """What trials that have not converted yet would add to MRR, micros by currency: shown beside MRR, never in it."""
    totals: defaultdict[str, int] = defaultdict(int)
    for fact in facts_in_force(facts, instant):
        if fact.state is State.TRIAL:
            totals[fact.currency] += value_if_paid(definition, fact)
    return dict(totals)


def mrr_months(definition: Definition, facts: Iterable[ItemValue], instants: Iterable[datetime]) -> list[dict[str, int]]:
    """MRR at each instant, micros by currency."""
    known = list(facts)
    return [mrr_at(definition, known, instant) for instant in instants]


def _has_left(definition: Definition, fact: ItemValue, instant: datetime) -> bool:
    """Whether the item counts as gone because notice was given."""
    notice = fact.cancelled_at
    return definition.churn_at is ChurnAt.CANCELLATION and notice is not None and notice <= instant
