"""Definitions: every point where the field disagrees about a revenue number, as one policy field each.

A definition is a frozen value with a name and a version. Two definitions over the same facts give the same month under
two readings; nothing else in the code decides between them. The sets themselves are in `definition_sets`.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from tenure.billing.domain.normalise import GREGORIAN_DAYS


class Base(StrEnum):
    """Which records the facts are taken from; whoever writes the facts honours it."""

    SUBSCRIPTIONS = "subscriptions"
    INVOICES = "invoices"
    RECOGNISED = "recognised"


class Usage(StrEnum):
    """Metered charges beyond a committed minimum."""

    EXCLUDED = "excluded"
    INCLUDED = "included"


class Discounts(StrEnum):
    """Which discounts lower MRR; one that is not counted leaves the list amount."""

    ALL = "all"
    RECURRING = "recurring"
    FOREVER = "forever"


class ChurnAt(StrEnum):
    """The instant at which a cancelled item leaves MRR."""

    PERIOD_END = "period_end"
    CANCELLATION = "cancellation"


class Pause(StrEnum):
    """A paused item: 0 with movements of its own, 0 as churn and return, or kept."""

    APART = "apart"
    CHURN = "churn"
    KEPT = "kept"


class Reactivation(StrEnum):
    """A customer who comes back: a kind of its own, or part of expansion."""

    OWN = "own"
    EXPANSION = "expansion"


class SameMonth(StrEnum):
    """A customer who joins and leaves within one calendar month: both movements, or neither."""

    BOTH = "both"
    DROPPED = "dropped"


class Fx(StrEnum):
    """Foreign currency: movements at the locked rate with an exchange row, or everything at the locked rate."""

    OWN_ROW = "own_row"
    LOCKED = "locked"


class PastDue(StrEnum):
    """An item whose payment failed: counted until dunning ends, or out at once."""

    COUNTED = "counted"
    OUT = "out"


class CustomerChurn(StrEnum):
    """Churned customers: without those who joined or returned inside, the plain count, or over start plus new."""

    STANDARD = "standard"
    PLAIN = "plain"
    OVER_START_AND_NEW = "over_start_and_new"


class GrossRetention(StrEnum):
    """The cap at 100 %: per account, then summed; or on the total, which hides churn behind expansion."""

    PER_ACCOUNT = "per_account"
    AGGREGATE = "aggregate"


class NetRetention(StrEnum):
    """Net retention: the old cohort point to point, or the sum of movements over the start."""

    POINT_TO_POINT = "point_to_point"
    MOVEMENTS = "movements"


class ReactivationInRetention(StrEnum):
    """Reactivation in net retention: when churned and back inside the window, always, or never."""

    INSIDE_WINDOW = "inside_window"
    ALWAYS = "always"
    NEVER = "never"


class LifetimeValue(StrEnum):
    """Lifetime value: margin over trailing churn, or revenue over trailing or same-month churn."""

    MARGIN_TRAILING = "margin_trailing"
    REVENUE_TRAILING = "revenue_trailing"
    REVENUE_SAME_MONTH = "revenue_same_month"


class MarginKind(StrEnum):
    """The margin in the rule of 40."""

    EBITDA = "ebitda"
    FREE_CASH_FLOW = "free_cash_flow"


class TrialConversion(StrEnum):
    """Trials that pay: of those who started in the month, or conversions over starts of the same window."""

    COHORT = "cohort"
    SAME_WINDOW = "same_window"


class SalesCycle(StrEnum):
    """Days from lead to paid: the median of mature cohorts, or the mean of all."""

    MEDIAN_OF_MATURE = "median_of_mature"
    MEAN = "mean"


@dataclass(frozen=True, slots=True)
class Definition:
    """One named reading of the revenue numbers; the defaults are Tenure's own.

    published_source: where this reading is written down. new_window_minutes: further items that start within so many
    minutes of a customer's first are new business too. reactivation_within_days: later than this a return counts as
    new; None never. sales_cycle_lag: whether acquisition spend is set against customers won one sales cycle later.
    What all publishers agree on is no field: a trial is 0, one-off charges, tax and refunds never enter, a year is
    divided by 12, a new item beside an active one is expansion, and only the last item's end is churn.
    """

    name: str
    version: int = 1
    published_source: str = ""
    base: Base = Base.SUBSCRIPTIONS
    days_per_month: Fraction = GREGORIAN_DAYS
    usage: Usage = Usage.EXCLUDED
    discounts: Discounts = Discounts.ALL
    new_window_minutes: int = 60
    churn_at: ChurnAt = ChurnAt.PERIOD_END
    pause: Pause = Pause.APART
    reactivation: Reactivation = Reactivation.OWN
    reactivation_within_days: int | None = None
    same_month: SameMonth = SameMonth.BOTH
    fx: Fx = Fx.OWN_ROW
    past_due: PastDue = PastDue.COUNTED
    customer_churn: CustomerChurn = CustomerChurn.STANDARD
    gross_retention: GrossRetention = GrossRetention.PER_ACCOUNT
    net_retention: NetRetention = NetRetention.POINT_TO_POINT
    reactivation_in_retention: ReactivationInRetention = ReactivationInRetention.INSIDE_WINDOW
    lifetime_value: LifetimeValue = LifetimeValue.MARGIN_TRAILING
    trailing_months: int = 6
    sales_cycle_lag: bool = False
    payback_with_margin: bool = True
    margin_kind: MarginKind = MarginKind.EBITDA
    trial_conversion: TrialConversion = TrialConversion.COHORT
    trial_horizon_days: int = 30
    sales_cycle: SalesCycle = SalesCycle.MEDIAN_OF_MATURE
