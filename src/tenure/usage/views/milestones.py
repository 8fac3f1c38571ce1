"""Milestones: which events mean what, and how far self-serve customers go."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from tenure.kernel.errors import DomainError
from tenure.usage.actions.set_milestones import set_milestones
from tenure.usage.forms import MilestoneForm
from tenure.usage.queries.milestones import list_rules, suggest_from_store
from tenure.usage.queries.self_serve import customers_without_use, find_self_serve
from tenure.workspace import formats
from tenure.workspace.pages import error_sentence, page, say, see_other
from tenure.workspace.record_form import add_error
from tenure.workspace.settings_pages import settings_tabs

if TYPE_CHECKING:
    from tenure.workspace.context import Context
    from tenure.workspace.pages import Request

MAY = "usage.set_milestones"
NAMED_WITHOUT_USE = 20


@page(MAY)
def milestones(request: Request) -> HttpResponse:
    """The rules to be set, and what came of them."""
    ctx = request.ctx
    ctx.require_everywhere(MAY)
    form = MilestoneForm(request.POST or None, list_rules(ctx), suggest_from_store(ctx))
    if request.method == "POST" and form.is_valid():
        try:
            set_milestones(ctx, form.rules())
        except DomainError as refused:
            add_error(form, refused, error_sentence(refused))
        else:
            say(request, _("Set. All events are read anew by it; the stages follow in a moment."))
            return see_other(reverse("usage:milestones", args=[ctx.workspace.slug]))
    context = {
        "page_title": _("Milestones"),
        "settings_tabs": settings_tabs(ctx, "milestones"),
        "form": form,
        **_way(ctx),
    }
    return render(request, "usage/milestones.html", context, status=422 if form.is_bound else 200)


def _way(ctx: Context) -> dict[str, Any]:
    """From sign-up to paying, in words and numbers."""
    way = find_self_serve(ctx)
    unused = customers_without_use(ctx)
    count = unused.count()
    return {
        "trials": formats.number(way.trials, ctx),
        "paid": formats.number(way.paid, ctx),
        "share": None if way.share is None else formats.number(round(100 * way.share, 2), ctx),
        "days_to_use": None if way.days_to_use is None else formats.number(round(way.days_to_use, 2), ctx),
        "days_to_pay": None if way.days_to_pay is None else formats.number(round(way.days_to_pay, 2), ctx),
        "has_trials": bool(way.trials),
        "unused": list(unused[:NAMED_WITHOUT_USE]) if way.trials else [],
        "unused_count": formats.number(count, ctx),
        "unused_more": formats.number(count - NAMED_WITHOUT_USE, ctx) if count > NAMED_WITHOUT_USE else "",
    }
