"""Channels: what a lead, a customer and a unit of yearly revenue cost on each way they come, and what to do about it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING
from uuid import UUID

from django.db.models import Q

from tenure.insights.cohort import Cohort, months_before
from tenure.insights.domain.acquisition import ChannelResult, payback_months_aggregate
from tenure.insights.domain.intervals import wilson_interval
from tenure.insights.enums import Span, Verdict
from tenure.insights.queries.channel_money import ChannelMoney, channel_money, wins_by_channel
from tenure.insights.queries.spending import Spending, gross_margin_on, spending
from tenure.insights.reports.figures import MICROS
from tenure.kernel.rounding import as_fraction, ratio
from tenure.market.queries.funnel import Days, LeadGroup, lead_to_won, leads_by

if TYPE_CHECKING:
    from tenure.workspace.context import Context

FEW_LEADS = 20
GOOD_PAYBACK, BAD_PAYBACK = 12, 24
BAD_CHURN = Fraction(15, 100)


@dataclass(frozen=True, slots=True)
class ChannelRow:
    """One channel; amounts in minor units of the reporting currency, exact. key: as the lists filter by; empty: without a channel.

    leads, won: of leads first in touch in the period. customers: won in the period, whenever they first came. cost: its own; loaded:
    with its share of the costs no channel bears, by customers won. arr: yearly revenue per customer that pays now. new_arr: of those won.
    """

    key: str
    name: str
    leads: int
    qualified: int
    opportunities: int
    won: int
    customers: int
    exposures: int
    cost: Fraction
    loaded: Fraction
    new_arr: Fraction
    arr: Fraction | None
    margin: Fraction | None
    churn: Fraction | None
    lost: int
    year_ago: int

    @property
    def result(self) -> ChannelResult:
        """Its costs and gains, for the definitions of acquisition."""
        return ChannelResult(self.loaded, self.leads, self.customers, self.new_arr, self.margin)

    @property
    def cost_per_lead(self) -> Fraction | None:
        """The channel's own cost per lead; None where it has none."""
        return ratio(self.cost, self.leads) if self.cost else None

    @property
    def cac(self) -> Fraction | None:
        """Fully loaded cost per customer won."""
        return self.result.cac if self.loaded else None

    @property
    def payback(self) -> Fraction | None:
        """Months until the customers won have paid back what they cost, by gross margin where it is known."""
        return payback_months_aggregate(self.loaded, self.new_arr / 12, self.margin or 1) if self.loaded else None

    @property
    def roi(self) -> Fraction | None:
        """First year's gross margin less cost, over cost."""
        return self.result.roi if self.loaded and self.new_arr else None

    @property
    def won_share(self) -> Fraction | None:
        """Won of leads, by the cohort of first contact."""
        return ratio(self.won, self.leads)

    @property
    def won_interval(self) -> tuple[float, float] | None:
        """The 95 % interval of it."""
        return wilson_interval(self.won, self.leads)

    @property
    def verdict(self) -> Verdict | None:
        """Grow, watch, or cut or fix: by payback, then by churn; None where there is too little to judge."""
        if self.leads < FEW_LEADS or not self.loaded:
            return None
        if self.payback is None or self.payback > BAD_PAYBACK:
            return Verdict.CUT
        return Verdict.WATCH if self.payback > GOOD_PAYBACK or (self.churn or 0) > BAD_CHURN else Verdict.GROW


@dataclass(frozen=True, slots=True)
class Channels:
    """The report. everyone: all channels together; to_won: days from first contact to won."""

    cohort: Cohort
    computed_at: dt.datetime
    rows: list[ChannelRow]
    everyone: ChannelRow
    to_won: Days
    unrated: frozenset[str]


def channels(ctx: Context, parameters: Mapping[str, str]) -> Channels:
    """Channels over the period that URL parameters ask for; without one the last 12 months, or all time where nobody came then."""
    cohort = Cohort.read(ctx, parameters)
    groups = leads_by(ctx, "channel", _came_in(ctx, cohort))
    if not groups and not any(parameters.get(name) for name in ("period", "from", "to")):
        cohort = Cohort.read(ctx, parameters, default=Span.ALL)
        groups = leads_by(ctx, "channel", _came_in(ctx, cohort))
    start, end = _days(ctx, cohort)
    spent = spending(ctx, start, end)
    money = channel_money(ctx, start, end, months_before(end, 12))
    wins = {} if money else wins_by_channel(ctx, _instant(ctx, start), _instant(ctx, end))
    margin = gross_margin_on(ctx, end)
    share = None if margin is None else as_fraction(margin)
    counts = {key: one.won for key, one in money.items()} if money else wins
    winners = sum(counts.values())
    rows = [
        _row(group, wins, spent, money, share, _shared(spent.other, counts.get(_key(group.key), 0), winners)) for group in groups
    ]
    return Channels(
        cohort,
        ctx.now(),
        rows,
        _together(groups, rows, spent, money, wins, share),
        lead_to_won(ctx, _came_in(ctx, cohort)),
        spent.unrated,
    )


def _days(ctx: Context, cohort: Cohort) -> tuple[dt.date, dt.date]:
    tomorrow = ctx.today() + dt.timedelta(days=1)
    if cohort.period is None:
        return dt.date(1970, 1, 1), tomorrow
    return cohort.period.start, cohort.period.end or tomorrow


def _came_in(ctx: Context, cohort: Cohort) -> Q:
    if cohort.period is None:
        return Q()
    start, end = _days(ctx, cohort)
    return Q(first_contact_at__gte=_instant(ctx, start), first_contact_at__lt=_instant(ctx, end))


def _instant(ctx: Context, day: dt.date) -> dt.datetime:
    return dt.datetime.combine(day, dt.time(), ctx.workspace.tz)


def _key(text: str) -> UUID | None:
    return UUID(text) if text else None


def _shared(other: Fraction, won: int, winners: int) -> Fraction:
    return other * won / winners if winners else Fraction(0)


def _row(
    group: LeadGroup,
    wins: Mapping[UUID | None, int],
    spent: Spending,
    money: Mapping[UUID | None, ChannelMoney],
    margin: Fraction | None,
    shared: Fraction,
) -> ChannelRow:
    key = _key(group.key)
    cost = spent.by_channel.get(key, Fraction(0)) if key else Fraction(0)
    found = money.get(key)
    return ChannelRow(
        group.key, group.label, group.leads, group.qualified, group.opportunities, group.won,
        _customers(found, wins.get(key, 0), has_revenue=bool(money)),
        spent.exposures.get(key, 0) if key else 0, cost, cost + shared, _arr(found.new_micros) if found else Fraction(0),
        ratio(_arr(found.micros), found.customers) if found else None, margin,
        ratio(found.lost, found.year_ago) if found else None, found.lost if found else 0, found.year_ago if found else 0,
    )  # fmt: skip


def _together(
    groups: list[LeadGroup],
    rows: list[ChannelRow],
    spent: Spending,
    money: Mapping[UUID | None, ChannelMoney],
    wins: Mapping[UUID | None, int],
    margin: Fraction | None,
) -> ChannelRow:
    found = money.values()
    lost, year_ago, customers = (sum(getattr(one, name) for one in found) for name in ("lost", "year_ago", "customers"))
    return ChannelRow(
        "", "", sum(one.leads for one in groups), sum(one.qualified for one in groups), sum(one.opportunities for one in groups),
        sum(one.won for one in groups), sum(one.won for one in found) if money else sum(wins.values()),
        sum(row.exposures for row in rows), sum(spent.by_channel.values(), Fraction(0)), spent.total,
        sum((_arr(one.new_micros) for one in found), Fraction(0)), ratio(sum((_arr(one.micros) for one in found), Fraction(0)), customers),
        margin, ratio(lost, year_ago), lost, year_ago,
    )  # fmt: skip


def _customers(found: ChannelMoney | None, wins: int, *, has_revenue: bool) -> int:
    """Customers who first paid in the period; where nothing is known of revenue, deals won in it."""
    if not has_revenue:
        return wins
    return found.won if found else 0


def _arr(micros: Decimal) -> Fraction:
    return Fraction(micros) * 12 / MICROS
