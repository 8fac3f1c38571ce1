"""Efficiency: how much growth the company buys with its money."""

from __future__ import annotations

from fractions import Fraction

from tenure.kernel.rounding import Exact, as_fraction, ratio


def quick_ratio(
    new: Exact = 0, expansion: Exact = 0, churn: Exact = 0, contraction: Exact = 0, reactivation: Exact = 0
) -> Fraction | None:
    """(new + expansion + reactivation) / (churn + contraction), all positive; None where nothing was lost.

    Source: https://pitchkit.net/resources/glossary/quick-ratio
    """
    gained = as_fraction(new) + as_fraction(expansion) + as_fraction(reactivation)
    return ratio(gained, as_fraction(churn) + as_fraction(contraction))


def magic_number(revenue_delta: Exact, prior_spend: Exact) -> Fraction | None:
    """Yearly worth of a quarter's revenue growth over the sales and marketing spend of the quarter before.

    Source: http://outlier.ai/2016/10/04/advanced-kpis-software-as-a-service-magic-number/
    """
    return ratio(4 * as_fraction(revenue_delta), prior_spend)


def magic_number_payback_months(revenue_delta: Exact, prior_spend: Exact) -> Fraction | None:
    """Months until the spend has come back: 12 / magic number; None where revenue did not change."""
    number = magic_number(revenue_delta, prior_spend)
    return None if number is None else ratio(12, number)


def growth(before: Exact, after: Exact) -> Fraction | None:
    """(after - before) / before; None where nothing was there before."""
    return ratio(as_fraction(after) - as_fraction(before), before)


def expansion_rate(begin: Exact, expansion: Exact) -> Fraction | None:
    """Expansion of the customers of the start over their MRR at the start.

    Source: https://www.chargebee.com/docs/billing/2.0/reports-and-analytics/expansion-and-contraction-metrics
    """
    return ratio(expansion, begin)


def rule_of_40(growth_rate: Exact | None, margin: Exact | None) -> Fraction | None:
    """Growth plus margin, both as shares (of EBITDA or of free cash flow, as the definition names it)."""
    return None if growth_rate is None or margin is None else as_fraction(growth_rate) + as_fraction(margin)


def burn_multiple(net_burn: Exact, net_new_arr: Exact) -> Fraction | None:
    """Net burn per unit of net new ARR; None where there was none."""
    return ratio(net_burn, net_new_arr)
