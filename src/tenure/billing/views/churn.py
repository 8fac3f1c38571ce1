"""Pages of reported churn: the list with both counts and why they differ, the forms; and the movements behind every revenue number."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_POST

from tenure.billing.actions.delete_reported_churn import delete_reported_churn
from tenure.billing.actions.report_churn import report_churn
from tenure.billing.actions.update_reported_churn import update_reported_churn
from tenure.billing.amounts_shown import show_amounts
from tenure.billing.lists import MOVEMENTS, REPORTED_CHURNS
from tenure.billing.models import ReportedChurn
from tenure.billing.queries.movements import get_movement
from tenure.billing.queries.reported_churn import compare_churn, get_reported_churn
from tenure.billing.records import REPORTED_CHURN
from tenure.billing.views.forms import answer_form, given, version_of
from tenure.workspace import formats
from tenure.workspace.list_page import Surroundings, list_page
from tenure.workspace.pages import page, say, see_other
from tenure.workspace.record_form import form_values, record_form

if TYPE_CHECKING:
    from tenure.workspace.context import Context
    from tenure.workspace.pages import Request


def _both_counts(ctx: Context) -> dict[str, Any]:
    """What was reported beside what subscriptions say."""
    found = compare_churn(ctx)
    said = {name: formats.number(value, ctx) for name, value in found._asdict().items()}
    share = formats.percent(found.ended / found.subscriptions, ctx, digits=2) if found.subscriptions else formats.DASH
    return {
        "compared": found,
        "said": said,
        "share": share,
        "ended_url": f"{reverse('billing:subscriptions', args=[ctx.workspace.slug])}?state=ended",
    }


AROUND_REPORTS = Surroundings(
    record="reported_churn",
    row_url="billing:reported_churn_edit",
    new_url="billing:reported_churn_new",
    import_record="reported_churn",
    empty_title=gettext_lazy("No churn was reported"),
    empty_text=gettext_lazy(
        "What people say about customers who left, and why. It is kept beside what subscriptions say, and moves no MRR."
    ),
    words="billing/both_counts.html",
    words_told=_both_counts,
)
AROUND_MOVEMENTS = Surroundings(
    record="",
    row_url="billing:movement",
    empty_title=gettext_lazy("No movements yet"),
    empty_text=gettext_lazy("Each change of MRR stands here with the item behind it, as soon as there are subscriptions."),
)


@page("billing.view")
@require_GET
def reported_churn(request: Request) -> HttpResponse:
    """The list of reports, under both counts."""
    return list_page(request, REPORTED_CHURNS, AROUND_REPORTS)


@page("billing.report_churn")
def reported_churn_new(request: Request) -> HttpResponse:
    """The form of a new report."""
    ctx = request.ctx
    form = record_form(ctx, REPORTED_CHURN, request.POST or None)
    if not form.is_bound:
        form.initial.update({"account": request.GET.get("account", ""), "churned_on": ctx.today()})
    return answer_form(
        request,
        form,
        lambda: report_churn(ctx, given(form)),
        lambda _row: _list_url(ctx),
        title=_("Report churn"),
        back=_list_url(ctx),
    )


@page("billing.update_reported_churn")
def reported_churn_edit(request: Request, report_id: UUID) -> HttpResponse:
    """The form of a report."""
    ctx = request.ctx
    row: ReportedChurn = get_reported_churn(ctx, report_id)
    form = record_form(ctx, REPORTED_CHURN, request.POST or None, row=row)
    return answer_form(
        request, form, lambda: update_reported_churn(ctx, report_id, form_values(form), version=version_of(request)), lambda _row: _list_url(ctx),
        title=str(row.account), back=_list_url(ctx), row=row,
    )  # fmt: skip


@page("billing.delete_reported_churn")
@require_POST
def reported_churn_removals(request: Request, report_id: UUID) -> HttpResponse:
    """Delete a report; the next page offers to take it back."""
    ctx = request.ctx
    say(request, _("Report deleted."), undo=delete_reported_churn(ctx, [report_id]))
    return see_other(_list_url(ctx))


@page("billing.view")
@require_GET
def movements(request: Request) -> HttpResponse:
    """The list of movements."""
    return list_page(request, MOVEMENTS, AROUND_MOVEMENTS)


@page("billing.view")
@require_GET
def movement(request: Request, movement_id: UUID) -> HttpResponse:
    """One movement: the item, subscription, opportunity and lead behind it, and when it became known."""
    row = get_movement(request.ctx, movement_id)
    show_amounts(request.ctx, [row])
    context = {"movement": row, "deal": row.subscription.opportunity, "page_title": str(row)}
    return render(request, "billing/movement.html", context)


def _list_url(ctx: Context) -> str:
    return reverse("billing:reported_churn", args=[ctx.workspace.slug])
