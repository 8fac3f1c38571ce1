"""Forecast: what the open deals are expected to bring."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from tenure.kernel.rounding import Exact, as_fraction


class Outcome(StrEnum):
    """Where a deal stands."""

    OPEN = "open"
    WON = "won"
    LOST = "lost"


@dataclass(frozen=True, slots=True)
class Deal:
    """A deal: its amount in one currency, its probability (0 to 1), the month it is expected to close in."""

    amount: Exact
    probability: Exact
    month: str | None = None
    outcome: Outcome = Outcome.OPEN


def weighted(deal: Deal) -> Fraction:
    """The deal's expected amount: amount x probability while open, all of it when won, nothing when lost."""
    if deal.outcome is Outcome.LOST:
        return Fraction(0)
    if deal.outcome is Outcome.WON:
        return as_fraction(deal.amount)
    return as_fraction(deal.amount) * as_fraction(deal.probability)


def weighted_forecast(deals: Iterable[Deal]) -> Fraction:
    """The expected amount of all deals.

    Source: https://github.com/frappe/crm/issues/798
    """
    return sum(map(weighted, deals), Fraction(0))


def weighted_forecast_by_month(deals: Iterable[Deal]) -> dict[str, Fraction]:
    """The expected amount by month of expected close; deals without a month are left out."""
    months: dict[str, Fraction] = {}
    for deal in deals:
        if deal.month is not None:
            months[deal.month] = months.get(deal.month, Fraction(0)) + weighted(deal)
    return months


def forecast_with_lost_in_full(deals: Iterable[Deal]) -> Fraction:
    """The figure of systems that add lost deals at their full amount: wrong, kept to explain a difference to them.

    Source: https://github.com/frappe/crm, crm/api/dashboard.py, get_forecasted_revenue
    """
    return sum((as_fraction(deal.amount) if deal.outcome is Outcome.LOST else weighted(deal) for deal in deals), Fraction(0))
