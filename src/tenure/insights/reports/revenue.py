"""Revenue month by month: the waterfall from opening to closing MRR, rates beside it, and what a customer brings."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING
from uuid import UUID

from tenure.billing.domain.definition_sets import TENURE
from tenure.billing.domain.waterfall import Waterfall
from tenure.billing.queries.reported_churn import ChurnComparison, compare_churn
from tenure.billing.queries.revenue import MrrAt, in_reporting_minor, mrr_at
from tenure.insights.cohort import Cohort
from tenure.insights.domain.churn import (
    CustomerCounts,
    RevenueChange,
    customer_churn_rate,
    gross_mrr_churn_rate,
    net_mrr_churn_rate,
)
from tenure.insights.domain.efficiency import quick_ratio
from tenure.insights.domain.lifetime_value import margin_ltv, revenue_ltv_trailing, trailing_churn
from tenure.insights.enums import Span
from tenure.insights.queries.months import MonthOfChange, list_currency_changes, list_months, nothing_in
from tenure.insights.queries.reach import accounts_of
from tenure.insights.queries.spending import gross_margin_on
from tenure.insights.reports.figures import MICROS, KeyFigure, key_figures
from tenure.kernel.rounding import ratio
from tenure.workspace.queries.exchange_rates import find_quotes

if TYPE_CHECKING:
    from tenure.workspace.context import Context

KINDS = ("new", "expansion", "reactivation", "resume", "contraction", "churn", "pause")
DEFINITION = TENURE


@dataclass(frozen=True, slots=True)
class MonthOfRevenue:
    """One month; amounts in minor units per month (exact), rates as shares, None where undefined.

    exchange: what exchange rates alone changed between two month ends; None where only the reporting currency is used.
    """

    month: dt.date
    opening: Fraction
    flows: dict[str, Fraction]
    closing: Fraction
    customers_before: int
    customers: int
    joined: int
    churned: int
    exchange: Fraction | None
    logo_churn: Fraction | None
    gross_churn: Fraction | None
    net_churn: Fraction | None
    quick_ratio: Fraction | None
    arpa: Fraction | None
    ltv: Fraction | None


@dataclass(frozen=True, slots=True)
class Revenue:
    """The report. definition: which reading of the numbers it is; has_margin: whether LTV is of margin or of revenue."""

    cohort: Cohort
    computed_at: dt.datetime
    figures: list[KeyFigure]
    months: list[MonthOfRevenue]
    last_day: dt.date
    level: MrrAt
    level_minor: int
    has_margin: bool
    reported: ChurnComparison | None

    @property
    def whole(self) -> Waterfall:
        """The movements of all months shown, minor units."""
        return Waterfall(**{kind: sum((month.flows[kind] for month in self.months), Fraction(0)) for kind in KINDS})


def revenue(ctx: Context, parameters: Mapping[str, str]) -> Revenue:
    """Revenue of the months that URL parameters ask for; without a period of the last 12, or where nothing moved then, of all."""
    cohort = Cohort.read(ctx, parameters)
    accounts = accounts_of(ctx, cohort)
    end = cohort.period.end if cohort.period and cohort.period.end else ctx.today() + dt.timedelta(days=1)
    changes = list_months(ctx, end, accounts)
    is_asked = any(parameters.get(name) for name in ("period", "from", "to"))
    if changes and not is_asked and cohort.period and changes[-1].month < cohort.period.start.replace(day=1):
        cohort = Cohort.read(ctx, parameters, default=Span.ALL)
    first = cohort.period.start.replace(day=1) if cohort.period else (changes[0].month if changes else end.replace(day=1))
    margin = gross_margin_on(ctx, end)
    last_day = end - dt.timedelta(days=1)
    level = mrr_at(ctx, dt.datetime.combine(end, dt.time(), ctx.workspace.tz) - dt.timedelta(microseconds=1), accounts=accounts)
    exchange = _exchange(ctx, end, accounts)
    months = [month for month in _months(changes, end, margin, exchange) if month.month >= first]
    return Revenue(
        cohort, ctx.now(), key_figures(ctx, last_day, accounts, has_costs=accounts is None), months, last_day, level,
        in_reporting_minor(ctx, level.paying.micros, last_day), margin is not None, None if cohort.is_narrowed else compare_churn(ctx),
    )  # fmt: skip


def _months(
    changes: list[MonthOfChange], end: dt.date, margin: Decimal | None, exchange: Mapping[dt.date, Fraction]
) -> list[MonthOfRevenue]:
    by_month = {change.month: change for change in changes}
    found: list[MonthOfRevenue] = []
    opening, customers, churn_rates = Fraction(0), 0, list[Fraction]()
    month = changes[0].month if changes else end.replace(day=1)
    while month < end:
        change = by_month.get(month) or nothing_in(month)
        row = _month(change, opening, customers, churn_rates, margin, exchange.get(month))
        if row.logo_churn is not None:
            churn_rates.append(row.logo_churn)
        found.append(row)
        opening, customers = row.closing, row.customers
        month = (month + dt.timedelta(days=31)).replace(day=1)
    return found


def _month(
    change: MonthOfChange,
    opening: Fraction,
    customers: int,
    earlier: list[Fraction],
    margin: Decimal | None,
    exchange: Fraction | None,
) -> MonthOfRevenue:
    flows = {kind: Fraction(getattr(change, kind)) / MICROS for kind in KINDS}
    closing = opening + Waterfall(**flows).net_new
    now = customers + change.joined - change.left
    counts = CustomerCounts(customers, change.churned, change.joined, change.churned_and_back, change.joined_and_churned)
    moved = RevenueChange(opening, -flows["churn"], -flows["contraction"], flows["expansion"], flows["reactivation"])
    arpa = ratio(closing, now)
    return MonthOfRevenue(
        change.month, opening, flows, closing, customers, now, change.joined, change.churned, exchange,
        customer_churn_rate(counts), gross_mrr_churn_rate(moved), net_mrr_churn_rate(moved),
        quick_ratio(flows["new"], flows["expansion"], -flows["churn"], -flows["contraction"], flows["reactivation"]),
        arpa, _ltv(arpa, earlier, margin),
    )  # fmt: skip


def _ltv(arpa: Fraction | None, earlier: list[Fraction], margin: Decimal | None) -> Fraction | None:
    """Gross-margin LTV over the trailing churn of the months before; on revenue where no margin is known."""
    if arpa is None:
        return None
    if margin is None:
        return revenue_ltv_trailing(arpa, earlier, DEFINITION.trailing_months)
    churn = trailing_churn(earlier, DEFINITION.trailing_months)
    return None if churn is None else margin_ltv(arpa, margin, churn)


def _exchange(ctx: Context, end: dt.date, accounts: Collection[UUID] | None) -> dict[dt.date, Fraction]:
    """By month, spot MRR at its end minus at its start minus the movements at locked rates, in minor units."""
    changes = list_currency_changes(ctx, end, accounts)
    foreign = {currency for _, currency, _ in changes if currency != ctx.workspace.currency}
    if not foreign:
        return {}
    months = list(dict.fromkeys(month for month, _, _ in changes))
    last_days = {month: min((month + dt.timedelta(days=31)).replace(day=1), end) - dt.timedelta(days=1) for month in months}
    quotes = find_quotes(ctx, [(currency, day) for currency in foreign for day in last_days.values()])
    levels: dict[str, int] = dict.fromkeys(foreign, 0)
    before, found = Fraction(0), dict[dt.date, Fraction]()
    locked = {
        change.month: sum((Fraction(getattr(change, kind)) for kind in KINDS), Fraction(0))
        for change in list_months(ctx, end, accounts)
    }
    home: dict[dt.date, int] = {month: amount for month, currency, amount in changes if currency == ctx.workspace.currency}
    for month in months:
        for _, currency, amount in (row for row in changes if row[0] == month and row[1] in foreign):
            levels[currency] += amount
        if any((currency, last_days[month]) not in quotes for currency, level in levels.items() if level):
            continue
        spot = sum(
            (level * Fraction(quotes[currency, last_days[month]].rate) for currency, level in levels.items() if level),
            Fraction(0),
        )
        found[month] = (spot - before - (locked.get(month, Fraction(0)) - home.get(month, 0))) / MICROS
        before = spot
    return found
