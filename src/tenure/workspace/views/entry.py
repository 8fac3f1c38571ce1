"""Ways in, outside any workspace: where to go after signing in, the first workspace, and whether Tenure is up."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast
from uuid import UUID
from zoneinfo import available_timezones

from babel.numbers import list_currencies
from django import forms
from django.conf import settings
from django.contrib.auth import login
from django.contrib.auth.decorators import login_required
from django.db import connection, transaction
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from tenure.workspace.actions.enter_by_link import enter_by_link
from tenure.workspace.actions.open_workspace import new_workspace_context, open_workspace
from tenure.workspace.entry_links import lock_user_of_link
from tenure.workspace.errors import EntryLinkNotGood
from tenure.workspace.pages import error_page, see_other
from tenure.workspace.queries.contexts import member_context
from tenure.workspace.queries.entry import list_memberships

if TYPE_CHECKING:
    from tenure.workspace.models import User


class WorkspaceForm(forms.Form):
    """What a workspace needs to begin with; all of it can be changed later."""

    name = forms.CharField(label=_("Your company"), max_length=120)
    currency = forms.ChoiceField(
        label=_("Reporting currency"), choices=[(code, code) for code in sorted(list_currencies())], initial="EUR"
    )
    zone = forms.ChoiceField(
        label=_("Time zone"), choices=[(zone, zone) for zone in sorted(available_timezones())], initial="Europe/Berlin",
        help_text=_("Days and months begin by this clock."),
    )  # fmt: skip

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        for name in ("currency", "zone"):
            self.fields[name].widget.attrs["data-combobox"] = True


def _user_id(request: HttpRequest) -> UUID:
    return cast("User", request.user).pk


@login_required
@require_GET
def root(request: HttpRequest) -> HttpResponse:
    """The only workspace, a choice of several, or the way to the first."""
    places = list_memberships(_user_id(request))
    if not places:
        return see_other("/welcome/")
    if len(places) == 1:
        return see_other(f"/{places[0].slug}/")
    return render(request, "workspace/choose.html", {"places": places, "page_title": _("Choose a workspace")})


@login_required
def welcome(request: HttpRequest) -> HttpResponse:
    """A signed-in user opens a workspace of their own."""
    form = WorkspaceForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        ctx = new_workspace_context(
            form.cleaned_data["name"],
            currency=form.cleaned_data["currency"],
            zone=form.cleaned_data["zone"],
            language=get_language() or "en",
        )
        workspace = open_workspace(ctx, cast("User", request.user))
        return see_other(f"/{workspace.slug}/")
    context = {"form": form, "page_title": _("Welcome to Tenure"), "is_first": not list_memberships(_user_id(request))}
    return render(request, "workspace/welcome.html", context, status=422 if form.is_bound else 200)


@never_cache
@require_GET
def enter(request: HttpRequest, token: str) -> HttpResponse:
    """A link from the command line signs its user in, once."""
    try:
        with transaction.atomic():
            user = lock_user_of_link(token)
            login(request, user, backend=settings.AUTHENTICATION_BACKENDS[0])
            for place in list_memberships(user.pk):
                enter_by_link(
                    member_context(place.workspace_id, place.member_id, address=request.META.get("REMOTE_ADDR") or None)
                )
    except EntryLinkNotGood as error:
        return error_page(request, error)
    return see_other("/")


@require_GET
def healthz(_request: HttpRequest) -> JsonResponse:
    """Whether this process answers and reaches its database."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return JsonResponse({"status": "ok", "version": settings.VERSION})
