"""The pipeline page."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET

from tenure.insights.chips import chips_of
from tenure.insights.figure_words import money_words, share_words
from tenure.insights.links import list_url
from tenure.insights.reports.pipeline import Pipeline, PipelineRow, pipeline
from tenure.insights.tables import csv_response
from tenure.insights.words import as_of
from tenure.kernel.money import minor_digits
from tenure.kernel.rounding import as_decimal, round_half_up
from tenure.ui.charts import Chart, Series
from tenure.workspace import formats
from tenure.workspace.lists.columns import BLANK
from tenure.workspace.pages import page

if TYPE_CHECKING:
    from tenure.market.queries.funnel import Days
    from tenure.workspace.context import Context
    from tenure.workspace.pages import Request

DIMENSIONS = {
    "seller": gettext_lazy("Sold by"), "team": gettext_lazy("Team"), "manager": gettext_lazy("Manager"), "product": gettext_lazy("Product"),
    "segment": gettext_lazy("Segment"), "channel": gettext_lazy("Channel"), "stage": gettext_lazy("Stage"), "reason": gettext_lazy("Reason"),
    "competitor": gettext_lazy("Competitor"),
}  # fmt: skip
CHARTED = 15
LISTED = frozenset({"team", "manager", "product", "channel", "stage", "reason", "competitor"})


@page("insights.view")
@require_GET
def pipeline_page(request: Request) -> HttpResponse:
    """Win rate with both denominators, cycle and amounts, by seller, team, product and more."""
    ctx = request.ctx
    report = pipeline(ctx, request.GET)
    if request.GET.get("format") == "csv":
        return csv_response(ctx, "pipeline", heads(report), [csv_row(ctx, row) for row in report.rows])
    context = {
        "page_title": _("Pipeline"),
        "as_of": as_of(ctx, report.computed_at),
        "chips": chips_of(ctx, report.cohort, extra={"by": report.dimension}, only=("period",), label=_("Deals begun")),
        "tabs": [
            {"label": label, "url": f"?{report.cohort.query(by=name)}", "current": name == report.dimension}
            for name, label in DIMENSIONS.items()
        ],
        "figures": _figures(ctx, report),
        "charts": _charts(ctx, report),
        "columns": [{"label": head, "kind": "number" if at else ""} for at, head in enumerate(heads(report))],
        "rows": [table_row(ctx, report, row) for row in report.rows],
        "csv_url": f"?{report.cohort.query(by=report.dimension)}&format=csv",
        "unrated": ", ".join(sorted(report.unrated)),
    }
    return render(request, "insights/pipeline.html", context)


def heads(report: Pipeline) -> list[str]:
    """Heads of the table."""
    return [
        str(DIMENSIONS.get(report.dimension, report.dimension)), _("Won"), _("Lost"), _("Open"), _("Win rate of closed"), _("Win rate of all"),
        _("Days to won, mean"), _("Days to won, median"), _("Days to lost, mean"), _("Amount won"), _("Amount open"),
    ]  # fmt: skip


def table_row(ctx: Context, report: Pipeline, row: PipelineRow) -> dict[str, Any]:
    """One group as a row; its deals are one click away."""
    deals, rate = row.deals, row.deals.rate
    interval = row.interval
    links = {
        outcome: list_url(ctx, "sales:opportunities", outcome=outcome, **_list_filter(report, row))
        for outcome in ("won", "lost", "open")
    }
    return {
        "name": deals.label or _("None"),
        "interval": _("%(low)s to %(high)s")
        % {"low": formats.percent(interval[0], ctx), "high": formats.percent(interval[1], ctx)}
        if interval
        else "",
        "cells": [
            (formats.number(deals.won, ctx), links["won"]),
            (formats.number(deals.lost, ctx), links["lost"]),
            (formats.number(deals.open, ctx), links["open"]),
            (share_words(ctx, rate.of_closed, 2), ""),
            (share_words(ctx, rate.of_all, 2), ""),
            (days_words(ctx, deals.won_days), ""),
            (formats.number(deals.won_days.median, ctx, digits=1), ""),
            (days_words(ctx, deals.lost_days), ""),
            (money_words(ctx, row.amounts["won"]), ""),
            (money_words(ctx, row.amounts["open"]), ""),
        ],
    }


def _list_filter(report: Pipeline, row: PipelineRow) -> dict[str, str]:
    """What the list of opportunities filters by to show the same deals; nothing where it has no such filter."""
    key, period = row.deals.key or BLANK, report.cohort.period
    begun = {"engaged": f"{period.start.isoformat()}..{report.cohort.as_of.isoformat()}"} if period else {}
    if report.dimension == "seller":
        return begun | ({"owner": key, "agent": BLANK} if row.is_owner else {"agent": key})
    return begun | ({report.dimension: key} if report.dimension in LISTED else {})


def days_words(ctx: Context, days: Days) -> str:
    """Mean days; a dash where no deal has both dates."""
    return formats.number(days.mean, ctx, digits=2)


def csv_row(ctx: Context, row: PipelineRow) -> list[Any]:
    """One group as a row of the file."""
    digits = minor_digits(ctx.workspace.currency)
    deals, rate = row.deals, row.deals.rate
    shares = ["" if share is None else as_decimal(share, 6) for share in (rate.of_closed, rate.of_all)]
    days = [
        "" if value is None else round(value, 4) for value in (deals.won_days.mean, deals.won_days.median, deals.lost_days.mean)
    ]
    return [
        deals.label,
        deals.won,
        deals.lost,
        deals.open,
        *shares,
        *days,
        *(round_half_up(row.amounts[name] / 10**digits, digits) for name in ("won", "open")),
    ]


def _figures(ctx: Context, report: Pipeline) -> list[dict[str, Any]]:
    row = report.everyone
    deals, rate = row.deals, row.deals.rate
    closed, everything = deals.won + deals.lost, deals.won + deals.lost + deals.open
    return [
        {"label": _("Win rate of closed"), "value": share_words(ctx, rate.of_closed, 2), "note": _("%(won)s of %(all)s won or lost") % {"won": formats.number(deals.won, ctx), "all": formats.number(closed, ctx)}},
        {"label": _("Win rate of all"), "value": share_words(ctx, rate.of_all, 2), "note": _("%(won)s of %(all)s, open ones too") % {"won": formats.number(deals.won, ctx), "all": formats.number(everything, ctx)}},
        {"label": _("Days to won, mean"), "value": days_words(ctx, deals.won_days), "note": _("median %(days)s d") % {"days": formats.number(deals.won_days.median, ctx, digits=1)}},
        {"label": _("Days to lost, mean"), "value": days_words(ctx, deals.lost_days), "note": _("median %(days)s d") % {"days": formats.number(deals.lost_days.median, ctx, digits=1)}},
        {"label": _("Amount won"), "value": money_words(ctx, row.amounts["won"]), "note": _("%(deals)s deals") % {"deals": formats.number(deals.won, ctx)}},
        {"label": _("Amount open"), "value": money_words(ctx, row.amounts["open"]), "note": _("%(deals)s deals") % {"deals": formats.number(deals.open, ctx)}},
    ]  # fmt: skip


def _charts(ctx: Context, report: Pipeline) -> list[Chart]:
    rows = [row for row in report.rows if row.deals.label][:CHARTED]
    if not rows:
        return []
    labels = [row.deals.label for row in rows]
    rates = [row.deals.rate for row in rows]
    return [
        Chart(
            key="win-rate", title=_("Win rate"), labels=labels, kind="bar", form="percent", digits=1, label_name=str(DIMENSIONS.get(report.dimension, "")),
            series=[
                Series(_("of closed"), [None if rate.of_closed is None else float(rate.of_closed) for rate in rates], "leaf", [share_words(ctx, rate.of_closed, 2) for rate in rates]),
                Series(_("of all"), [None if rate.of_all is None else float(rate.of_all) for rate in rates], "sky", [share_words(ctx, rate.of_all, 2) for rate in rates]),
            ],
            csv_url=f"?{report.cohort.query(by=report.dimension)}&format=csv",
        )
    ]  # fmt: skip
