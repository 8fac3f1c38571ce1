"""What the API answers about numbers. Shares are exact decimals as text (0.10525 is 10.525 %); undefined is null, never 0."""

from __future__ import annotations

import datetime as dt
from fractions import Fraction
from typing import TYPE_CHECKING
from uuid import UUID

from ninja import Schema
from pydantic import Field

from tenure.insights.reports.channels import ChannelRow, Channels
from tenure.insights.reports.figures import KeyFigure
from tenure.insights.reports.pipeline import Pipeline, PipelineRow
from tenure.insights.reports.retention import Retention, month_of
from tenure.insights.reports.revenue import KINDS, MonthOfRevenue, Revenue
from tenure.kernel.rounding import as_decimal, half_up_integer
from tenure.workspace.endpoints.schemas import MoneyOut, money_out

if TYPE_CHECKING:
    from tenure.insights.cohort import Cohort
    from tenure.market.queries.funnel import Days
    from tenure.workspace.context import Context

SHARE = "A share as decimal text, 12 significant digits; null where it is undefined."


class PeriodOut(Schema):
    """The period counted: the first and the last day; null for all time."""

    first: dt.date | None
    last: dt.date | None


class FigureOut(Schema):
    """One key figure and the same a year earlier. form: money (minor units a year), share, months, ratio."""

    name: str
    form: str
    value: str | None
    before: str | None
    reason: str = Field(description="Why it is undefined; empty where it is not.")


class MonthOut(Schema):
    """One month of revenue, per month, in the reporting currency."""

    month: str
    opening: MoneyOut | None
    movements: dict[str, MoneyOut]
    exchange: MoneyOut | None
    closing: MoneyOut | None
    arr: MoneyOut | None
    customers: int
    joined: int
    customers_churned: int
    logo_churn: str | None
    gross_churn: str | None
    net_churn: str | None
    quick_ratio: str | None
    arpa: MoneyOut | None
    ltv: MoneyOut | None


class LevelOut(Schema):
    """What ran at the end of the period."""

    subscriptions: int
    accounts: int


class RevenueOut(Schema):
    """Revenue month by month."""

    computed_at: dt.datetime
    period: PeriodOut
    definition: str
    on: dt.date
    mrr: MoneyOut | None = Field(description="At the end of `on`, at that day's exchange rates.")
    paying: LevelOut
    running: LevelOut = Field(description="Trials included.")
    figures: list[FigureOut]
    months: list[MonthOut]


class CohortOut(Schema):
    """Customers who joined in a month; the lists go by months since then, the last being the present month."""

    month: str
    customers: int
    start: MoneyOut | None
    customers_kept: list[int]
    logo_retention: list[str | None]
    revenue_retention: list[str | None]


class RetentionOut(Schema):
    """The triangle, and net and gross retention of the last two years."""

    computed_at: dt.datetime
    period: PeriodOut
    cohorts: list[CohortOut]
    net_retention: str | None
    gross_retention: str | None
    net_retention_before: str | None
    gross_retention_before: str | None


class DaysOut(Schema):
    """How long it took those who crossed, in days."""

    count: int
    mean: float | None
    median: float | None


class ChannelMetricsOut(Schema):
    """One channel; amounts in the reporting currency."""

    channel: UUID | None
    name: str
    leads: int
    qualified: int
    opportunities: int
    won: int
    lead_to_won: str | None = Field(description=SHARE)
    customers_won: int
    exposures: int
    cost: MoneyOut | None
    cost_per_lead: MoneyOut | None
    cac: MoneyOut | None
    arr_per_customer: MoneyOut | None
    payback_months: str | None
    roi: str | None
    churn: str | None
    verdict: str | None


class ChannelsOut(Schema):
    """All channels, and all of them together."""

    computed_at: dt.datetime
    period: PeriodOut
    everyone: ChannelMetricsOut
    lead_to_won_days: DaysOut
    channels: list[ChannelMetricsOut]


class DealsOut(Schema):
    """Deals that have something in common."""

    key: str
    name: str
    won: int
    lost: int
    open: int
    win_rate_of_closed: str | None = Field(description=SHARE)
    win_rate_of_all: str | None = Field(description=SHARE)
    won_days: DaysOut
    lost_days: DaysOut
    amount_won: MoneyOut | None
    amount_lost: MoneyOut | None
    amount_open: MoneyOut | None


class PipelineOut(Schema):
    """Deals told apart by one thing, and all of them together."""

    computed_at: dt.datetime
    period: PeriodOut
    by: str
    everyone: DealsOut
    groups: list[DealsOut]


def exact(value: Fraction | None) -> str | None:
    """An exact number as decimal text of 12 significant digits."""
    return None if value is None else f"{as_decimal(value, 12).normalize():f}"


def amount(ctx: Context, minor: Fraction | None) -> MoneyOut | None:
    """Minor units of the reporting currency, rounded once."""
    return None if minor is None else money_out(half_up_integer(minor), ctx.workspace.currency)


def period_out(cohort: Cohort) -> PeriodOut:
    """The cohort's period by its first and last day."""
    if cohort.period is None or cohort.period.end is None:
        return PeriodOut(first=None, last=None)
    return PeriodOut(first=cohort.period.start, last=cohort.period.end - dt.timedelta(days=1))


def revenue_out(ctx: Context, report: Revenue) -> RevenueOut:
    """Revenue as the API writes it."""
    paying, running = report.level.paying, report.level.running
    return RevenueOut(
        computed_at=report.computed_at, period=period_out(report.cohort), definition="tenure", on=report.last_day,
        mrr=money_out(report.level_minor, ctx.workspace.currency),
        paying=LevelOut(subscriptions=paying.subscriptions, accounts=paying.accounts),
        running=LevelOut(subscriptions=running.subscriptions, accounts=running.accounts),
        figures=[_figure(figure) for figure in report.figures],
        months=[_month(ctx, month) for month in report.months],
    )  # fmt: skip


def _figure(figure: KeyFigure) -> FigureOut:
    return FigureOut(
        name=figure.name,
        form=figure.form,
        value=exact(figure.value),
        before=exact(figure.before),
        reason=str(figure.reason) if figure.value is None else "",
    )


def _month(ctx: Context, month: MonthOfRevenue) -> MonthOut:
    moved = {kind: money_out(half_up_integer(month.flows[kind]), ctx.workspace.currency) for kind in KINDS}
    return MonthOut(
        month=f"{month.month:%Y-%m}", movements={kind: one for kind, one in moved.items() if one}, arr=amount(ctx, 12 * month.closing),
        customers=month.customers, joined=month.joined, customers_churned=month.churned, opening=amount(ctx, month.opening),
        exchange=amount(ctx, month.exchange), closing=amount(ctx, month.closing), arpa=amount(ctx, month.arpa), ltv=amount(ctx, month.ltv),
        logo_churn=exact(month.logo_churn), gross_churn=exact(month.gross_churn), net_churn=exact(month.net_churn), quick_ratio=exact(month.quick_ratio),
    )  # fmt: skip


def retention_out(ctx: Context, report: Retention) -> RetentionOut:
    """Retention as the API writes it."""
    then, now = report.years
    return RetentionOut(
        computed_at=report.computed_at, period=period_out(report.cohort),
        cohorts=[
            CohortOut(
                month=f"{month_of(row.joined_month):%Y-%m}", customers=row.customers, start=amount(ctx, row.start), customers_kept=row.customers_by_age,
                logo_retention=[exact(share) for share in row.logo_retention], revenue_retention=[exact(share) for share in row.revenue_retention],
            )
            for row in report.rows
        ],
        net_retention=exact(now.net), gross_retention=exact(now.gross), net_retention_before=exact(then.net), gross_retention_before=exact(then.gross),
    )  # fmt: skip


def channels_out(ctx: Context, report: Channels) -> ChannelsOut:
    """Channels as the API writes them."""
    return ChannelsOut(
        computed_at=report.computed_at, period=period_out(report.cohort), everyone=_channel(ctx, report.everyone),
        lead_to_won_days=_days(report.to_won), channels=[_channel(ctx, row) for row in report.rows],
    )  # fmt: skip


def _days(days: Days) -> DaysOut:
    return DaysOut(count=days.count, mean=days.mean, median=days.median)


def _channel(ctx: Context, row: ChannelRow) -> ChannelMetricsOut:
    return ChannelMetricsOut(
        channel=UUID(row.key) if row.key else None, name=row.name, leads=row.leads, qualified=row.qualified, opportunities=row.opportunities, won=row.won,
        lead_to_won=exact(row.won_share), customers_won=row.customers, exposures=row.exposures, cost=amount(ctx, row.cost or None),
        cost_per_lead=amount(ctx, row.cost_per_lead), cac=amount(ctx, row.cac), arr_per_customer=amount(ctx, row.arr), payback_months=exact(row.payback),
        roi=exact(row.roi), churn=exact(row.churn), verdict=row.verdict.value if row.verdict else None,
    )  # fmt: skip


def pipeline_out(ctx: Context, report: Pipeline) -> PipelineOut:
    """The pipeline as the API writes it."""
    return PipelineOut(
        computed_at=report.computed_at, period=period_out(report.cohort), by=report.dimension, everyone=_deals(ctx, report.everyone),
        groups=[_deals(ctx, row) for row in report.rows],
    )  # fmt: skip


def _deals(ctx: Context, row: PipelineRow) -> DealsOut:
    deals, rate = row.deals, row.deals.rate
    return DealsOut(
        key=deals.key, name=deals.label, won=deals.won, lost=deals.lost, open=deals.open, win_rate_of_closed=exact(rate.of_closed),
        win_rate_of_all=exact(rate.of_all), won_days=_days(deals.won_days), lost_days=_days(deals.lost_days),
        **{f"amount_{outcome}": amount(ctx, row.amounts[outcome]) for outcome in ("won", "lost", "open")},
    )  # fmt: skip
