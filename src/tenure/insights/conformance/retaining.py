"""Examples on churn and retention."""

from __future__ import annotations

from tenure.billing.domain.definitions import CustomerChurn, GrossRetention, ReactivationInRetention
from tenure.insights.conformance.comparing import Readings
from tenure.insights.conformance.reading import Inputs, number
from tenure.insights.conformance.registry import PERCENT, WHOLE_PERCENT, metric, percent
from tenure.insights.domain.churn import (
    CustomerCounts,
    DayOfRevenue,
    RevenueChange,
    annualised,
    customer_churn_rate,
    gross_mrr_churn_rate,
    gross_mrr_churn_rate_daily,
    net_mrr_churn_rate,
    net_mrr_churn_rate_daily,
)
from tenure.insights.domain.retention import (
    Retained,
    gross_retention,
    gross_retention_from_movements,
    logo_and_revenue_retention,
    net_retention,
    net_retention_from_movements,
    survivor_bias,
)
from tenure.kernel.rounding import as_fraction
from tenure.kernel.worked_examples import ExampleMalformed


def _change(inputs: Inputs) -> RevenueChange:
    """What happened to the MRR of the start; `lost` or `churn` with contraction or downsell, upgrades or expansion."""
    return RevenueChange(
        start=inputs.number("start", "begin"),
        churn=inputs.number("churn", "lost", default=0),
        contraction=inputs.number("contraction", "downsell", "downgrades", default=0),
        expansion=inputs.number("expansion", "upgrades", "upsell", default=0),
        reactivation=inputs.number("reactivation", default=0),
    )


@metric("gross_mrr_churn_rate", PERCENT)
def gross_churn(inputs: Inputs) -> object:
    """Gross MRR churn of a period."""
    return percent(gross_mrr_churn_rate(_change(inputs)))


@metric("net_mrr_churn_rate", PERCENT)
def net_churn(inputs: Inputs) -> object:
    """Net MRR churn of a period."""
    return percent(net_mrr_churn_rate(_change(inputs)))


def _days(inputs: Inputs) -> list[DayOfRevenue]:
    return [DayOfRevenue(row.number("start"), row.number("end"), row.number("new", default=0)) for row in inputs.rows("days")]


@metric("gross_mrr_churn_rate_daily", PERCENT)
def gross_churn_daily(inputs: Inputs) -> object:
    """Gross MRR churn added up over days."""
    return percent(gross_mrr_churn_rate_daily(_days(inputs)))


@metric("net_mrr_churn_rate_daily", PERCENT)
def net_churn_daily(inputs: Inputs) -> object:
    """Net MRR churn added up over days."""
    return percent(net_mrr_churn_rate_daily(_days(inputs)))


@metric("customer_churn_rate", PERCENT)
def customer_churn(inputs: Inputs) -> object:
    """Customer churn, without those who joined or returned inside the period."""
    counts = CustomerCounts(
        start=inputs.number("start"),
        churned=inputs.number("churned"),
        churned_and_reactivated=inputs.number("churned_and_reactivated", default=0),
        joined_and_churned=inputs.number("joined_and_churned", default=0),
    )
    return percent(customer_churn_rate(counts))


@metric("customer_churn_rate_stripe", PERCENT)
def customer_churn_over_start_and_new(inputs: Inputs) -> object:
    """Customer churn over the customers of the start and the new ones."""
    counts = CustomerCounts(
        start=inputs.number("active_30d_ago", "start"),
        churned=inputs.number("churned_30d", "churned"),
        joined=inputs.number("new_30d", "new", default=0),
    )
    return percent(customer_churn_rate(counts, CustomerChurn.OVER_START_AND_NEW))


@metric("annualised_churn", WHOLE_PERCENT)
def annualised_churn(inputs: Inputs) -> object:
    """A monthly churn rate as the share lost in a year."""
    return percent(annualised(as_fraction(inputs.number("monthly_pct")) / 100, inputs.count("months", default=12)))


def _accounts(inputs: Inputs) -> list[Retained]:
    return [
        Retained(row.number("begin", "then", "start"), row.number("end", "now", default=0)) for row in inputs.rows("accounts")
    ]


@metric("grr", PERCENT)
def grr(inputs: Inputs) -> object:
    """Gross retention: per account, or from movements, or of one total."""
    if inputs.has("accounts"):
        accounts = _accounts(inputs)
    elif inputs.has("end_same_subs", "end"):
        accounts = [Retained(inputs.number("begin"), inputs.number("end_same_subs", "end"))]
    else:
        return percent(gross_retention_from_movements(_change(inputs)))
    per_account = percent(gross_retention(accounts))
    table = {
        "per_account": per_account,
        "aggregate_min": percent(gross_retention(accounts, GrossRetention.AGGREGATE)),
        "nrr": percent(net_retention(accounts)),
    }
    return Readings(per_account, (table,))


@metric("nrr", PERCENT)
def nrr(inputs: Inputs) -> object:
    """Net retention, with and without reactivation; a single figure has it in."""
    if inputs.has("accounts"):
        return percent(net_retention(_accounts(inputs)))
    if inputs.has("end", "end_same_subs"):
        return percent(net_retention([Retained(inputs.number("begin"), inputs.number("end", "end_same_subs"))]))
    change = _change(inputs)
    with_it = percent(net_retention_from_movements(change, ReactivationInRetention.ALWAYS))
    without = percent(net_retention_from_movements(change, ReactivationInRetention.NEVER))
    return Readings(with_it, ({"with_reactivation": with_it, "without": without, "without_reactivation": without},))


@metric("nrr_12m_cohort", PERCENT)
@metric("mrr_retention_cohort", PERCENT)
def nrr_of_cohort(inputs: Inputs) -> object:
    """Net retention point to point: revenue now of the customers of then."""
    then = inputs.number("begin_arr", "begin_mrr", "cohort_start", "begin")
    return percent(net_retention([Retained(then, inputs.number("same_customers_now", "cohort_now", "now"))]))


@metric("mrr_retention", PERCENT)
def mrr_retention(inputs: Inputs) -> object:
    """Net retention from churn and upgrades."""
    return percent(net_retention_from_movements(_change(inputs)))


@metric("nrr_survivor_bias", PERCENT)
def nrr_survivor_bias(inputs: Inputs) -> object:
    """How much the survivor form flatters; the headline is the full cohort."""
    bias = survivor_bias(_accounts(inputs))
    table = {"survivors_only": percent(bias.survivors_only), "full_cohort": percent(bias.full_cohort)}
    return Readings(table["full_cohort"], (table,))


@metric("logo_vs_revenue_retention", PERCENT)
def logo_vs_revenue_retention(inputs: Inputs) -> object:
    """Retention by customers and by revenue."""
    amounts = {name: number(each, name) for name, each in inputs.part("accounts").raw().items()}
    lost = set(inputs.texts("lost"))
    if unknown := lost - amounts.keys():
        raise ExampleMalformed(problem=f"lost names no account: {', '.join(sorted(unknown))}")
    logos, revenue = logo_and_revenue_retention(amounts, lost)
    return Readings(percent(logos), ({"customer_retention": percent(logos), "revenue_retention": percent(revenue)},))
