"""Pages of subscription items: add, correct, change from a day on, delete."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID

from django import forms
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from tenure.billing.actions.change_item import change_item
from tenure.billing.actions.create_item import create_item
from tenure.billing.actions.delete_items import delete_items
from tenure.billing.actions.update_item import update_item
from tenure.billing.models import SubscriptionItem
from tenure.billing.queries.subscriptions import get_item, get_subscription
from tenure.billing.records import ITEM
from tenure.billing.views.forms import answer_form, given, version_of
from tenure.workspace.pages import page, say, see_other
from tenure.workspace.record_form import form_values, record_form

if TYPE_CHECKING:
    from tenure.workspace.context import Context
    from tenure.workspace.pages import Request

OWN = tuple(field.name for field in ITEM.fields if field.name != "subscription")
TERMS = ("plan", "quantity", "net_amount", "list_amount", "currency", "interval", "interval_count")


@page("billing.create_item")
def item_new(request: Request, subscription_id: UUID) -> HttpResponse:
    """The form of a further item."""
    ctx = request.ctx
    owner = get_subscription(ctx, subscription_id)
    form = record_form(ctx, ITEM, request.POST or None, names=OWN)
    if not form.is_bound:
        form.initial.update({"currency": owner.currency, "quantity": 1, "interval": "month", "starts_on": ctx.today()})
    return answer_form(
        request, form, lambda: create_item(ctx, {**given(form), "subscription": subscription_id}), lambda item: _url(ctx, item.subscription_id),
        title=_("New item"), back=_url(ctx, subscription_id),
    )  # fmt: skip


@page("billing.update_item")
def item_edit(request: Request, item_id: UUID) -> HttpResponse:
    """The form of an item: corrections, which were always so."""
    ctx = request.ctx
    item = get_item(ctx, item_id)
    form = record_form(ctx, ITEM, request.POST or None, row=item, names=OWN)
    return answer_form(
        request, form, lambda: update_item(ctx, item_id, form_values(form), version=version_of(request)), lambda done: _url(ctx, done.subscription_id),
        title=str(item), back=_url(ctx, item.subscription_id), row=item,
    )  # fmt: skip


@page("billing.change_item")
def item_changes(request: Request, item_id: UUID) -> HttpResponse:
    """The form by which terms change from a day on."""
    ctx = request.ctx
    item = get_item(ctx, item_id)
    form = record_form(ctx, ITEM, request.POST or None, row=item, names=TERMS)
    form.fields["on"] = forms.DateField(
        label=gettext_lazy("From"),
        initial=ctx.today(),
        widget=forms.DateInput(attrs={"type": "date", "class": "control"}, format="%Y-%m-%d"),
    )
    form.order_fields(["on", *TERMS])
    return answer_form(
        request, form, lambda: _change(ctx, item, form), lambda done: _url(ctx, done.subscription_id),
        title=_("Change %(name)s") % {"name": item}, back=_url(ctx, item.subscription_id),
    )  # fmt: skip


@page("billing.delete_items")
@require_POST
def item_removals(request: Request, item_id: UUID) -> HttpResponse:
    """Delete a further item; the next page offers to take it back."""
    ctx = request.ctx
    item = get_item(ctx, item_id)
    say(request, _("%(name)s deleted.") % {"name": item}, undo=delete_items(ctx, [item_id]))
    return see_other(_url(ctx, item.subscription_id))


def _change(ctx: Context, item: SubscriptionItem, form: forms.Form) -> SubscriptionItem:
    """Only what differs is a change; the list amount goes along with a net amount that was not discounted."""
    values = form_values(form)
    on = values.pop("on")
    before = ITEM.read(ctx, [item], values.keys())[0]
    changed: dict[str, Any] = {name: value for name, value in values.items() if value is not None and value != before[name]}
    return change_item(ctx, item.pk, on=on, values=changed)


def _url(ctx: Context, subscription_id: UUID) -> str:
    return reverse("billing:subscription", args=[ctx.workspace.slug, subscription_id])
