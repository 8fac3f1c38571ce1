"""The revenue page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from tenure.insights.chips import chips_of
from tenure.insights.figure_words import figure_words, money_words
from tenure.insights.reports.revenue import DEFINITION, revenue
from tenure.insights.revenue_words import charts_of, csv_row, heads, month_row
from tenure.insights.tables import csv_response
from tenure.insights.words import as_of
from tenure.workspace import formats
from tenure.workspace.pages import page

if TYPE_CHECKING:
    from tenure.workspace.pages import Request


@page("insights.view")
@require_GET
def revenue_page(request: Request) -> HttpResponse:
    """MRR month by month, what moved it, who left, and what a customer is worth."""
    ctx = request.ctx
    ctx.require("billing.view")
    report = revenue(ctx, request.GET)
    if request.GET.get("format") == "csv":
        return csv_response(ctx, "revenue", heads(report), [csv_row(ctx, report, month) for month in report.months])
    level = report.level
    context = {
        "page_title": _("Revenue"),
        "chips": chips_of(ctx, report.cohort, label=_("Months")),
        "as_of": as_of(ctx, report.computed_at),
        "report": report,
        "figures": [figure_words(ctx, figure, f"#{figure.name}") for figure in report.figures],
        "charts": charts_of(ctx, report),
        "columns": [{"label": head, "kind": "number" if at else ""} for at, head in enumerate(heads(report))],
        "rows": [month_row(ctx, report, month) for month in reversed(report.months)],
        "csv_url": f"?{report.cohort.query()}&format=csv",
        "level": {
            "day": formats.day(report.last_day),
            "mrr": money_words(ctx, report.level_minor),  # type: ignore[arg-type]
            "paying": formats.number(level.paying.subscriptions, ctx),
            "paying_accounts": formats.number(level.paying.accounts, ctx),
            "running": formats.number(level.running.subscriptions, ctx),
            "running_accounts": formats.number(level.running.accounts, ctx),
        },
        "definition": DEFINITION,
    }
    return render(request, "insights/revenue.html", context)


@page("insights.view")
@require_GET
def how(request: Request) -> HttpResponse:
    """How the figures of revenue and retention are defined."""
    return render(request, "insights/revenue_how.html", {"page_title": _("How revenue is counted"), "definition": DEFINITION})
