"""Pages of the catalogue: the list, one event with its properties and violations, and its plan."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_POST

from tenure.kernel.errors import DomainError
from tenure.stream.actions.plan_event import plan_event
from tenure.stream.actions.retire_event import retire_event
from tenure.stream.actions.update_event_plan import update_event_plan
from tenure.stream.cataloguing import MOST_NAMES, MOST_PROPERTIES
from tenure.stream.domain.plan import read_expected
from tenure.stream.enums_of_governance import PlanMode, PlanState
from tenure.stream.governance_forms import PlanForm, plan_rows, read_plan_rows
from tenure.stream.lists.event_names import EVENT_NAMES, PLAN_TONES
from tenure.stream.models import EventName, EventProperty
from tenure.stream.property_rows import property_rows, violation_rows
from tenure.stream.queries.governance import find_governance, get_event_name
from tenure.stream.queries.seen import count_by_day
from tenure.stream.store.client import StoreUnavailable
from tenure.ui.charts import Chart, Series
from tenure.workspace import formats
from tenure.workspace.list_page import Surroundings, list_page
from tenure.workspace.pages import error_sentence, page, say, see_other
from tenure.workspace.record_form import add_error

if TYPE_CHECKING:
    from datetime import datetime

    from tenure.workspace.context import Context
    from tenure.workspace.pages import Request

DAYS = 30
MAY_PLAN = "stream.plan_events"


def _words(ctx: Context) -> dict[str, Any]:
    governance = find_governance(ctx)
    return {
        "names_left_out": formats.number(governance.names_left_out, ctx) if governance.names_left_out else "",
        "most_names": formats.number(MOST_NAMES, ctx),
        "blocks": PlanMode.BLOCK in {governance.plan_mode, governance.unplanned_mode},
        "may_plan": ctx.holds(MAY_PLAN),
    }


AROUND_NAMES = Surroundings(
    record="",
    row_url="stream:event_name",
    actions="stream/catalogue_actions.html",
    words="stream/catalogue_words.html",
    words_told=_words,
    empty_title=gettext_lazy("No events yet"),
    empty_text=gettext_lazy(
        "Every name that your product sends is listed here by itself, with its properties, their types and how often they came. "
        "Plan what an event must look like, and Tenure shows or blocks what breaks the plan."
    ),
)


@page("stream.view")
@require_GET
def event_names(request: Request) -> HttpResponse:
    """The catalogue."""
    return list_page(request, EVENT_NAMES, AROUND_NAMES)


@page("stream.view")
@require_GET
def event_name(request: Request, event_name_id: UUID) -> HttpResponse:
    """One event: volume, properties by type, what breaks the plan."""
    ctx = request.ctx
    row = get_event_name(ctx, event_name_id)
    properties = list(EventProperty.objects.filter(event_name=row).order_by("-volume", "name"))
    context = {
        "page_title": row.name,
        "event_name": row,
        "tone": PLAN_TONES.get(PlanState(row.plan), ""),
        "mode": _mode(ctx, row),
        "figures": _figures(ctx, row, len(properties)),
        "chart": _chart(ctx, row),
        "properties": property_rows(ctx, row, properties),
        "violations": violation_rows(ctx, row),
        "left_out": formats.number(row.properties_left_out, ctx) if row.properties_left_out else "",
        "most_properties": MOST_PROPERTIES,
        "may_plan": ctx.holds(MAY_PLAN),
        "may_correct": ctx.holds("stream.correct_events"),
        "may_read_refused": ctx.holds("stream.view_refusals"),
    }
    return render(request, "stream/event_name.html", context)


@page(MAY_PLAN)
def event_name_new(request: Request) -> HttpResponse:
    """The plan of an event that was not sent yet."""
    request.ctx.require_everywhere(MAY_PLAN)
    return _plan_page(request, None, PlanForm(request.POST or None, initial={"name": request.GET.get("name", "")}))


@page(MAY_PLAN)
def event_plan(request: Request, event_name_id: UUID) -> HttpResponse:
    """The plan of an event."""
    row = get_event_name(request.ctx, event_name_id)
    initial = {"description": row.description, "mode": row.mode}
    return _plan_page(request, row, PlanForm(request.POST or None, initial=initial, is_named=True))


@page(MAY_PLAN)
@require_POST
def event_retirements(request: Request, event_name_id: UUID) -> HttpResponse:
    """Retire an event."""
    row = retire_event(request.ctx, event_name_id)
    say(request, _("%(name)s is retired.") % {"name": row.name})
    return see_other(_url(request, row))


def _plan_page(request: Request, row: EventName | None, form: PlanForm) -> HttpResponse:
    ctx, status = request.ctx, 200
    expected = read_expected(row.expected) if row else []
    if request.method == "POST":
        status = 422
        if form.is_valid():
            given = {"mode": form.cleaned_data["mode"], "description": form.cleaned_data["description"]}
            rules = read_plan_rows(request.POST)
            try:
                if row is None:
                    row = plan_event(ctx, form.cleaned_data["name"], expected=rules, **given)
                else:
                    row = update_event_plan(ctx, row.pk, expected=rules, **given)
            except DomainError as error:
                add_error(form, error, error_sentence(error))
            else:
                say(request, _("%(name)s is planned. Ingest knows it within seconds.") % {"name": row.name})
                return see_other(_url(request, row))
    seen = EventProperty.objects.filter(event_name=row).order_by("-volume", "name") if row else EventProperty.objects.none()
    context = {
        "page_title": _("Plan of %(name)s") % {"name": row.name} if row else _("Plan an event"),
        "form": form,
        "rows": plan_rows(expected, list(seen.values_list("name", flat=True)[:50])),
        "back": _url(request, row) if row else reverse("stream:event_names", args=[ctx.workspace.slug]),
    }
    return render(request, "stream/event_plan.html", context, status=status)


def _url(request: Request, row: EventName) -> str:
    return reverse("stream:event_name", args=[request.ctx.workspace.slug, row.pk])


def _mode(ctx: Context, row: EventName) -> str:
    return str(PlanMode(row.mode or find_governance(ctx).plan_mode).label) if row.plan != PlanState.UNPLANNED else ""


def _figures(ctx: Context, row: EventName, properties: int) -> list[dict[str, Any]]:
    return [
        {"label": _("Events"), "value": formats.number(row.volume, ctx), "note": _("in the store, exactly")},
        {"label": _("Properties"), "value": formats.number(properties, ctx)},
        {"label": _("First seen"), "value": _day(ctx, row.first_seen_at)},
        {"label": _("Last seen"), "value": _day(ctx, row.last_seen_at)},
        {"label": _("Violations"), "value": formats.number(row.violations, ctx)},
    ]


def _day(ctx: Context, instant: datetime | None) -> str:
    return formats.day(instant.astimezone(ctx.tz).date() if instant else None)


def _chart(ctx: Context, row: EventName) -> Chart | None:
    """Events a day of the last month; None while the store is away or where there is none."""
    today = ctx.now().astimezone(ctx.tz).date()
    days = [today - timedelta(days=back) for back in range(DAYS - 1, -1, -1)]
    try:
        counted = count_by_day(ctx, row.name, days[0])
    except StoreUnavailable:
        return None
    if not counted:
        return None
    values = [counted.get(day, 0) for day in days]
    series = Series(_("Events"), values, texts=[formats.number(value, ctx) for value in values])
    labels = [formats.day(day, is_short=True) for day in days]
    return Chart("events-by-day", _("Events a day"), labels, [series], kind="bar", label_name=_("Day"))
