"""Settings of product events: what happens to events that break the plan, and how long events are kept."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from tenure.stream.actions.set_plan_mode import set_plan_mode
from tenure.stream.actions.set_retention import set_retention
from tenure.stream.governance_forms import PlanModeForm, RetentionForm
from tenure.stream.queries.governance import find_governance
from tenure.stream.retention import list_old_months
from tenure.stream.store.client import StoreUnavailable
from tenure.workspace import formats
from tenure.workspace.pages import page, say, see_other
from tenure.workspace.settings_pages import settings_tabs

if TYPE_CHECKING:
    from tenure.workspace.pages import Request

MAY_PLAN, MAY_KEEP = "stream.plan_events", "stream.set_retention"


@page(MAY_KEEP)
def event_retention(request: Request) -> HttpResponse:
    """How long events are kept: a first post shows what would go, a second one sets it; and the plan's modes beside."""
    ctx = request.ctx
    ctx.require_everywhere(MAY_KEEP)
    governance = find_governance(ctx)
    form = RetentionForm(request.POST or None, initial={"kept_months": governance.kept_months})
    if request.method != "POST":
        return _settings_page(request, form)
    if not form.is_valid():
        return _settings_page(request, form, status=422)
    months = form.cleaned_data["kept_months"]
    if request.POST.get("do") == "set" or months is None:
        set_retention(ctx, months)
        say(request, _("Set. What is older goes with the next daily run.") if months else _("Events are kept for ever."))
        return see_other(reverse("stream:event_retention", args=[ctx.workspace.slug]))
    return _settings_page(request, form, months=months)


@page(MAY_PLAN)
@require_POST
def plan_modes(request: Request) -> HttpResponse:
    """Watch or block."""
    form = PlanModeForm(request.POST)
    if form.is_valid():
        set_plan_mode(request.ctx, **form.cleaned_data)
        say(request, _("Set. Ingest knows it within seconds."))
    return see_other(reverse("stream:event_retention", args=[request.ctx.workspace.slug]))


def _settings_page(request: Request, form: RetentionForm, *, months: int | None = None, status: int = 200) -> HttpResponse:
    ctx = request.ctx
    governance = find_governance(ctx)
    modes = {"plan_mode": governance.plan_mode, "unplanned_mode": governance.unplanned_mode}
    context = {
        "page_title": _("Product events"),
        "settings_tabs": settings_tabs(ctx, "event_retention"),
        "form": form,
        "mode_form": PlanModeForm(initial=modes) if ctx.holds(MAY_PLAN) else None,
        "is_preview": months is not None,
    }
    if months is not None:
        try:
            old = list_old_months(ctx, months)
        except StoreUnavailable:
            context["is_away"] = True
        else:
            context |= {
                "old_months": [(_month(one.month), formats.number(one.events, ctx)) for one in old],
                "old_events": formats.number(sum(one.events for one in old), ctx),
            }
    return render(request, "stream/event_retention.html", context, status=status)


def _month(month: int) -> str:
    return formats.month(date(month // 100, month % 100, 1), is_long=True)
