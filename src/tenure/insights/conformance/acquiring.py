"""Examples on lifetime value, acquisition and efficiency."""

from __future__ import annotations

from fractions import Fraction

from tenure.insights.conformance.reading import Inputs
from tenure.insights.conformance.registry import MONEY, MONTHS, PERCENT, RATIO, metric, percent
from tenure.insights.domain import acquisition, efficiency, lifetime_value
from tenure.kernel.rounding import as_fraction, ratio


def _rate(inputs: Inputs, name: str) -> Fraction:
    """A rate that is given as a share, or in per cent under the same name with _pct."""
    if inputs.has(f"{name}_pct"):
        return as_fraction(inputs.number(f"{name}_pct")) / 100
    return as_fraction(inputs.number(name))


@metric("ltv_revenue", MONEY)
def ltv_revenue(inputs: Inputs) -> object:
    """Revenue lifetime value at the churn of the same month."""
    return lifetime_value.revenue_ltv(inputs.number("arpa", "arpu"), _rate(inputs, "monthly_churn"))


@metric("ltv_revenue_trailing", MONEY)
def ltv_revenue_trailing(inputs: Inputs) -> object:
    """Revenue lifetime value at the trailing churn, the current month left out."""
    rates = [as_fraction(rate) / 100 for rate in inputs.numbers("churn_pct_prev6")]
    return lifetime_value.revenue_ltv_trailing(inputs.number("arpa", "arpu"), rates)


@metric("ltv_gross_margin", MONEY)
def ltv_gross_margin(inputs: Inputs) -> object:
    """Margin lifetime value."""
    arpa = inputs.number("arpu", "arpa")
    return lifetime_value.margin_ltv(arpa, _rate(inputs, "gross_margin"), _rate(inputs, "monthly_churn"))


@metric("cac", MONEY)
def cac(inputs: Inputs) -> object:
    """Cost of one new customer."""
    return acquisition.cac(inputs.number("sm_spend"), inputs.number("new_customers"))


@metric("ltv_to_cac", RATIO)
def ltv_to_cac(inputs: Inputs) -> object:
    """Lifetime value over acquisition cost; undefined where either is."""
    return acquisition.ltv_to_cac(inputs.optional("ltv"), inputs.optional("cac"))


@metric("cac_payback_months", MONTHS)
def cac_payback_months(inputs: Inputs) -> object:
    """Months to pay back: per customer, or over a whole period; without a margin where none is given."""
    has_margin = inputs.has("gross_margin", "gross_margin_pct")
    margin = _rate(inputs, "gross_margin") if has_margin else Fraction(1)
    if inputs.has("sm_spend"):
        new_mrr = inputs.number("monthly_new_mrr", "new_mrr")
        return acquisition.payback_months_aggregate(inputs.number("sm_spend"), new_mrr, margin)
    return acquisition.payback_months(inputs.number("cac"), inputs.number("arpa", "arpu"), margin)


@metric("quick_ratio", RATIO)
def quick_ratio(inputs: Inputs) -> object:
    """Gained over lost MRR."""
    names = ("new", "expansion", "churn", "contraction", "reactivation")
    return efficiency.quick_ratio(**{name: inputs.number(name, default=0) for name in names})


@metric("magic_number", RATIO)
def magic_number(inputs: Inputs) -> object:
    """Yearly worth of a quarter's growth over the spend before it."""
    return efficiency.magic_number(_revenue_delta(inputs), inputs.number("prior_sm"))


@metric("magic_number_payback_months", MONTHS)
def magic_number_payback_months(inputs: Inputs) -> object:
    """Months until that spend has come back."""
    return efficiency.magic_number_payback_months(_revenue_delta(inputs), inputs.number("prior_sm"))


def _revenue_delta(inputs: Inputs) -> Fraction:
    if inputs.has("revenue_delta"):
        return as_fraction(inputs.number("revenue_delta"))
    return as_fraction(inputs.number("this_q")) - as_fraction(inputs.number("prior_q"))


@metric("qoq_growth", PERCENT)
def qoq_growth(inputs: Inputs) -> object:
    """Growth from one quarter to the next."""
    return percent(efficiency.growth(inputs.number("prior_q"), inputs.number("this_q")))


@metric("rule_of_40", PERCENT)
def rule_of_40(inputs: Inputs) -> object:
    """Growth and margin, as given or from revenue and profit."""
    growth = (
        _rate(inputs, "growth")
        if inputs.has("growth_pct", "growth")
        else efficiency.growth(inputs.number("rev_prev"), inputs.number("rev"))
    )
    margin = (
        _rate(inputs, "margin")
        if inputs.has("margin_pct", "margin")
        else ratio(inputs.number("ebitda", "fcf"), inputs.number("rev"))
    )
    return percent(efficiency.rule_of_40(growth, margin))


@metric("burn_multiple", RATIO)
def burn_multiple(inputs: Inputs) -> object:
    """Net burn over net new ARR."""
    return efficiency.burn_multiple(inputs.number("net_burn"), inputs.number("net_new_arr"))
