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
from tenure.insights.domain.boundaries import OwnEntries
from tenure.insights.domain.bowtie import is_keeping
from tenure.insights.entry_words import entry_figures, entry_tabs
from tenure.insights.enums import Entry, Standing
from tenure.insights.links import list_url
from tenure.insights.pictures import PLURALS
from tenure.insights.queries.turn_rows import TurnRow, list_turns, watch_boundary
from tenure.workspace import formats
from tenure.workspace.pages import page

if TYPE_CHECKING:
    from tenure.workspace.context import Context
    from tenure.workspace.pages import Request


@page("insights.view")
@require_GET
def turns(request: Request) -> HttpResponse:
    """Who passed a stage (really entered it, or skipped it), or came to a boundary: crossed, on the way, lost."""
    ctx = request.ctx
    cohort = Cohort.read(ctx, request.GET)
    source = request.GET.get("source", "") or request.GET.get("stage", "") or str(Stage.LEAD)
    target, standing, entry = (request.GET.get(name, "") for name in ("target", "standing", "entry"))
    is_first = bool(target) and not request.GET.get("after")
    ends, own = watch_boundary(ctx, cohort, source, target) if is_first else ([], OwnEntries())
    found = list_turns(ctx, cohort, source, target, standing, entry, after=request.GET.get("after", ""))
    place = {"source": source, "target": target, "standing": standing, "entry": entry}
    context = {
        "page_title": _title(source, target),
        "chips": chips_of(ctx, cohort, extra=place),
        "tabs": _tabs(cohort, place) if target else entry_tabs(cohort, place, entry),
        "under": _entry_words(entry, source, target, standing),
        "all_url": f"?{cohort.query(**place | {'entry': ''})}",
        "figures": [*entry_figures(ctx, cohort, (source, target), own), *curve_figures(ctx, ends)] if ends else [],
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


def _entry_words(entry: str, source: str, target: str, standing: str) -> str:
    """Who is left out, where only some of those who passed are shown."""
    if not target or entry not in Entry.values:
        return ""
    names = {"source": PLURALS[Stage(source)], "target": PLURALS[Stage(target)]}
    if entry == Entry.SKIPPED:
        return _("Only those who skipped %(source)s.") % names
    if standing == Standing.CROSSED:
        return _("Only those who really entered %(source)s and %(target)s, without skipping one.") % names
    return _("Only those who really entered %(source)s, without skipping it.") % names


def _tabs(cohort: Cohort, place: dict[str, str]) -> list[dict[str, Any]]:
    choices = [("", _("All who came")), *Standing.choices]
    return [
        {"label": label, "url": f"?{cohort.query(**place | {'standing': value})}", "current": value == place["standing"]}
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
