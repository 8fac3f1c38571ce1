"""Pages of subscriptions: the list, the forms, one subscription with its items and what it moved."""

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

from tenure.billing.actions.create_subscription import create_subscription
from tenure.billing.actions.delete_subscriptions import delete_subscriptions
from tenure.billing.actions.end_subscription import end_subscription
from tenure.billing.actions.update_subscription import update_subscription
from tenure.billing.amounts_shown import show_amounts, show_item_amounts
from tenure.billing.enums import SubscriptionState
from tenure.billing.lists import SUBSCRIPTIONS
from tenure.billing.lists.movements import MOVEMENT_TONES
from tenure.billing.lists.subscriptions import STATE_TONES
from tenure.billing.models import MrrMovement, Subscription
from tenure.billing.queries.subscriptions import get_subscription, items_of
from tenure.billing.records import SUBSCRIPTION
from tenure.billing.views.forms import answer_form, given, version_of
from tenure.workspace.list_page import Surroundings, list_page
from tenure.workspace.pages import page, say, see_other
from tenure.workspace.record_form import form_values, record_form

if TYPE_CHECKING:
    from tenure.workspace.context import Context
    from tenure.workspace.pages import Request


def _never_active(ctx: Context) -> dict[str, Any]:
    """A warning where subscriptions end on the day they start."""
    count = Subscription.objects.filter(state=SubscriptionState.NEVER_ACTIVE).count()
    return {
        "never_active": count,
        "never_active_url": f"{reverse('billing:subscriptions', args=[ctx.workspace.slug])}?state=never_active",
    }


AROUND_SUBSCRIPTIONS = Surroundings(
    record="subscription",
    row_url="billing:subscription",
    peek_url="billing:subscription_peek",
    new_url="billing:subscription_new",
    import_record="subscription",
    empty_title=gettext_lazy("No subscriptions yet"),
    empty_text=gettext_lazy(
        "What customers pay for, from when and how much: MRR, churn and every renewal are computed from here."
    ),
    words="billing/never_active.html",
    words_told=_never_active,
)


class EndingForm(forms.Form):
    """When notice was given, and from when it runs no longer."""

    notice_on = forms.DateField(
        label=gettext_lazy("Notice given on"),
        widget=forms.DateInput(attrs={"type": "date", "class": "control"}, format="%Y-%m-%d"),
    )
    ends_on = forms.DateField(
        label=gettext_lazy("Ends on"), required=False, widget=forms.DateInput(attrs={"type": "date", "class": "control"}, format="%Y-%m-%d"),
        help_text=gettext_lazy("Left empty, it ends when its present term is over."),
    )  # fmt: skip
    reason = forms.CharField(
        label=gettext_lazy("Reason"), required=False, max_length=500, widget=forms.TextInput(attrs={"class": "control"})
    )


@page("billing.view")
@require_GET
def subscriptions(request: Request) -> HttpResponse:
    """The list of subscriptions."""
    return list_page(request, SUBSCRIPTIONS, AROUND_SUBSCRIPTIONS)


@page("billing.create_subscription")
def subscription_new(request: Request) -> HttpResponse:
    """The form of a new subscription with its first item."""
    ctx = request.ctx
    form = record_form(ctx, SUBSCRIPTION, request.POST or None)
    if not form.is_bound:
        form.initial.update(
            {"account": request.GET.get("account", ""), "currency": ctx.workspace.currency, "quantity": 1, "interval": "month"}
        )
    back = reverse("billing:subscriptions", args=[ctx.workspace.slug])
    return answer_form(
        request,
        form,
        lambda: create_subscription(ctx, given(form)),
        lambda row: _url(ctx, row),
        title=_("New subscription"),
        back=back,
    )


@page("billing.update_subscription")
def subscription_edit(request: Request, subscription_id: UUID) -> HttpResponse:
    """The form of a subscription: corrections, which were always so."""
    ctx = request.ctx
    row = get_subscription(ctx, subscription_id)
    form = record_form(ctx, SUBSCRIPTION, request.POST or None, row=row)
    return answer_form(
        request, form, lambda: update_subscription(ctx, subscription_id, form_values(form), version=version_of(request)),
        lambda done: _url(ctx, done), title=str(row), back=_url(ctx, row), row=row,
    )  # fmt: skip


@page("billing.end_subscription")
def subscription_endings(request: Request, subscription_id: UUID) -> HttpResponse:
    """The form by which a subscription ends."""
    ctx = request.ctx
    row = get_subscription(ctx, subscription_id)
    form = EndingForm(request.POST or None, initial={"notice_on": ctx.today()})
    return answer_form(
        request, form, lambda: end_subscription(ctx, subscription_id, **form.cleaned_data), lambda done: _url(ctx, done),
        title=_("End %(name)s") % {"name": row}, back=_url(ctx, row),
    )  # fmt: skip


@page("billing.view")
@require_GET
def subscription(request: Request, subscription_id: UUID) -> HttpResponse:
    """One subscription: its items, what it moved, where it came from."""
    return render(request, "billing/subscription.html", _about(request.ctx, subscription_id))


@page("billing.view")
@require_GET
def subscription_peek(request: Request, subscription_id: UUID) -> HttpResponse:
    """A subscription opened in place below its row."""
    return render(request, "billing/subscription_peek.html", _about(request.ctx, subscription_id))


@page("billing.delete_subscriptions")
@require_POST
def subscription_removals(request: Request, subscription_id: UUID) -> HttpResponse:
    """Delete a subscription; the next page offers to take it back."""
    ctx = request.ctx
    row = get_subscription(ctx, subscription_id)
    say(request, _("%(name)s deleted.") % {"name": row}, undo=delete_subscriptions(ctx, [subscription_id]))
    return see_other(reverse("directory:account", args=[ctx.workspace.slug, row.account_id]) + "?tab=money")


def _about(ctx: Context, subscription_id: UUID) -> dict[str, Any]:
    row = get_subscription(ctx, subscription_id)
    show_amounts(ctx, [row])
    movements = MrrMovement.objects.filter(subscription_id=subscription_id).select_related("item").order_by("effective_at", "id")
    return {
        "subscription": row,
        "items": show_item_amounts(ctx, items_of(ctx, subscription_id)),
        "movements": [(one, MOVEMENT_TONES[one.kind]) for one in show_amounts(ctx, movements)],
        "page_title": str(row),
        "state_tone": STATE_TONES[row.state],
        "is_over": row.state in (SubscriptionState.ENDED, SubscriptionState.NEVER_ACTIVE),
        "may_change": ctx.holds("billing.update_subscription"),
        "may_end": ctx.holds("billing.end_subscription"),
        "may_delete": ctx.holds("billing.delete_subscriptions"),
        "may_add": ctx.holds("billing.create_item"),
    }


def _url(ctx: Context, row: Subscription) -> str:
    return reverse("billing:subscription", args=[ctx.workspace.slug, row.pk])
