"""The channels page."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from tenure.insights.channel_words import channel_row, charts_of, csv_row, heads, months_words
from tenure.insights.chips import chips_of
from tenure.insights.figure_words import money_words, share_words
from tenure.insights.reports.channels import Channels, channels
from tenure.insights.tables import csv_response
from tenure.insights.words import as_of
from tenure.workspace import formats
from tenure.workspace.pages import page

if TYPE_CHECKING:
    from tenure.workspace.context import Context
    from tenure.workspace.pages import Request


@page("insights.view")
@require_GET
def channels_page(request: Request) -> HttpResponse:
    """What each channel costs and brings, and what to do about it."""
    ctx = request.ctx
    report = channels(ctx, request.GET)
    if request.GET.get("format") == "csv":
        return csv_response(ctx, "channels", heads(), [csv_row(ctx, row) for row in report.rows])
    context = {
        "page_title": _("Return on channels"),
        "as_of": as_of(ctx, report.computed_at),
        "chips": chips_of(ctx, report.cohort, only=("period",), label=_("Period")),
        "figures": _figures(ctx, report),
        "charts": charts_of(ctx, report),
        "columns": [{"label": head, "kind": "number" if 0 < at < len(heads()) - 1 else ""} for at, head in enumerate(heads())],
        "rows": [channel_row(ctx, report, row) for row in report.rows],
        "csv_url": f"?{report.cohort.query()}&format=csv",
        "unrated": ", ".join(sorted(report.unrated)),
    }
    return render(request, "insights/channels.html", context)


def _figures(ctx: Context, report: Channels) -> list[dict[str, Any]]:
    everyone, days = report.everyone, report.to_won
    mean = formats.number(days.mean, ctx, digits=2)
    note = _("%(won)s of %(leads)s leads") % {
        "won": formats.number(everyone.won, ctx),
        "leads": formats.number(everyone.leads, ctx),
    }
    costs = "" if everyone.loaded else _("no costs are known: import channel costs")
    return [
        {"label": _("Leads"), "value": formats.number(everyone.leads, ctx), "note": ""},
        {"label": _("Lead to won"), "value": share_words(ctx, everyone.won_share, 3 if everyone.leads >= 1000 else 1), "note": note},  # noqa: PLR2004
        {
            "label": _("Days to won, median"), "value": formats.number(days.median, ctx, digits=2), "unit": _("d") if days.count else "",
            "note": _("mean %(mean)s d") % {"mean": mean} if days.count else _("nobody was won"),
        },
        {"label": _("Cost of winning"), "value": money_words(ctx, everyone.loaded) if everyone.loaded else formats.DASH, "note": costs},
        {"label": _("CAC"), "value": money_words(ctx, everyone.cac), "note": costs or _("with all costs")},
        {"label": _("Payback"), "value": months_words(ctx, everyone.payback), "note": costs or ("" if everyone.margin else _("on revenue: no gross margin is set"))},
    ]  # fmt: skip
