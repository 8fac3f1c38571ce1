"""Pages of leads: the list, one lead with the way it came, the forms, and what is decided about it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_POST

from tenure.market.actions.create_lead import create_lead
from tenure.market.actions.delete_leads import delete_leads
from tenure.market.actions.disqualify_lead import disqualify_lead
from tenure.market.actions.qualify_lead import qualify_lead
from tenure.market.actions.update_lead import update_lead
from tenure.market.lead_page import lead_parts
from tenure.market.lists import LEADS
from tenure.market.queries.records import get_record
from tenure.market.records import LEAD
from tenure.market.touches import lead_path, touch_rows
from tenure.workspace.list_page import Surroundings, list_page
from tenure.workspace.pages import page, say, see_other
from tenure.workspace.record_pages import RecordPlaces, edit_record_page, new_record_page, record_removal

if TYPE_CHECKING:
    from django import forms

    from tenure.market.models import Lead
    from tenure.workspace.context import Context
    from tenure.workspace.pages import Request

RELATED = ("account", "person", "channel", "segment", "owner")
AROUND_LEADS = Surroundings(
    record="lead",
    row_url="market:lead",
    peek_url="market:lead_peek",
    new_url="market:lead_new",
    import_record="lead",
    empty_title=gettext_lazy("No leads yet"),
    empty_text=gettext_lazy(
        "A lead is somebody who was identified: with how they came, what they looked at, and whether they are worth an offer."
    ),
)


def _fewer_fields(_ctx: Context, form: forms.Form) -> None:
    """What is decided by buttons and what came in with a touch is not typed."""
    for name in [name for name in form.fields if name.startswith(("first_", "last_")) and name != "first_contact_at"]:
        del form.fields[name]
    for name in ("status", "qualified_at", "disqualified_at", "lost_reason", "person"):
        form.fields.pop(name, None)


PLACES = RecordPlaces(LEAD, "market:leads", row_url="market:lead", adjust=_fewer_fields)


@page("market.view")
@require_GET
def leads(request: Request) -> HttpResponse:
    """The list of leads."""
    return list_page(request, LEADS, AROUND_LEADS)


@page("market.create_lead")
def lead_new(request: Request) -> HttpResponse:
    """The form of a new lead."""
    return new_record_page(request, PLACES, create_lead)


@page("market.update_lead")
def lead_edit(request: Request, lead_id: UUID) -> HttpResponse:
    """The form of a lead."""
    return edit_record_page(request, PLACES, get_record(request.ctx, LEAD, lead_id), update_lead)


@page("market.view")
@require_GET
def lead(request: Request, lead_id: UUID) -> HttpResponse:
    """One lead: how it came, how far it is, what came of it."""
    row = get_record(request.ctx, LEAD, lead_id, related=RELATED)
    return render(request, "market/lead.html", {**_about(request.ctx, row), **lead_parts(request, request.ctx, row)})


@page("market.view")
@require_GET
def lead_peek(request: Request, lead_id: UUID) -> HttpResponse:
    """A lead opened in place below its row."""
    return render(request, "market/lead_peek.html", _about(request.ctx, get_record(request.ctx, LEAD, lead_id, related=RELATED)))


@page("market.qualify_lead")
@require_POST
def lead_qualifications(request: Request, lead_id: UUID) -> HttpResponse:
    """Find a lead worth an offer."""
    row = qualify_lead(request.ctx, lead_id)
    say(request, _("Qualified."), undo=row.last_change_set)
    return _back(request, lead_id)


@page("market.disqualify_lead")
@require_POST
def lead_disqualifications(request: Request, lead_id: UUID) -> HttpResponse:
    """Give a lead up, with the reason."""
    row = disqualify_lead(request.ctx, lead_id, reason=request.POST.get("reason", ""))
    say(request, _("Given up."), undo=row.last_change_set)
    return _back(request, lead_id)


@page("market.delete_leads")
@require_POST
def lead_removals(request: Request, lead_id: UUID) -> HttpResponse:
    """Delete a lead."""
    return record_removal(request, PLACES, get_record(request.ctx, LEAD, lead_id), delete_leads)


def _back(request: Request, lead_id: UUID) -> HttpResponse:
    return see_other(reverse("market:lead", args=[request.ctx.workspace.slug, lead_id]))


def _about(ctx: Context, row: Lead) -> dict[str, Any]:
    return {
        "lead": row,
        "page_title": str(row),
        "stages": lead_path(ctx, row),
        "touches": touch_rows(row),
        "may_change": ctx.holds("market.update_lead"),
        "may_delete": ctx.holds("market.delete_leads"),
        "may_qualify": ctx.holds("market.qualify_lead") and row.is_open and row.qualified_at is None,
        "may_give_up": ctx.holds("market.disqualify_lead") and row.is_open,
        "may_come_back": ctx.holds("market.qualify_lead") and row.status == "disqualified",
    }
