"""The definitions that ship: Tenure's own and four that other products publish, each with its source."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from tenure.billing.domain.definitions import (
    Base,
    ChurnAt,
    CustomerChurn,
    Definition,
    Discounts,
    Fx,
    LifetimeValue,
    NetRetention,
    Pause,
    Reactivation,
    ReactivationInRetention,
    SalesCycle,
    SameMonth,
    TrialConversion,
    Usage,
)
from tenure.billing.domain.normalise import THIRTY_DAYS
from tenure.kernel.errors import NotFound

TENURE = Definition("tenure", published_source="billing/README.md, insights/README.md")

CHARTMOGUL = Definition(
    "chartmogul",
    published_source="https://help.chartmogul.com/hc/en-us/articles/203299812",
    base=Base.INVOICES,
    pause=Pause.CHURN,
    net_retention=NetRetention.MOVEMENTS,
    reactivation_in_retention=ReactivationInRetention.ALWAYS,
    lifetime_value=LifetimeValue.REVENUE_TRAILING,
    sales_cycle=SalesCycle.MEAN,
)

STRIPE = Definition(
    "stripe",
    published_source="https://docs.stripe.com/billing/subscriptions/analytics/glossary",
    discounts=Discounts.FOREVER,
    new_window_minutes=0,
    churn_at=ChurnAt.CANCELLATION,
    pause=Pause.KEPT,
    customer_churn=CustomerChurn.OVER_START_AND_NEW,
    net_retention=NetRetention.MOVEMENTS,
    reactivation_in_retention=ReactivationInRetention.ALWAYS,
    lifetime_value=LifetimeValue.REVENUE_SAME_MONTH,
)

PROFITWELL = Definition(
    "profitwell",
    published_source="https://www.paddle.com/help/profitwell-metrics/measure/compare/profitwell-vs-maxio",
    days_per_month=THIRTY_DAYS,
    usage=Usage.INCLUDED,
    new_window_minutes=0,
    pause=Pause.CHURN,
    same_month=SameMonth.DROPPED,
    fx=Fx.LOCKED,
    customer_churn=CustomerChurn.PLAIN,
    net_retention=NetRetention.MOVEMENTS,
    reactivation_in_retention=ReactivationInRetention.ALWAYS,
    lifetime_value=LifetimeValue.REVENUE_SAME_MONTH,
    trial_conversion=TrialConversion.SAME_WINDOW,
)

CHARGEBEE = Definition(
    "chargebee",
    published_source="https://www.chargebee.com/docs/billing/2.0/reports-and-analytics/expansion-and-contraction-metrics",
    discounts=Discounts.RECURRING,
    new_window_minutes=0,
    pause=Pause.CHURN,
    reactivation=Reactivation.EXPANSION,
    customer_churn=CustomerChurn.PLAIN,
    net_retention=NetRetention.MOVEMENTS,
    reactivation_in_retention=ReactivationInRetention.ALWAYS,
    lifetime_value=LifetimeValue.REVENUE_SAME_MONTH,
)

SETS: Mapping[str, Definition] = MappingProxyType(
    {each.name: each for each in (TENURE, CHARTMOGUL, STRIPE, PROFITWELL, CHARGEBEE)}
)


class DefinitionUnknown(NotFound):
    """No definition of that name is shipped."""

    code = "definition_unknown"
    message = "There is no definition named {name}."


def definition_named(name: str) -> Definition:
    """The shipped definition of that name. Raises DefinitionUnknown."""
    if name not in SETS:
        raise DefinitionUnknown(name=name)
    return SETS[name]
