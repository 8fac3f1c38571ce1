"""Bringing a ledger of item values in step with what is known now, by adding facts only."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from tenure.billing.domain.item_values import ItemValue, State
from tenure.kernel.period import Period
from tenure.kernel.rounding import Exact


@dataclass(frozen=True, slots=True)
class Correction:
    """Which of the standing facts are replaced, and which facts are added. Together the standing ones never overlap."""

    superseded: tuple[ItemValue, ...]
    fresh: tuple[ItemValue, ...]


def corrected(standing: Sequence[ItemValue], wanted: Sequence[ItemValue], recorded_at: datetime) -> Correction:
    """What to add so that the values of one item are `wanted` from now on.

    standing: its facts that no later one has replaced; wanted: values without overlap, in order of time. A standing fact that says
    the same stays. Where a replaced one held and nothing is wanted, a fact in the state `ended` closes it, for the account it was of.
    """
    kept = [fact for fact in standing if any(_says_the_same(fact, value) for value in wanted)]
    fresh = [value for value in wanted if not any(_says_the_same(fact, value) for fact in kept)]
    superseded = [fact for fact in standing if fact not in kept and not (fact.state is State.ENDED and _is_apart(fact, wanted))]
    closed = [cover for fact in superseded for cover in _covers(fact, wanted, recorded_at)]
    return Correction(tuple(superseded), tuple(fresh + closed))


def _says_the_same(fact: ItemValue, value: ItemValue) -> bool:
    return replace(fact, recorded_at=value.recorded_at, source=value.source) == value


def _is_apart(fact: ItemValue, wanted: Sequence[ItemValue]) -> bool:
    return all(value.account != fact.account or fact.valid.overlap(value.valid) is None for value in wanted)


def _covers(fact: ItemValue, wanted: Sequence[ItemValue], recorded_at: datetime) -> list[ItemValue]:
    """The fact's period less what is wanted of its account, as values in the state `ended`."""
    left: list[Period[datetime]] = [fact.valid]
    for value in wanted:
        if value.account == fact.account:
            left = [part for period in left for part in _less(period, value.valid)]
    return [
        replace(
            fact,
            valid=period,
            state=State.ENDED,
            list_minor=0,
            net_minor=0,
            discount=None,
            recorded_at=recorded_at,
            reason="",
            cancelled_at=None,
        )
        for period in left
    ]


def _less(period: Period[datetime], taken: Period[datetime]) -> list[Period[datetime]]:
    """What is left of a period when another is taken out of it."""
    shared = period.overlap(taken)
    if shared is None:
        return [] if period.is_empty else [period]
    parts = []
    if period.start < shared.start:
        parts.append(Period(period.start, shared.start))
    if shared.end is not None and (period.end is None or shared.end < period.end):
        parts.append(Period(shared.end, period.end))
    return parts


def locked_rate(standing: Sequence[ItemValue], currency: str, paid_from: datetime | None) -> Exact | None:
    """The rate that the item's facts have locked already for its first paid day; None where nothing is locked yet."""
    for fact in standing:
        if fact.rate is not None and fact.currency == currency and fact.state is State.PAID and fact.valid.start == paid_from:
            return fact.rate
    return None
