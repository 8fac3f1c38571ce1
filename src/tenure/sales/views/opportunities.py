"""Pages of opportunities: the list, one deal with its history, the forms, its moves, and how a lead becomes one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID

from django import forms
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_POST

from tenure.kernel.errors import DomainError
from tenure.market.queries.records import get_record
from tenure.market.records import LEAD
from tenure.sales.actions.convert_lead import convert_lead
from tenure.sales.actions.create_opportunity import create_opportunity
from tenure.sales.actions.delete_opportunities import delete_opportunities
from tenure.sales.actions.move_opportunity import move_opportunity
from tenure.sales.actions.update_opportunity import update_opportunity
from tenure.sales.deal_page import deal_figures, deal_path, deal_steps
from tenure.sales.enums import Outcome
from tenure.sales.errors import StageMissing
from tenure.sales.lists import OPPORTUNITIES, stage_choices
from tenure.sales.models import PipelineStage
from tenure.sales.records import OPPORTUNITY
from tenure.workspace.list_page import Surroundings, list_page
from tenure.workspace.pages import error_sentence, page, say, see_other
from tenure.workspace.record_form import add_error, form_values
from tenure.workspace.record_pages import RecordPlaces, edit_record_page, new_record_page, record_removal

if TYPE_CHECKING:
    from tenure.sales.models import Opportunity
    from tenure.workspace.context import Context
    from tenure.workspace.pages import Request

RELATED = ("account", "person", "lead", "lead__channel", "owner", "agent", "product", "stage")
AROUND_OPPORTUNITIES = Surroundings(
    record="opportunity",
    row_url="sales:opportunity",
    peek_url="sales:opportunity_peek",
    new_url="sales:opportunity_new",
    import_record="opportunity",
    empty_title=gettext_lazy("No opportunities yet"),
    empty_text=gettext_lazy(
        "An opportunity is a deal that is being won or lost: with whom, how much, in which stage, and why it ended as it did."
    ),
)


def _with_stages(ctx: Context, form: forms.Form) -> None:
    """The stages are few: they are chosen, not searched."""
    form.fields["stage"] = forms.TypedChoiceField(
        label=form.fields["stage"].label,
        required=False,
        choices=[(choice.value, choice.label) for choice in stage_choices(ctx)],
        coerce=UUID,
        empty_value=None,
        widget=forms.Select(attrs={"class": "control"}),
    )
    form.fields.pop("stage_since", None)


PLACES = RecordPlaces(OPPORTUNITY, "sales:opportunities", row_url="sales:opportunity", adjust=_with_stages)


@page("sales.view")
@require_GET
def opportunities(request: Request) -> HttpResponse:
    """The list of opportunities."""
    return list_page(request, OPPORTUNITIES, AROUND_OPPORTUNITIES)


@page("sales.create_opportunity")
def opportunity_new(request: Request) -> HttpResponse:
    """The form of a new opportunity."""
    initial = {
        "currency": request.ctx.workspace.currency,
        "owner": request.ctx.member_id,
        "account": request.GET.get("account", ""),
    }
    return new_record_page(request, PLACES, create_opportunity, initial=initial)


@page("sales.update_opportunity")
def opportunity_edit(request: Request, opportunity_id: UUID) -> HttpResponse:
    """The form of an opportunity."""
    return edit_record_page(request, PLACES, _deal(request, opportunity_id), update_opportunity)


@page("sales.view")
@require_GET
def opportunity(request: Request, opportunity_id: UUID) -> HttpResponse:
    """One deal: how much, how far, with whom, where it came from, what it went through."""
    row = _deal(request, opportunity_id)
    return render(request, "sales/opportunity.html", {**_about(request.ctx, row), "steps": deal_steps(request.ctx, row)})


@page("sales.view")
@require_GET
def opportunity_peek(request: Request, opportunity_id: UUID) -> HttpResponse:
    """A deal opened in place below its row."""
    return render(request, "sales/opportunity_peek.html", _about(request.ctx, _deal(request, opportunity_id)))


@page("sales.move_opportunity")
@require_POST
def opportunity_moves(request: Request, opportunity_id: UUID) -> HttpResponse:
    """Move a deal to a stage."""
    deal = _deal(request, opportunity_id)
    row = move_opportunity(request.ctx, deal.pk, _stage_of(request.POST.get("stage", "")), reason=request.POST.get("reason", ""))
    say(request, _("Moved."), undo=row.last_change_set)
    return see_other(reverse("sales:opportunity", args=[request.ctx.workspace.slug, opportunity_id]))


@page("sales.delete_opportunities")
@require_POST
def opportunity_removals(request: Request, opportunity_id: UUID) -> HttpResponse:
    """Delete a deal."""
    return record_removal(request, PLACES, _deal(request, opportunity_id), delete_opportunities)


@page("sales.convert_lead")
def lead_opportunity(request: Request, lead_id: UUID) -> HttpResponse:
    """The form by which a lead becomes a deal."""
    ctx = request.ctx
    lead = get_record(ctx, LEAD, lead_id, related=("account",))
    form = PLACES.form(ctx, request.POST or None)
    form.fields = {
        name: form.fields[name]
        for name in ("name", "account", "stage", "amount", "currency", "product", "expected_close_on", "owner")
    }
    form.initial = {
        "name": lead.company or lead.name,
        "account": lead.account_id,
        "owner": lead.owner_id or ctx.member_id,
        "currency": ctx.workspace.currency,
    }
    if lead.company and lead.account_id is None:
        form.fields["account"].help_text = _("Left empty, an account “%(company)s” is made.") % {"company": lead.company}
    if request.method == "POST" and form.is_valid():
        try:
            deal = convert_lead(
                ctx, lead_id, {name: value for name, value in form_values(form).items() if value not in ("", None)}
            )
        except DomainError as error:
            add_error(form, error, error_sentence(error))
        else:
            say(request, _("The lead is a deal now."), undo=deal.last_change_set)
            return see_other(PLACES.row_at(ctx, deal))
    back = reverse("market:lead", args=[ctx.workspace.slug, lead_id])
    context = {"form": form, "page_title": _("Open a deal with %(lead)s") % {"lead": lead}, "back_url": back, "back": str(lead)}
    return render(request, "workspace/record_form.html", context, status=422 if form.is_bound else 200)


def _deal(request: Request, opportunity_id: UUID) -> Opportunity:
    return get_record(request.ctx, OPPORTUNITY, opportunity_id, related=RELATED)


def _stage_of(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError as problem:
        raise StageMissing from problem


def _about(ctx: Context, row: Opportunity) -> dict[str, Any]:
    stages = list(PipelineStage.objects.order_by("position", "id"))
    return {
        "deal": row,
        "page_title": str(row),
        "stages": deal_path(row, stages),
        "figures": deal_figures(ctx, row),
        "open_stages": [stage for stage in stages if stage.meaning == Outcome.OPEN and stage.pk != row.stage_id],
        "won_stage": next((stage for stage in stages if stage.meaning == Outcome.WON), None),
        "lost_stage": next((stage for stage in stages if stage.meaning == Outcome.LOST), None),
        "may_change": ctx.holds("sales.update_opportunity"),
        "may_move": ctx.holds("sales.move_opportunity"),
        "may_delete": ctx.holds("sales.delete_opportunities"),
    }
