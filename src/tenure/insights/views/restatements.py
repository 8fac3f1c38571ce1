"""The restatement log: what was reported when, and why it is another number now."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from tenure.insights import restatement_words as said
from tenure.insights.chips import chips_of
from tenure.insights.reports.restatements import restatements
from tenure.insights.tables import csv_response
from tenure.insights.words import as_of
from tenure.workspace.pages import page

if TYPE_CHECKING:
    from tenure.insights.reports.restatements import LoggedMonth, Restatements
    from tenure.workspace.context import Context
    from tenure.workspace.pages import Request

MONTHS_SAID = 3


@page("insights.view")
@require_GET
def restatements_page(request: Request) -> HttpResponse:
    """Closed months as they were reported and as they are known now; with `month` one of them, and every movement behind it."""
    ctx = request.ctx
    ctx.require("billing.view")
    report = restatements(ctx, request.GET)
    if request.GET.get("format") == "csv":
        return _file(ctx, report)
    context = _one(ctx, report) if report.one else _all(ctx, report)
    return render(request, "insights/restatements.html", context | {"as_of": as_of(ctx, report.computed_at), "report": report})


def _file(ctx: Context, report: Restatements) -> HttpResponse:
    if report.one:
        rows = [said.reason_csv_row(ctx, reason) for month in report.months for reason in month.reasons]
        return csv_response(ctx, f"restatements-{report.one:%Y-%m}", said.reason_heads(), rows)
    return csv_response(ctx, "restatements", said.csv_heads(), [said.csv_row(ctx, month) for month in report.months])


def _all(ctx: Context, report: Restatements) -> dict[str, Any]:
    months = [said.month_row(ctx, month) for month in report.months]
    return {
        "page_title": _("Restatements"),
        "chips": chips_of(ctx, report.cohort, label=_("Months"), only=("period",)),
        "stories": [_story(ctx, month) for month in report.restated[:MONTHS_SAID]],
        "columns": [
            {"label": head, "kind": "number" if 0 < at < len(said.heads()) - 2 else ""} for at, head in enumerate(said.heads())
        ],
        "rows": months,
        "csv_url": f"?{report.cohort.query()}&format=csv",
    }


def _one(ctx: Context, report: Restatements) -> dict[str, Any]:
    assert report.one is not None
    month = f"{report.one:%Y-%m}"
    heads = said.reason_heads()
    reasons = [said.reason_words(ctx, reason) for each in report.months for reason in each.reasons]
    return {
        "page_title": _("%(month)s, restated") % {"month": said.long_month(report.one)},
        "is_one": True,
        "is_cut": any(each.is_cut for each in report.months),
        "stories": [_story(ctx, each) | {"url": ""} for each in report.restated],
        "columns": [
            {"label": head, "kind": "number" if at == heads.index(_("Effect on MRR")) else ""} for at, head in enumerate(heads)
        ],
        "reasons": reasons,
        "csv_url": f"?month={month}&format=csv",
    }


def _story(ctx: Context, month: LoggedMonth) -> dict[str, Any]:
    return {"sentences": said.sentences(ctx, month), "url": said.month_row(ctx, month)["url"]}
