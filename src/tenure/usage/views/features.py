"""Pages of features: how far each is taken up, its marks; and of quotas."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from tenure.kernel.errors import DomainError
from tenure.stream.store.client import StoreUnavailable, event_store
from tenure.ui.charts import Chart, Series
from tenure.usage.actions.create_feature import create_feature
from tenure.usage.actions.remove_quota import remove_quota
from tenure.usage.actions.set_quota import set_quota
from tenure.usage.actions.update_feature import update_feature
from tenure.usage.enums import QuotaPeriod
from tenure.usage.meter_forms import FeatureForm, QuotaForm
from tenure.usage.queries.activity import Activity, Adoption, find_activity, find_adoption
from tenure.usage.queries.meters import get_feature, list_features, list_meters
from tenure.usage.queries.quotas import list_quotas
from tenure.usage.questions import read_question
from tenure.usage.words import quantity
from tenure.workspace import formats
from tenure.workspace.pages import error_sentence, page, say, see_other
from tenure.workspace.record_form import add_error
from tenure.workspace.settings_pages import heads

if TYPE_CHECKING:
    from tenure.workspace.context import Context
    from tenure.workspace.pages import Request


@page("usage.view")
@require_GET
def features(request: Request) -> HttpResponse:
    """How many of the active accounts use each feature, and how often; and who is active at all."""
    ctx = request.ctx
    ctx.require_everywhere("usage.view")
    context: dict[str, Any] = {"page_title": _("Features"), "may_create": ctx.holds("usage.create_feature")}
    listed = list(list_features(ctx))
    question = read_question(ctx)
    try:
        adopted = find_adoption(ctx, event_store(), listed, question)
        context |= _active(ctx, find_activity(ctx, event_store(), question))
    except StoreUnavailable:
        adopted, context["is_store_away"] = [Adoption(feature, 0, 0, 0, 0, 0) for feature in listed], True
    columns = heads(_("Feature"), _("Marks"), _("Breadth"), _("Days of use"), _("Accounts"), _("Users"))
    for column in columns[2:]:
        column["kind"] = "number"
    context |= {"heads": columns, "rows": [_row(ctx, each) for each in adopted], "may_update": ctx.holds("usage.update_feature")}
    return render(request, "usage/features.html", context)


@page("usage.create_feature")
def feature_new(request: Request) -> HttpResponse:
    """The form of a new feature."""
    request.ctx.require_everywhere("usage.create_feature")
    form = FeatureForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            create_feature(request.ctx, **form.cleaned_data)
        except DomainError as error:
            add_error(form, error, error_sentence(error))
        else:
            return _saved(request, "features")
    return _form_page(request, form, _("New feature"), "features")


@page("usage.update_feature")
def feature(request: Request, feature_id: UUID) -> HttpResponse:
    """The form of a feature."""
    found = get_feature(request.ctx, feature_id, permission="usage.update_feature")
    request.ctx.require_everywhere("usage.update_feature")
    initial = {"name": found.name, "events": "\n".join(found.events), "is_core": found.is_core, "is_paid": found.is_paid}
    form = FeatureForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        update_feature(request.ctx, found.pk, **form.cleaned_data)
        return _saved(request, "features")
    return _form_page(request, form, found.name, "features")


@page("usage.view")
@require_GET
def quotas(request: Request) -> HttpResponse:
    """Every quota: defaults, and accounts with one of their own."""
    ctx = request.ctx
    ctx.require_everywhere("usage.view")
    columns = heads(_("Meter"), _("Account"), _("Amount"), _("Thresholds"))
    columns[2]["kind"] = "number"
    rows = [
        {
            "quota": quota,
            "amount": f"{quantity(quota.amount, ctx, quota.meter.unit)} {QuotaPeriod(quota.period).label}",
            "thresholds": ", ".join(f"{percent} %" for percent in quota.thresholds),
        }
        for quota in list_quotas(ctx)
    ]
    may_set = ctx.holds("usage.set_quota") and list_meters(ctx).exists()
    context = {
        "page_title": _("Quotas"),
        "heads": columns,
        "rows": rows,
        "may_set": may_set,
        "may_remove": ctx.holds("usage.remove_quota"),
    }
    return render(request, "usage/quotas.html", context)


@page("usage.set_quota")
def quota_new(request: Request) -> HttpResponse:
    """The form of a quota; one that is there already changes."""
    ctx = request.ctx
    ctx.require_everywhere("usage.set_quota")
    form = QuotaForm(ctx, list(list_meters(ctx)), request.POST or None)
    if request.method == "POST" and form.is_valid():
        given = dict(form.cleaned_data)
        try:
            set_quota(
                ctx,
                given["meter"],
                amount=given["amount"],
                account_id=given["account"],
                period=QuotaPeriod(given["period"]),
                thresholds=given["thresholds"],
            )
        except DomainError as error:
            add_error(form, error, error_sentence(error))
        else:
            return _saved(request, "quotas")
    return _form_page(request, form, _("Set a quota"), "quotas")


@page("usage.remove_quota")
@require_POST
def quota_removals(request: Request, quota_id: UUID) -> HttpResponse:
    """Remove a quota."""
    remove_quota(request.ctx, quota_id)
    say(request, _("The quota is removed."))
    return see_other(_list_url(request, "quotas"))


def _row(ctx: Context, found: Adoption) -> dict[str, Any]:
    frequency = found.frequency
    return {
        "feature": found.feature,
        "breadth": formats.percent(None if found.breadth is None else float(found.breadth), ctx, digits=0),
        "share": float(found.breadth or 0) * 100,
        "frequency": formats.number(None if frequency is None else float(frequency), ctx, digits=1),
        "accounts": formats.number(found.accounts, ctx),
        "users": formats.number(found.users, ctx),
    }


def _active(ctx: Context, found: Activity) -> dict[str, Any]:
    last = found.days[-1]
    stickiness = found.stickiness
    labels = [formats.day(day.on, is_short=True) for day in found.days]
    # A day that is not over would draw a fall that is none.
    daily = [day.daily if day.on < ctx.today() else None for day in found.days]
    series = [
        Series(str(QuotaPeriod.DAY.label), daily, "leaf"),
        Series(_("in 7 days"), [day.weekly for day in found.days], "sky"),
        Series(_("in 30 days"), [day.monthly for day in found.days], "ink", dashed=True),
    ]
    return {
        "daily": formats.number(last.daily, ctx),
        "weekly": formats.number(last.weekly, ctx),
        "monthly": formats.number(last.monthly, ctx),
        "stickiness": formats.percent(None if stickiness is None else float(stickiness), ctx),
        "chart": Chart("active", _("Active users"), labels, series, label_name=_("Day")) if any(series[2].values) else None,
    }


def _saved(request: Request, name: str) -> HttpResponse:
    say(request, _("Saved."))
    return see_other(_list_url(request, name))


def _form_page(request: Request, form: Any, title: str, back: str) -> HttpResponse:  # noqa: ANN401 - any form
    context = {"form": form, "page_title": title, "back": _list_url(request, back)}
    return render(request, "usage/form.html", context, status=422 if form.is_bound else 200)


def _list_url(request: Request, name: str) -> str:
    return reverse(f"usage:{name}", args=[request.ctx.workspace.slug])
