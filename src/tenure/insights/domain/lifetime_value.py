"""Lifetime value: what a customer is worth until it leaves. None, never 0, where nobody leaves."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal, localcontext
from fractions import Fraction

from tenure.kernel.rounding import Exact, as_decimal, as_fraction, ratio


def revenue_ltv(arpa: Exact, churn_rate: Exact) -> Fraction | None:
    """Average revenue per account over the churn rate of the same month.

    Source: https://help.chartmogul.com/hc/en-us/articles/203359061
    """
    return ratio(arpa, churn_rate)


def trailing_churn(rates: Sequence[Exact], months: int = 6) -> Fraction | None:
    """The mean churn rate of the last `months` months before the current one; None before there is any."""
    last = rates[-months:]
    return sum(map(as_fraction, last), Fraction(0)) / len(last) if last else None


def revenue_ltv_trailing(arpa: Exact, previous_rates: Sequence[Exact], months: int = 6) -> Fraction | None:
    """Average revenue per account over the trailing churn rate; the current month is not among `previous_rates`.

    Source: https://help.chartmogul.com/hc/en-us/articles/203359061 (newer form)
    """
    churn = trailing_churn(previous_rates, months)
    return None if churn is None else ratio(arpa, churn)


def margin_ltv(arpa: Exact, gross_margin: Exact, churn_rate: Exact) -> Fraction | None:
    """Gross margin per account over the churn rate; gross_margin as a share, 0.8 for 80 %."""
    return ratio(as_fraction(arpa) * as_fraction(gross_margin), churn_rate)


def discounted_cohort_ltv(
    margins_by_month: Sequence[Exact], customers_at_start: Exact, yearly_discount_rate: Exact
) -> Fraction | None:
    """What one customer of a cohort has brought, each month's gross margin discounted to the month it joined.

    The simple formula explodes at negative churn; this one sums what was really earned.
    Source: David Skok, "What's your TRUE customer lifetime value?"
    """
    with localcontext() as context:
        context.prec = 40
        yearly = 1 + as_decimal(yearly_discount_rate)
        monthly = Fraction(yearly ** (Decimal(1) / Decimal(12)))
    worth = sum((as_fraction(margin) / monthly**age for age, margin in enumerate(margins_by_month)), Fraction(0))
    return ratio(worth, customers_at_start)
