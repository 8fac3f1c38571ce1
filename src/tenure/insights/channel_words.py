"""Channels in the reader's words."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from tenure.insights.enums import Verdict
from tenure.insights.figure_words import money_words, share_words
from tenure.insights.links import list_url
from tenure.kernel.money import minor_digits
from tenure.kernel.rounding import as_decimal, round_half_up
from tenure.ui.charts import Chart, Series
from tenure.workspace import formats
from tenure.workspace.lists.columns import BLANK

if TYPE_CHECKING:
    from tenure.insights.reports.channels import ChannelRow, Channels
    from tenure.workspace.context import Context

TONES = {Verdict.GROW: "leaf", Verdict.WATCH: "amber", Verdict.CUT: "rose"}


def heads() -> list[str]:
    """Heads of the table of channels."""
    return [
        _("Channel"), _("Leads"), _("Cost per lead"), _("Lead to won"), _("Customers won"), _("CAC"), _("ARR per customer"), _("Payback"),
        _("ROI, first year"), _("Churn, 12 mo"), _("Verdict"),
    ]  # fmt: skip


def channel_row(ctx: Context, report: Channels, row: ChannelRow) -> dict[str, Any]:
    """One channel as a row; its leads and customers lead to them."""
    period = report.cohort.period
    came = f"{period.start.isoformat()}..{report.cohort.as_of.isoformat()}" if period else ""
    interval = row.won_interval
    return {
        "name": row.name or _("Without a channel"),
        "url": f"?{report.cohort.query(channel=row.key or BLANK)}",
        "leads_url": list_url(ctx, "market:leads", channel=row.key or BLANK, first_contact=came),
        "leads": formats.number(row.leads, ctx),
        "cost_per_lead": money_words(ctx, row.cost_per_lead),
        "won_share": share_words(ctx, row.won_share, 2),
        "won_counts": f"{formats.number(row.won, ctx)}/{formats.number(row.leads, ctx)}",
        "interval": _("%(low)s to %(high)s")
        % {"low": formats.percent(interval[0], ctx), "high": formats.percent(interval[1], ctx)}
        if interval
        else "",
        "customers": formats.number(row.customers, ctx),
        "cac": money_words(ctx, row.cac),
        "arr": money_words(ctx, row.arr),
        "payback": months_words(ctx, row.payback),
        "roi": share_words(ctx, row.roi, 0),
        "churn": share_words(ctx, row.churn),
        "verdict": row.verdict.label if row.verdict else "",
        "tone": TONES[row.verdict] if row.verdict else "",
    }


def months_words(ctx: Context, months: Fraction | None) -> str:
    """A number of months; a dash for none."""
    return (
        formats.DASH
        if months is None
        else _("%(months)s mo") % {"months": formats.number(round_half_up(months, 1), ctx, digits=1)}
    )


def csv_row(ctx: Context, row: ChannelRow) -> list[Any]:
    """One channel as a row of the file."""
    digits = minor_digits(ctx.workspace.currency)

    def amount(minor: Fraction | None) -> Any:  # noqa: ANN401 - a number or nothing
        return "" if minor is None else round_half_up(minor / 10**digits, digits)

    def exact(value: Fraction | None) -> Any:  # noqa: ANN401 - as above
        return "" if value is None else as_decimal(value, 6)

    return [
        row.name, row.leads, amount(row.cost_per_lead), exact(row.won_share), row.customers, amount(row.cac), amount(row.arr), exact(row.payback),
        exact(row.roi), exact(row.churn), str(row.verdict or ""),
    ]  # fmt: skip


def charts_of(ctx: Context, report: Channels) -> list[Chart]:
    """Customers won and what each cost, by channel."""
    rows = [row for row in report.rows if row.name][:12]
    if not rows:
        return []
    costly = [row for row in rows if row.cac is not None]
    charts = [
        Chart(
            key="won-share", title=_("Lead to won"), labels=[row.name for row in rows], kind="bar", form="percent", digits=1, label_name=_("Channel"),
            series=[Series(_("Won of leads"), [None if row.won_share is None else float(row.won_share) for row in rows], "leaf", [share_words(ctx, row.won_share, 2) for row in rows])],
            note=_("of leads first in touch in the period"), csv_url=f"?{report.cohort.query()}&format=csv",
        )
    ]  # fmt: skip
    if costly:
        scale = 10 ** minor_digits(ctx.workspace.currency)
        charts.append(
            Chart(
                key="cac", title=_("Cost of a customer"), labels=[row.name for row in costly], kind="bar", form="money", currency=ctx.workspace.currency, label_name=_("Channel"),
                series=[Series(_("CAC"), [float((row.cac or 0) / scale) for row in costly], "sky", [money_words(ctx, row.cac) for row in costly])],
                note=_("with its share of the costs no channel bears"),
            )
        )  # fmt: skip
    return charts
