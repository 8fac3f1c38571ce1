"""Churn: what part of the customers, or of the recurring revenue, was lost. Rates are exact shares; 0.2 is 20 %."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction

from tenure.billing.domain.definitions import CustomerChurn
from tenure.kernel.rounding import Exact, as_fraction, ratio


@dataclass(frozen=True, slots=True)
class CustomerCounts:
    """Customers of a period: at its start, who joined in it, who churned in it, and which of these do not count.

    churned_and_reactivated: churned but back inside the period; joined_and_churned: came and went inside it.
    """

    start: Exact
    churned: Exact
    joined: Exact = 0
    churned_and_reactivated: Exact = 0
    joined_and_churned: Exact = 0


@dataclass(frozen=True, slots=True)
class RevenueChange:
    """MRR at the start of a period and what happened to it, all parts positive."""

    start: Exact
    churn: Exact = 0
    contraction: Exact = 0
    expansion: Exact = 0
    reactivation: Exact = 0

    @property
    def lost(self) -> Fraction:
        """Churn and contraction together."""
        return as_fraction(self.churn) + as_fraction(self.contraction)

    @property
    def regained(self) -> Fraction:
        """Expansion and reactivation together."""
        return as_fraction(self.expansion) + as_fraction(self.reactivation)


@dataclass(frozen=True, slots=True)
class DayOfRevenue:
    """MRR at the start and the end of a day, and the part of the end that is new business."""

    start: Exact
    end: Exact
    new: Exact = 0


def customer_churn_rate(counts: CustomerCounts, form: CustomerChurn = CustomerChurn.STANDARD) -> Fraction | None:
    """The share of customers lost; None where there were none to lose.

    STANDARD leaves those who joined or returned inside the period out of the numerator
    (https://help.chartmogul.com/hc/en-us/articles/207340419); OVER_START_AND_NEW divides by start plus joined
    (https://support.stripe.com/questions/calculating-churn-rate-in-billing); PLAIN is churned over start.
    """
    if form is CustomerChurn.OVER_START_AND_NEW:
        return ratio(counts.churned, as_fraction(counts.start) + as_fraction(counts.joined))
    churned = as_fraction(counts.churned)
    if form is CustomerChurn.STANDARD:
        churned -= as_fraction(counts.churned_and_reactivated) + as_fraction(counts.joined_and_churned)
    return ratio(churned, counts.start)


def gross_mrr_churn_rate(change: RevenueChange) -> Fraction | None:
    """(churn + contraction) / start; None where nothing was there to lose.

    Source: https://help.chartmogul.com/hc/en-us/articles/203359341
    """
    return ratio(change.lost, change.start)


def net_mrr_churn_rate(change: RevenueChange) -> Fraction | None:
    """(churn + contraction - expansion - reactivation) / start: negative where the customers grew.

    Source: https://help.chartmogul.com/hc/en-us/articles/4414075567250
    """
    return ratio(change.lost - change.regained, change.start)


def gross_mrr_churn_rate_daily(days: Iterable[DayOfRevenue]) -> Fraction | None:
    """The daily gross rates added up, a day that grew counting 0: for businesses with many short subscriptions.

    None where a day began with nothing. Source: https://help.chartmogul.com/hc/en-us/articles/203359341
    """
    return _sum_of_days(days, floor=True)


def net_mrr_churn_rate_daily(days: Iterable[DayOfRevenue]) -> Fraction | None:
    """The daily net rates added up, new business taken out of the end of each day.

    Source: https://help.chartmogul.com/hc/en-us/articles/4414075567250
    """
    return _sum_of_days(days, floor=False)


def _sum_of_days(days: Iterable[DayOfRevenue], *, floor: bool) -> Fraction | None:
    rates: list[Fraction] = []
    for day in days:
        lost = as_fraction(day.start) - as_fraction(day.end) + as_fraction(day.new)
        rate = ratio(max(lost, Fraction(0)) if floor else lost, day.start)
        if rate is None:
            return None
        rates.append(rate)
    return sum(rates, Fraction(0)) if rates else None


def annualised(monthly_rate: Exact, months: int = 12) -> Fraction:
    """What a monthly rate loses in a year: 5 % a month is 46 %, not 60 %, since each month starts from what is left.

    Source: https://help.chartmogul.com/hc/en-us/articles/203359321
    """
    return 1 - (1 - as_fraction(monthly_rate)) ** months
