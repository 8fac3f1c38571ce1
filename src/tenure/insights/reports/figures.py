"""The six figures every page of numbers shares: ARR, net and gross retention, renewal, payback, quick ratio, each beside its past."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from tenure.billing.queries.revenue import in_reporting_minor
from tenure.insights.cohort import months_before
from tenure.insights.domain.acquisition import payback_months_aggregate
from tenure.insights.domain.efficiency import growth, quick_ratio
from tenure.insights.domain.retention import gross_retention, net_retention
from tenure.insights.queries.renewals import renewals
from tenure.insights.queries.spending import gross_margin_on, spending
from tenure.insights.queries.years import TwoWindows, Window, two_windows

if TYPE_CHECKING:
    from tenure.workspace.context import Context
    from tenure.workspace.lists.columns import Label

MICROS = 1_000_000


@dataclass(frozen=True, slots=True)
class KeyFigure:
    """One figure and the same a year earlier. form: money (minor units a year), share, months, ratio.

    reason: why it is undefined; note: what it is of. grows: whether more is better.
    """

    name: str
    label: Label
    form: str
    value: Fraction | None
    before: Fraction | None
    reason: Label = ""
    note: Label = ""
    grows: bool = True

    @property
    def change(self) -> Fraction | None:
        """Growth as a share for money, the difference for everything else; None where either is undefined."""
        if self.value is None or self.before is None:
            return None
        return growth(self.before, self.value) if self.form == "money" else self.value - self.before


def key_figures(
    ctx: Context, today: dt.date, accounts: Collection[UUID] | None = None, *, channel: UUID | None = None, has_costs: bool = True
) -> list[KeyFigure]:
    """The six figures of the year up to and including `today`, of the accounts given (None: of all).

    has_costs: whether costs can be told for these accounts; channel: then only its own.
    """
    end = today + dt.timedelta(days=1)
    middle, start = months_before(end, 12), months_before(end, 24)
    found = two_windows(ctx, start, middle, end, accounts)
    renewed = renewals(ctx, start, middle, end, accounts)
    no_customers = _("no customer paid a year ago")
    return [
        KeyFigure("arr", _("ARR"), "money", _arr(ctx, found.mrr_now, today), _arr(ctx, found.mrr_then, middle), _("no subscriptions yet")),
        KeyFigure("nrr", _("Net revenue retention"), "share", _nrr(found.current), _nrr(found.before), no_customers),
        KeyFigure("grr", _("Gross retention"), "share", _grr(found.current), _grr(found.before), no_customers),
        KeyFigure(
            "renewal_rate", _("Renewal rate, logos"), "share", renewed.current.by_logo, renewed.before.by_logo,
            _("no contract came due in the year"), _("terms of 3 months up") if renewed.is_long else "",
        ),
        _payback(ctx, found, (start, middle, end), channel=channel, has_costs=has_costs),
        KeyFigure("quick_ratio", _("Quick ratio"), "ratio", _quick(found.current), _quick(found.before), _("nothing was lost in the year")),
    ]  # fmt: skip


def _arr(ctx: Context, micros: dict[str, int], on: dt.date) -> Fraction | None:
    return Fraction(12 * in_reporting_minor(ctx, micros, on)) if any(micros.values()) else None


def _nrr(window: Window) -> Fraction | None:
    return net_retention([window.uncapped])


def _grr(window: Window) -> Fraction | None:
    return gross_retention([window.capped])


def _quick(window: Window) -> Fraction | None:
    flows = window.waterfall
    return quick_ratio(flows.new, flows.expansion, -flows.churn, -flows.contraction, flows.reactivation)


def _payback(
    ctx: Context, found: TwoWindows, days: tuple[dt.date, dt.date, dt.date], *, channel: UUID | None, has_costs: bool
) -> KeyFigure:
    """Spend of the year over the new MRR of the year times the gross margin."""
    values: list[Fraction | None] = []
    margin = gross_margin_on(ctx, days[2])
    for window, start, end in ((found.current, days[1], days[2]), (found.before, days[0], days[1])):
        spent = spending(ctx, start, end)
        cost = spent.by_channel.get(channel, Fraction(0)) if channel else spent.total
        new = Fraction(window.flows.get("new", 0)) / MICROS
        values.append(
            payback_months_aggregate(cost, new, (margin if end == days[2] else gross_margin_on(ctx, end)) or 1)
            if has_costs and cost
            else None
        )
    reason = _("costs are not kept by segment or owner") if not has_costs else _("no costs, or nobody won, in the year")
    note = "" if margin is not None else _("on revenue: no gross margin is set")
    return KeyFigure("cac_payback", _("CAC payback"), "months", values[0], values[1], reason, note, grows=False)
