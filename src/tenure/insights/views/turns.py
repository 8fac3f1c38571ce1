"""The turns behind a band or a boundary of the bow-tie."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from tenure.directory.enums import Stage
from tenure.insights.chips import chips_of
from tenure.insights.cohort import Cohort
from tenure.insights.crossing_words import curve_chart, curve_figures
from tenure.insights.domain.bowtie import is_keeping
from tenure.insights.enums import Standing
from tenure.insights.links import list_url
from tenure.insights.pictures import PLURALS
from tenure.insights.queries.turn_rows import TurnRow, list_day_ends, list_turns
from tenure.workspace import formats
from tenure.workspace.pages import page

if TYPE_CHECKING:
    from tenure.workspace.context import Context
    from tenure.workspace.pages import Request


@page("insights.view")
@require_GET
def turns(request: Request) -> HttpResponse:
    """Who passed a stage, or came to a boundary: crossed, on the way, lost."""
    ctx = request.ctx
    cohort = Cohort.read(ctx, request.GET)
    source = request.GET.get("source", "") or request.GET.get("stage", "") or str(Stage.LEAD)
    target, standing = request.GET.get("target", ""), request.GET.get("standing", "")
    ends = list_day_ends(ctx, cohort, source, target) if target and not request.GET.get("after") else []
    found = list_turns(ctx, cohort, source, target, standing, after=request.GET.get("after", ""))
    place = {"source": source, "target": target, "standing": standing}
    context = {
        "page_title": _title(source, target),
        "chips": chips_of(ctx, cohort, extra=place),
        "tabs": _tabs(cohort, source, target, standing) if target else [],
        "figures": curve_figures(ctx, ends) if ends else [],
        "chart": curve_chart(ctx, ends),
        "columns": _columns(source, target),
        "rows": [_row(ctx, row) for row in found.rows],
        "has_target": bool(target),
        "next_url": f"?{cohort.query(**place, after=found.next)}" if found.next else "",
        "back_url": f"{reverse('insights:bow_tie', args=[ctx.workspace.slug])}?{cohort.query()}",
    }
    return render(request, "insights/turns.html", context)


def _title(source: str, target: str) -> str:
    if not target:
        return str(PLURALS[Stage(source)])
    return f"{PLURALS[Stage(source)]} → {PLURALS[Stage(target)]}"


def _tabs(cohort: Cohort, source: str, target: str, standing: str) -> list[dict[str, Any]]:
    choices = [("", _("All who came")), *Standing.choices]
    return [
        {"label": label, "url": f"?{cohort.query(source=source, target=target, standing=value)}", "current": value == standing}
        for value, label in choices
    ]


def _columns(source: str, target: str) -> list[dict[str, Any]]:
    names = [_("Account or lead"), _("First touch"), Stage(source).label]
    if target:
        names.append(Stage(target).label)
    names.append(Stage.CHURNED.label if is_keeping((source, target or source)) else Stage.LOST.label)
    columns: list[dict[str, Any]] = [{"label": name} for name in names]
    return [*columns, {"label": _("Days"), "kind": "number"}] if target else columns


def _row(ctx: Context, row: TurnRow) -> dict[str, Any]:
    url = ""
    if row.account_id and row.account:
        url = reverse("directory:account", args=[ctx.workspace.slug, row.account_id])
    elif row.lead_id:
        url = list_url(ctx, "market:lead", row.lead_id)
    return {
        "id": row.id,
        "name": row.account or row.lead or _("Not known yet"),
        "url": url,
        "first": formats.day(row.first_on),
        "source": formats.day(row.source_on),
        "target": formats.day(row.target_on),
        "ended": formats.day(row.ended_on),
        "days": formats.number(row.days, ctx),
    }
