"""One's own profile, the workspace's settings, and API keys."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from tenure.kernel.errors import DomainError
from tenure.workspace.actions.create_api_key import create_api_key
from tenure.workspace.actions.revoke_api_key import revoke_api_key
from tenure.workspace.actions.update_profile import update_profile
from tenure.workspace.actions.update_workspace import update_workspace
from tenure.workspace.domain.grants import Holder
from tenure.workspace.enums import GranteeKind
from tenure.workspace.granting import guard_reach_to
from tenure.workspace.models import ApiKey, Grant
from tenure.workspace.pages import error_sentence, page, say, see_other
from tenure.workspace.queries.grants import find_losses, list_grant_ids_of, list_places_of
from tenure.workspace.queries.members import get_api_key, get_member
from tenure.workspace.record_form import add_error
from tenure.workspace.rights_forms import KeyForm, ProfileForm, WorkspaceSettingsForm
from tenure.workspace.settings_pages import grant_rows, heads, holder_names, losses_shown, seen_holders, settings_tabs

if TYPE_CHECKING:
    from tenure.workspace.pages import Request

SHOWN = 200


@page("workspace.update_profile")
def profile(request: Request) -> HttpResponse:
    """How one reads Tenure: name, language, zone, number format, theme."""
    ctx = request.ctx
    assert ctx.member_id is not None
    row = get_member(ctx.member_id)
    initial = {name: getattr(row, name) for name in ("name", "language", "zone", "number_format", "notify_by")} | {
        "theme": row.theme or "system"
    }
    form = ProfileForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        update_profile(ctx, form.cleaned_data)
        say(request, _("Saved."))
        return see_other(request.path)
    context = {"form": form, "page_title": _("Profile"), "settings_tabs": settings_tabs(ctx, "profile"), "email": row.email}
    return render(request, "workspace/settings/profile.html", context, status=422 if form.is_bound else 200)


@page("workspace.update_workspace")
def workspace_settings(request: Request) -> HttpResponse:
    """What the workspace is called and counts by."""
    ctx = request.ctx
    ctx.require_everywhere("workspace.update_workspace")
    names = ("name", "currency", "zone", "language", "fiscal_year_month")
    initial = {name: getattr(ctx.workspace, name) for name in names}
    if ctx.workspace.next_currency:
        initial["currency"] = ctx.workspace.next_currency
    form = WorkspaceSettingsForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        update_workspace(ctx, form.cleaned_data)
        say(request, _("Saved."))
        return see_other(request.path)
    context = {
        "form": form,
        "page_title": _("Workspace"),
        "settings_tabs": settings_tabs(ctx, "workspace_settings"),
        "currency": ctx.workspace.currency,
        "next_currency": ctx.workspace.next_currency,
    }
    return render(request, "workspace/settings/workspace.html", context, status=422 if form.is_bound else 200)


@page("workspace.create_api_key")
@require_GET
def api_keys(request: Request) -> HttpResponse:
    """The keys to the API, revoked ones last."""
    ctx = request.ctx
    rows_seen = ApiKey.objects.order_by("-revoked_at", "-created_at")
    seen = seen_holders(ctx)
    keys = list((rows_seen if seen is None else rows_seen.filter(pk__in=seen))[:SHOWN])
    grants = Grant.objects.filter(grantee_id__in=[key.pk for key in keys]).select_related("role").order_by("id")
    rights = {drawn["grant"].grantee_id: drawn for drawn in grant_rows(ctx, grants)}
    makers = holder_names((GranteeKind.MEMBER, key.created_by_id) for key in keys if key.created_by_id)
    now = ctx.now()
    rows = [
        {
            "key": key,
            "right": rights.get(key.pk),
            "maker": makers.get(key.created_by_id, "") if key.created_by_id else "",
            "is_over": key.expires_at is not None and key.expires_at <= now,
        }
        for key in keys
    ]
    context = {
        "page_title": _("API keys"),
        "settings_tabs": settings_tabs(ctx, "api_keys"),
        "heads": heads(_("Key"), _("Gives"), _("Last used"), _("Until"), _("Actions"), last_unseen=True),
        "rows": rows,
        "may_revoke": ctx.holds("workspace.revoke_api_key"),
    }
    return render(request, "workspace/settings/api_keys.html", context)


@page("workspace.create_api_key")
def api_key_new(request: Request) -> HttpResponse:
    """Make a key; the answer shows its secret, this once."""
    ctx = request.ctx
    form = KeyForm(ctx, request.POST or None)
    back = reverse("workspace:api_keys", args=[ctx.workspace.slug])
    if request.method == "POST" and form.is_valid():
        try:
            key, secret = create_api_key(ctx, form.cleaned_data["name"], form.chosen_role, **form.terms())
        except DomainError as error:
            add_error(form, error, error_sentence(error))
        else:
            context = {"key": key, "secret": secret, "page_title": _("Copy the key now"), "back": back}
            return render(request, "workspace/settings/api_key_made.html", context, status=201)
    context = {"form": form, "page_title": _("New API key"), "back": back, "submit": _("Make the key")}
    return render(request, "workspace/settings/form.html", context, status=422 if form.is_bound else 200)


@page("workspace.revoke_api_key")
def api_key_revocations(request: Request, api_key_id: UUID) -> HttpResponse:
    """Revoke a key, after showing what ends with it."""
    ctx = request.ctx
    back = reverse("workspace:api_keys", args=[ctx.workspace.slug])
    key = get_api_key(api_key_id)
    guard_reach_to(ctx, "workspace.revoke_api_key", list_places_of(Holder(GranteeKind.API_KEY, key.pk)))
    if request.method == "POST":
        revoke_api_key(ctx, api_key_id, reason=request.POST.get("reason", "")[:500])
        say(request, _("%(name)s is revoked.") % {"name": key.name})
        return see_other(back)
    context = {
        "page_title": _("Revoke %(name)s?") % {"name": key.name},
        "losses": losses_shown(find_losses(ctx, list_grant_ids_of(Holder(GranteeKind.API_KEY, key.pk)))),
        "is_final": True,
        "submit": _("Revoke"),
        "back": back,
    }
    return render(request, "workspace/settings/confirm.html", context)
