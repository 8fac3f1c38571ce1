"""Examples on the change of MRR: movements, exchange, churn by will, net new."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from fractions import Fraction

from tenure.billing.domain.definition_sets import PROFITWELL, TENURE
from tenure.billing.domain.definitions import Definition
from tenure.billing.domain.item_values import ItemValue
from tenure.billing.domain.movements import INVOLUNTARY, Kind, Movement, movements_of_account
from tenure.billing.domain.waterfall import Waterfall, churn_by_will, exchange_step, total
from tenure.insights.conformance.comparing import Readings
from tenure.insights.conformance.examples import (
    PUBLISHED,
    START,
    after,
    amount,
    definition_of,
    named,
    value,
)
from tenure.insights.conformance.reading import Inputs
from tenure.insights.conformance.registry import MONEY, PERCENT, metric, percent
from tenure.insights.domain.efficiency import expansion_rate, growth
from tenure.kernel.rounding import Exact, as_fraction
from tenure.kernel.worked_examples import ExampleMalformed


@metric("mrr_movement", MONEY)
def mrr_movement(inputs: Inputs) -> object:
    """The movement between two levels of one subscription: its kind and signed amount, and each kind's size."""
    before, now = inputs.number("before"), inputs.number("after")
    facts = [value("item", before, after(0), after(30)), value("item", now, after(30), reason=_reason(inputs))]
    moved = [each for each in movements_of_account(definition_of(inputs), facts) if each.effective_at == after(30)]
    sizes = {kind.value: abs(_sum(moved, kind)) for kind in Kind}
    return Readings(
        total(amount(each.micros) for each in moved),
        (
            {
                "type": moved[-1].kind.value if moved else None,
                "amount": total(amount(each.micros) for each in moved),
                "reason": moved[-1].reason if moved else None,
                "customer_churn": sum(each.kind is Kind.CHURN for each in moved),
                **sizes,
            },
        ),
    )


def _reason(inputs: Inputs) -> str:
    return inputs.text("reason") if inputs.has("reason") else ""


def _sum(movements: list[Movement], kind: Kind) -> Fraction:
    return total(amount(each.micros) for each in movements if each.kind is kind)


@metric("mrr_movement_sequence", MONEY)
@metric("mrr_movement_window", MONEY)
def mrr_movement_sequence(inputs: Inputs) -> object:
    """The movements of one account whose subscriptions take new levels one after the other.

    t_min places an event in minutes, t_days in days; without, each comes a day after the one before. An event that
    names no subscription is one of its own.
    """
    definition = definition_of(inputs)
    if inputs.has("window_min"):
        definition = replace(definition, new_window_minutes=inputs.count("window_min"))
    facts = []
    for position, event in enumerate(inputs.rows("events")):
        item = event.text("sub") if event.has("sub") else f"event {position}"
        facts.append(value(item, event.number("mrr"), _instant(event, position)))
    return named(movements_of_account(definition, facts))


def _instant(event: Inputs, position: int) -> datetime:
    if event.has("t_min"):
        return after(minutes=event.number("t_min"))
    return after(event.number("t_days", "day", default=position))


@metric("mrr_movement_identity", MONEY)
def mrr_movement_identity(inputs: Inputs) -> object:
    """What all movements add up to: the present MRR."""
    return total(inputs.numbers("movements"))


@metric("mrr_fx", MONEY)
def mrr_fx(inputs: Inputs) -> object:
    """An amount in a foreign currency over two dates; a rate of the purchase day means that the rate is locked."""
    definition = definition_of(inputs, PROFITWELL if inputs.has("rate_purchase") else TENURE)
    opening = inputs.number(*_amount_names(inputs, later=False))
    closing = inputs.number(*_amount_names(inputs, later=True), default=opening)
    first = inputs.number("rate_start", "rate_purchase")
    rates = (inputs.number("rate_start", "rate_purchase"), inputs.number("rate_next", default=first))
    locked = inputs.number("rate_purchase", "rate_start")
    step = exchange_step(definition, (opening, closing), rates, locked_rate=locked)
    return Readings(
        step.closing,
        (
            {
                "mrr_start": step.opening,
                "mrr_next": step.closing,
                "expansion": max(step.movement, Fraction(0)),
                "contraction": max(-step.movement, Fraction(0)),
                "fx_impact": step.exchange,
            },
        ),
    )


def _amount_names(inputs: Inputs, *, later: bool) -> list[str]:
    """The names under which an amount is given, in whatever currency; `later` the one of the second date."""
    names = [name for name in inputs.names() if name.startswith("amount") and name.endswith("_next") is later]
    return names or ["amount_next" if later else "amount"]


@metric("mrr_same_month", MONEY)
def mrr_same_month(inputs: Inputs) -> object:
    """New business and churn of a month in which some joined and left, under each published reading."""
    new, churned = inputs.number("new"), inputs.number("churn_same_month")
    left, stayed = min(new, churned), max(as_fraction(new) - as_fraction(churned), Fraction(0))
    facts = [value("left", left, after(5), after(10))]
    if churned > new:
        facts.append(value("left", churned, after(7), after(10)))
    by_name = {
        name: _new_and_churn(definition, [facts, [value("stayed", stayed, after(5))]]) for name, definition in PUBLISHED.items()
    }
    return Readings(by_name[TENURE.name], (by_name,))


def _new_and_churn(definition: Definition, accounts: list[list[ItemValue]]) -> dict[str, Fraction]:
    moved = [movement for facts in accounts for movement in movements_of_account(definition, facts)]
    return {"new": _sum(moved, Kind.NEW), "churn": -_sum(moved, Kind.CHURN)}


@metric("reactivation_window", MONEY)
def reactivation_window(inputs: Inputs) -> object:
    """What a return after so many days is, under each published reading."""
    gaps = inputs.numbers("gap_days")
    by_name = {name: [_return_kind(definition, gap) for gap in gaps] for name, definition in PUBLISHED.items()}
    if inputs.has("window_days"):
        windowed = replace(TENURE, reactivation_within_days=inputs.count("window_days"))
        return Readings([_return_kind(windowed, gap) for gap in gaps], (by_name,))
    return Readings(by_name[definition_of(inputs).name], (by_name,))


def _return_kind(definition: Definition, gap_days: Exact) -> str:
    """The kind of movement with which a customer of two months comes back after the gap."""
    left = START + timedelta(days=60)
    back = after(60 + as_fraction(gap_days))
    facts = [value("first", 1, START, left), value("second", 1, back)]
    return movements_of_account(definition, facts)[-1].kind.value


@metric("net_new_mrr", MONEY)
def net_new_mrr(inputs: Inputs) -> object:
    """Net new MRR and ARR from the sizes of the movements."""
    gained = {name: inputs.number(name, default=0) for name in ("new", "expansion", "reactivation", "resume")}
    lost = {name: -as_fraction(inputs.number(name, default=0)) for name in ("contraction", "churn", "pause")}
    changed = Waterfall(**gained, **lost)
    table = {"net_new_mrr": changed.net_new, "net_new_arr": changed.net_new_arr}
    return Readings(changed.net_new, (table,))


@metric("voluntary_churn_mrr", MONEY)
def voluntary_churn_mrr(inputs: Inputs) -> object:
    """Churned MRR by will, from how many left a plan and why."""
    plan = as_fraction(inputs.number("plan"))
    counted = (("voluntary", "customer"), ("no_reason", ""), ("involuntary", INVOLUNTARY))
    names = {name: reason for name, reason in counted if inputs.has(name)}
    if not names:
        raise ExampleMalformed(problem="there is nobody who left")
    voluntary, involuntary = churn_by_will((plan * as_fraction(inputs.number(name)), reason) for name, reason in names.items())
    return Readings(voluntary, ({"voluntary": voluntary, "involuntary": involuntary},))


@metric("expansion_rate", PERCENT)
def expansion(inputs: Inputs) -> object:
    """Expansion of the customers of the start, from its size or from their MRR at the end."""
    begin = inputs.number("begin", "start")
    if inputs.has("expansion"):
        return percent(expansion_rate(begin, inputs.number("expansion")))
    return percent(growth(begin, inputs.number("end")))
