"""Examples on trials, sales cycle, forecast, funnel and commission."""

from __future__ import annotations

from tenure.billing.domain.commission import clawback_by_month, clawback_by_term
from tenure.insights.conformance.comparing import Exhaustive, Readings
from tenure.insights.conformance.reading import Inputs
from tenure.insights.conformance.registry import MONEY, MONTHS, PERCENT, metric, percent
from tenure.insights.domain.boundaries import conversion_between, conversion_without_lost
from tenure.insights.domain.trials import trial_to_paid as share_of_trials
from tenure.kernel.worked_examples import ExampleMalformed
from tenure.sales.domain.forecast import (
    Deal,
    Outcome,
    forecast_with_lost_in_full,
    weighted_forecast,
    weighted_forecast_by_month,
)
from tenure.sales.domain.sales_cycle import mean_days, median_days


@metric("trial_to_paid", PERCENT)
def trial_to_paid(inputs: Inputs) -> object:
    """Trials that pay: of the same cohort, or of the same window."""
    if inputs.has("trials_in_month"):
        return percent(share_of_trials(inputs.number("trials_in_month"), inputs.number("of_them_paid_since")))
    started, paid = inputs.number("new_trials_in_window"), inputs.number("conversions_in_window")
    return percent(share_of_trials(started, paid))


@metric("average_sales_cycle_days", MONTHS)
def average_sales_cycle_days(inputs: Inputs) -> object:
    """Days from lead to paid: the mean, and the median beside it."""
    days = inputs.numbers("lead_to_paid_days") if inputs.raw().get("lead_to_paid_days") != [] else []
    return Readings(mean_days(days), ({"mean": mean_days(days), "median": median_days(days)},))


@metric("weighted_forecast", MONEY)
def forecast(inputs: Inputs) -> object:
    """The expected amount of deals: by month, in total, and as systems print it that count lost deals in full."""
    deals = [_deal(row) for row in inputs.rows("deals")]
    expected = weighted_forecast(deals)
    totals = {"correct": expected, "total": expected, "frappe_code": forecast_with_lost_in_full(deals)}
    return Readings(expected, (Exhaustive(weighted_forecast_by_month(deals)), totals))


def _deal(row: Inputs) -> Deal:
    outcome = Outcome(row.text("type", default="open").lower())
    sure = 1 if outcome is Outcome.WON else None
    month = row.text("month") if row.has("month") else None
    return Deal(row.number("value", "amount"), row.number("p", "probability", default=sure), month, outcome)


@metric("funnel_conversion", PERCENT)
def funnel_conversion(inputs: Inputs) -> object:
    """Conversion of those who entered a stage, lost ones included; and as systems print it that drop them."""
    entered = next((name for name in inputs.names() if name.startswith("entered")), None)
    if entered is None:
        raise ExampleMalformed(problem="there is no stage that was entered")
    cohort = conversion_between(
        inputs.count(entered), inputs.count("won"), inputs.count("of_them_lost_later", "lost_later", default=0)
    )
    right = percent(cohort.rate)
    stage = entered.removeprefix("entered").strip("_")
    names = ("correct", "correct_pct", "correct_qual_to_won_pct", f"correct_{stage}_to_won_pct")
    table = dict.fromkeys(names, right) | {"frappe_code_pct": percent(conversion_without_lost(cohort))}
    return Readings(right, (table,))


@metric("commission_clawback", MONEY)
def commission_clawback(inputs: Inputs) -> object:
    """Commission taken back: by the month of leaving, or in proportion to what was not served."""
    commission = inputs.number("commission")
    if inputs.has("contract_months"):
        return clawback_by_term(commission, inputs.number("contract_months"), inputs.number("served_months"))
    taken = [clawback_by_month(commission, month) for month in inputs.numbers("churn_months")]
    return taken if isinstance(inputs.raw()["churn_months"], list) else taken[0]
