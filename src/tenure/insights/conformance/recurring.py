"""Examples on the level of MRR: normalisation, totals, what does not count, discounts, proration."""

from __future__ import annotations

from datetime import UTC, date, datetime
from fractions import Fraction

from tenure.billing.domain.definitions import Pause
from tenure.billing.domain.item_values import Charge, DiscountDuration, ItemValue, State
from tenure.billing.domain.levels import mrr_at, mrr_months, potential_mrr_at
from tenure.billing.domain.normalise import discounted, monthly, without_tax
from tenure.billing.domain.proration import mrr_from_proration, prorate
from tenure.insights.conformance.comparing import Readings
from tenure.insights.conformance.examples import (
    MONTHS,
    PUBLISHED,
    START,
    day,
    definition_of,
    interval_of,
    minor,
    mrr,
    next_year,
    trial,
    value,
)
from tenure.insights.conformance.reading import Inputs
from tenure.insights.conformance.registry import MONEY, metric
from tenure.kernel.anchor import Unit
from tenure.kernel.rounding import as_fraction, half_up_integer
from tenure.kernel.worked_examples import ExampleMalformed


@metric("mrr_normalise", MONEY)
def mrr_normalise(inputs: Inputs) -> object:
    """An amount billed per interval as MRR; the amount is for the whole quantity; a factor replaces the policy's."""
    interval, days = interval_of(inputs), definition_of(inputs).days_per_month
    billed = inputs.number("billed", "amount")
    factor = inputs.optional("factor")
    if factor is not None and interval.unit not in {Unit.DAY, Unit.WEEK}:
        return as_fraction(billed) * as_fraction(factor)
    if factor is not None:
        days = as_fraction(factor) * (interval.days or 1)
    return monthly(billed, interval, days)


@metric("mrr_total", MONEY)
def mrr_total(inputs: Inputs) -> object:
    """The MRR of many subscriptions, plans or parts."""
    rows = [*inputs.rows("subscriptions"), *inputs.rows("plans")]
    facts = [
        value(at, as_fraction(row.number("n", default=1)) * as_fraction(_price(row)), interval=interval_of(row))
        for at, row in enumerate(rows)
    ]
    parts = inputs.numbers("parts") if inputs.has("parts") else []
    if not inputs.has("subscriptions", "plans", "parts"):
        raise ExampleMalformed(problem="there are neither subscriptions, plans nor parts")
    facts += [value(f"part {at}", part) for at, part in enumerate(parts)]
    return mrr(mrr_at(definition_of(inputs), facts, START))


def _price(row: Inputs) -> Fraction:
    return as_fraction(row.number("monthly", "amount", "billed"))


@metric("mrr_no_proration", MONEY)
def mrr_no_proration(inputs: Inputs) -> object:
    """MRR on a day inside a paid period: the full amount, however short the time since it was opened."""
    opened, end, as_of = (day(inputs.text(name)) for name in ("opened", "period_end", "as_of"))
    if end <= opened:
        end = next_year(end)
        as_of = next_year(as_of) if as_of < opened and next_year(as_of) < end else as_of
    fact = value("item", inputs.number("amount"), _midnight(opened), _midnight(end), interval=interval_of(inputs))
    return mrr(mrr_at(definition_of(inputs), [fact], _midnight(as_of)))


def _midnight(moment: date) -> datetime:
    return datetime(moment.year, moment.month, moment.day, tzinfo=UTC)


@metric("mrr_excludes_tax", MONEY)
def mrr_excludes_tax(inputs: Inputs) -> object:
    """MRR of an amount that was billed with tax."""
    net = without_tax(inputs.number("gross"), inputs.number("tax", default=0))
    return monthly(net, interval_of(inputs), definition_of(inputs).days_per_month)


def _active_and_trialing(inputs: Inputs) -> list[ItemValue]:
    active = inputs.numbers("active") if inputs.has("active") else []
    trialing = inputs.numbers("trialing") if inputs.has("trialing") else []
    return [value(f"active {at}", each) for at, each in enumerate(active)] + [
        trial(f"trial {at}", each) for at, each in enumerate(trialing)
    ]


@metric("mrr_excludes_trial", MONEY)
def mrr_excludes_trial(inputs: Inputs) -> object:
    """MRR where some subscriptions are on trial."""
    return mrr(mrr_at(definition_of(inputs), _active_and_trialing(inputs), START))


@metric("potential_mrr", MONEY)
def potential_mrr(inputs: Inputs) -> object:
    """What the trials would add."""
    return mrr(potential_mrr_at(definition_of(inputs), _active_and_trialing(inputs), START))


@metric("mrr_excludes_oneoff", MONEY)
def mrr_excludes_oneoff(inputs: Inputs) -> object:
    """MRR where some charges are one-off."""
    facts = [
        value(f"{name} {at}", _price(row), interval=interval_of(row), charge=charge)
        for name, charge in (("recurring", Charge.RECURRING), ("one_off", Charge.ONE_OFF))
        for at, row in enumerate(inputs.rows(name))
    ]
    return mrr(mrr_at(definition_of(inputs), facts, START))


def _discounted_value(inputs: Inputs, duration: DiscountDuration, months: int | None = None) -> ItemValue:
    list_amount = inputs.number("list")
    net = discounted(list_amount, inputs.number("discount_pct", default=0))
    end = None if months is None else MONTHS.boundary(months)
    interval = interval_of(Inputs({"interval_months": inputs.count("interval_months", default=1)}))
    return value("item", net, START, end, list_minor=minor(list_amount), discount=duration, interval=interval)


@metric("mrr_discount", MONEY)
def mrr_discount(inputs: Inputs) -> object:
    """MRR of a discounted plan."""
    return mrr(mrr_at(definition_of(inputs), [_discounted_value(inputs, DiscountDuration.FOREVER)], START))


@metric("mrr_discount_policy", MONEY)
def mrr_discount_policy(inputs: Inputs) -> object:
    """MRR of a discounted plan under a policy on how long the discount lasts."""
    duration = DiscountDuration(inputs.text("duration", default="forever"))
    return mrr(mrr_at(definition_of(inputs), [_discounted_value(inputs, duration)], START))


@metric("mrr_discount_timeline", MONEY)
def mrr_discount_timeline(inputs: Inputs) -> object:
    """MRR month by month while a discount runs and after it."""
    months = inputs.count("months")
    lasting = inputs.count("discount_months", default=months)
    running = _discounted_value(inputs, DiscountDuration.REPEATING, lasting)
    full = value("item", inputs.number("list"), MONTHS.boundary(lasting), interval=running.interval)
    instants = [MONTHS.boundary(month) for month in range(months)]
    return [mrr(totals) for totals in mrr_months(definition_of(inputs), [running, full], instants)]


@metric("mrr_pause", MONEY)
def mrr_pause(inputs: Inputs) -> object:
    """MRR of a paused subscription under each published reading."""
    fact = value("item", inputs.number("mrr"), state=State.PAUSED)
    by_name = {name: mrr(mrr_at(each, [fact], START)) for name, each in PUBLISHED.items()}
    kept = next(each for each in PUBLISHED.values() if each.pause is Pause.KEPT)
    by_name |= {"chargify": mrr(mrr_at(kept, [fact], START)), "polar": mrr(mrr_at(kept, [fact], START))}
    return Readings(mrr(mrr_at(definition_of(inputs), [fact], START)), (by_name,))


@metric("proration_cash", MONEY)
def proration_cash(inputs: Inputs) -> object:
    """What a change of plan costs now: as signed invoice lines, as the next charge, or as refund and charge."""
    left = inputs.optional("fraction_left")
    if left is None:
        left = as_fraction(inputs.number("days_left")) / as_fraction(inputs.number("days"))
    change = prorate(inputs.number("old"), inputs.number("new"), left)
    lines = {
        "credit": -change.unused,
        "debit": change.remaining,
        "net": change.net,
        "mrr_after": change.mrr_after,
    }
    next_charge = {"credit": change.unused, "new_plan": change.remaining, "next_charge": change.next_charge}
    exact = {"refund_exact": change.unused, "charge_exact": change.remaining, "net_exact": change.net}
    return Readings(change.net, (lines, next_charge, exact))


@metric("mrr_from_proration", MONEY)
def mrr_from_prorated_line(inputs: Inputs) -> object:
    """The MRR that a prorated invoice line stands for; in whole cents where it is given in cents."""
    in_cents = inputs.has("amount_in_cents")
    found = mrr_from_proration(
        inputs.number("amount_in_cents", "amount"),
        inputs.number("full_seconds", "full_days"),
        inputs.number("prorated_seconds", "prorated_days"),
        tax=inputs.number("tax_in_cents", "tax", default=0),
        plan_months=inputs.number("plan_months", default=1),
    )
    return half_up_integer(found) if in_cents and found is not None else found
