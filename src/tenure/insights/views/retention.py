"""The retention page."""

from __future__ import annotations

import datetime as dt
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from tenure.insights.chips import chips_of
from tenure.insights.domain.cohorts import CohortRow
from tenure.insights.figure_words import money_words, share_words
from tenure.insights.reports.retention import Retention, month_of, retention
from tenure.insights.tables import csv_response
from tenure.insights.words import as_of
from tenure.kernel.rounding import as_decimal
from tenure.ui.charts import Chart, Series
from tenure.workspace import formats
from tenure.workspace.pages import page

if TYPE_CHECKING:
    from tenure.workspace.context import Context
    from tenure.workspace.pages import Request

AGES_SHOWN = 37


@page("insights.view")
@require_GET
def retention_page(request: Request) -> HttpResponse:
    """Who stays: the triangle of cohorts and the curves over all of them."""
    ctx = request.ctx
    ctx.require("billing.view")
    report = retention(ctx, request.GET)
    of_revenue = request.GET.get("of") != "customers"
    ages = range(min(max((len(row.customers_by_age) for row in report.rows), default=0), AGES_SHOWN))
    if request.GET.get("format") == "csv":
        head = [_("Joined"), _("Customers"), _("MRR at the start"), *map(str, ages)]
        return csv_response(ctx, "retention", head, [csv_row(row, of_revenue=of_revenue) for row in report.rows])
    kept = {} if of_revenue else {"of": "customers"}
    query = report.cohort.query(**kept)
    context = {
        "page_title": _("Retention"),
        "as_of": as_of(ctx, report.computed_at),
        "chips": chips_of(ctx, report.cohort, extra=kept, label=_("Joined")),
        "tabs": [
            {"label": _("Of revenue"), "url": f"?{report.cohort.query()}", "current": of_revenue},
            {"label": _("Of customers"), "url": f"?{report.cohort.query(of='customers')}", "current": not of_revenue},
        ],
        "figures": _figures(ctx, report),
        "chart": _curves(ctx, report, query),
        "ages": ages,
        "rows": [_row(ctx, row, of_revenue=of_revenue) for row in reversed(report.rows)],
        "csv_url": f"?{query}&format=csv",
    }
    return render(request, "insights/retention.html", context)


def _row(ctx: Context, row: CohortRow, *, of_revenue: bool) -> dict[str, Any]:
    shares = (row.revenue_retention if of_revenue else row.logo_retention)[:AGES_SHOWN]
    amounts = row.mrr_by_age if of_revenue else row.customers_by_age
    last = len(row.customers_by_age) - 1
    return {
        "month": formats.month(month_of(row.joined_month)),
        "customers": formats.number(row.customers, ctx),
        "start": money_words(ctx, row.start),
        "cells": [
            {
                "share": None if share is None else float(min(share, Fraction(1))),
                "words": share_words(ctx, share, 0),
                "title": money_words(ctx, amount) if of_revenue else formats.number(amount, ctx),  # type: ignore[arg-type]
                "is_running": age == last,
            }
            for age, (share, amount) in enumerate(zip(shares, amounts, strict=False))
        ],
    }


def csv_row(row: CohortRow, *, of_revenue: bool) -> list[Any]:
    """One cohort as a row of the file: shares by age."""
    shares = (row.revenue_retention if of_revenue else row.logo_retention)[:AGES_SHOWN]
    month: dt.date = month_of(row.joined_month)
    return [
        f"{month:%Y-%m}",
        row.customers,
        as_decimal(row.start / 100, 12),
        *("" if share is None else as_decimal(share, 6) for share in shares),
    ]


def _figures(ctx: Context, report: Retention) -> list[dict[str, Any]]:
    then, now = report.years
    nobody = _("no customer paid a year before")
    figures = []
    for label, name in ((_("Net revenue retention"), "net"), (_("Gross retention"), "gross")):
        for year in (now, then):
            value: Fraction | None = getattr(year, name)
            note = nobody if value is None else _("year to %(day)s") % {"day": formats.day(year.ends_on)}
            figures.append({"label": label, "value": share_words(ctx, value), "note": note})
    return figures


def _curves(ctx: Context, report: Retention, query: str) -> Chart | None:
    points = [point for point in report.curve[:AGES_SHOWN] if not point.is_small]
    if len(points) < 2:  # noqa: PLR2004 - a curve has two points
        return None
    lines: list[tuple[str, list[Fraction | None], str]] = [
        (_("Revenue kept"), [point.revenue for point in points], "leaf"), (_("Customers kept"), [point.logo for point in points], "sky"),
    ]  # fmt: skip
    series = [
        Series(
            name,
            [None if share is None else float(share) for share in shares],
            tone,  # type: ignore[arg-type]
            [share_words(ctx, share) for share in shares],
        )
        for name, shares, tone in lines
    ]
    low, high = ([None if point.interval is None else point.interval[end] for point in points] for end in (0, 1))
    for name, bound in ((_("95% interval, low"), low), (_("95% interval, high"), high)):
        series.append(Series(name, bound, "sky-2", [formats.percent(share, ctx) for share in bound], dashed=True))
    return Chart(
        key="curves", title=_("Kept by months since joining"), labels=[str(point.age) for point in points], series=series, form="percent", digits=0,
        label_name=_("Months since joining"), note=_("each age over the cohorts that have reached it, at least 10 customers"), csv_url=f"?{query}&format=csv",
    )  # fmt: skip
