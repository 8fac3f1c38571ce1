"""The waterfall: a period's movements by kind, what they add up to, and the exchange row beside them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction

from tenure.billing.domain.definitions import Definition, Fx
from tenure.billing.domain.movements import INVOLUNTARY, Movement
from tenure.kernel.errors import Conflict
from tenure.kernel.period import Period
from tenure.kernel.rounding import Exact, as_fraction


class RateUnknown(Conflict):
    """An amount in a foreign currency has no rate into the reporting currency."""

    code = "rate_unknown"
    message = "There is no exchange rate for {currency}. Import the rates, or leave these amounts in their own currency."


@dataclass(frozen=True, slots=True)
class Waterfall:
    """Signed amounts per month by kind, in any one unit; gains are positive, losses negative."""

    new: Exact = 0
    expansion: Exact = 0
    reactivation: Exact = 0
    resume: Exact = 0
    contraction: Exact = 0
    churn: Exact = 0
    pause: Exact = 0

    @property
    def net_new(self) -> Fraction:
        """The sum of all parts: closing minus opening MRR."""
        return total((self.new, self.expansion, self.reactivation, self.resume, self.contraction, self.churn, self.pause))

    @property
    def net_new_arr(self) -> Fraction:
        """Net new per year: twelve times net new MRR."""
        return 12 * self.net_new


@dataclass(frozen=True, slots=True)
class ExchangeStep:
    """One amount in a foreign currency over two dates, in the reporting currency."""

    opening: Fraction
    closing: Fraction
    movement: Fraction
    exchange: Fraction


def total(amounts: Iterable[Exact]) -> Fraction:
    """The sum of amounts of one currency."""
    return sum(map(as_fraction, amounts), Fraction(0))


def within(movements: Iterable[Movement], period: Period[datetime]) -> list[Movement]:
    """The movements that take effect in the period."""
    return [movement for movement in movements if period.holds(movement.effective_at)]


def waterfall(movements: Iterable[Movement]) -> Waterfall:
    """The movements by kind, in micros of the reporting currency at each item's locked rate. Raises RateUnknown."""
    sums: defaultdict[str, int | Fraction] = defaultdict(int)
    for movement in movements:
        rate = movement.rate
        if rate is None:
            raise RateUnknown(currency=movement.currency)
        sums[movement.kind.value] += movement.micros if rate == 1 else movement.micros * as_fraction(rate)
    return Waterfall(**sums)


def churn_by_will(churned: Iterable[tuple[Exact, str]]) -> tuple[Fraction, Fraction]:
    """Churned amounts (given as amount lost and reason) as voluntary and involuntary; no reason given is voluntary.

    Source: https://www.chargebee.com/docs/2.0/charts.html
    """
    voluntary = involuntary = Fraction(0)
    for amount, reason in churned:
        if reason == INVOLUNTARY:
            involuntary += as_fraction(amount)
        else:
            voluntary += as_fraction(amount)
    return voluntary, involuntary


def exchange_step(
    definition: Definition,
    amounts: tuple[Exact, Exact],
    rates: tuple[Exact, Exact],
    *,
    locked_rate: Exact,
) -> ExchangeStep:
    """What an amount was and is in the reporting currency, and how much of the difference is the exchange rate's.

    amounts: opening and closing, in the item's currency; rates: the spot rates of the two dates. Under an own row the
    headline is at the spot rates, the movement at the locked rate, and the rest is the exchange row; under locked rates
    nothing is left for it. Source: https://help.chartmogul.com/hc/en-us/articles/201520952
    """
    opening, closing = map(as_fraction, amounts)
    locked = as_fraction(locked_rate)
    spot = (locked, locked) if definition.fx is Fx.LOCKED else tuple(map(as_fraction, rates))
    first, last = opening * spot[0], closing * spot[1]
    movement = (closing - opening) * locked
    return ExchangeStep(first, last, movement, last - first - movement)


def exchange_row(
    opening: Mapping[str, int],
    closing: Mapping[str, int],
    movements: Iterable[Movement],
    rates: tuple[Mapping[str, Exact], Mapping[str, Exact]],
) -> Fraction:
    """The exchange row of a period: spot headline at its end minus at its start, minus the movements at locked rates.

    opening, closing: micros by currency; rates: the spot rates of start and end into the reporting currency, by
    currency. In micros.
    """
    first, last = (
        total(amount * as_fraction(spot[currency]) for currency, amount in levels.items())
        for levels, spot in ((opening, rates[0]), (closing, rates[1]))
    )
    return last - first - waterfall(movements).net_new
