"""`@page`: a page of a workspace. Signs the visitor in, finds the membership, opens the scope, checks the permission, answers errors.

Rule: HOUSE rule 8; DESIGN.md, Safety: no credentials, sign-in; a stranger, 404; without the permission, 403.
"""

from __future__ import annotations

import functools
import json
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Concatenate, ParamSpec, cast
from urllib.parse import urlencode

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from tenure.kernel.errors import DomainError, Invalid, NotFound
from tenure.workspace.action import declare_permission
from tenure.workspace.navigation import groups_for
from tenure.workspace.queries.contexts import member_context
from tenure.workspace.queries.entry import find_membership, list_memberships
from tenure.workspace.queries.notifications import unread_shown
from tenure.workspace.scope import enter

if TYPE_CHECKING:
    from django_htmx.middleware import HtmxDetails

    from tenure.workspace.context import Context
    from tenure.workspace.models import ChangeSet, User

P = ParamSpec("P")


class Request(HttpRequest):
    """A request at a page: `ctx` is the visitor's context."""

    ctx: Context
    htmx: HtmxDetails
    user: User
    request_id: str


View = Callable[Concatenate[Request, P], HttpResponseBase]

pages: dict[str, str] = {}

_TITLES = {403: gettext_noop("You may not do this"), 404: gettext_noop("This page does not exist")}


def page(permission: str) -> Callable[[View[P]], Callable[Concatenate[HttpRequest, str, P], HttpResponseBase]]:
    """A view under /<workspace>/..., for members who hold `permission` somewhere."""
    declare_permission(permission)

    def declare(view: View[P]) -> Callable[Concatenate[HttpRequest, str, P], HttpResponseBase]:
        @functools.wraps(view)
        def answer(request: HttpRequest, workspace: str, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
            if not request.user.is_authenticated:
                return redirect_to_login(request.get_full_path())
            found = find_membership(workspace, request.user.pk)
            if found is None:
                return error_page(request, NotFound())
            request.ctx = ctx = member_context(  # type: ignore[attr-defined]
                *found, request_id=getattr(request, "request_id", ""), address=request.META.get("REMOTE_ADDR") or None
            )
            with translation.override(ctx.language), timezone.override(ctx.tz):
                return _answer(view, request, ctx, permission, args, kwargs)

        pages[f"{view.__module__}.{view.__name__}"] = permission
        answer.permission = permission  # type: ignore[attr-defined]
        return answer  # type: ignore[return-value] # functools.wraps keeps the inner view's first parameter in its type

    return declare


def _answer(view: Any, request: Any, ctx: Context, permission: str, args: Any, kwargs: Any) -> HttpResponseBase:  # noqa: ANN401
    try:
        with enter(ctx.scope):
            ctx.require(permission)
            response: HttpResponseBase = view(request, *args, **kwargs)
    except DomainError as error:
        return error_page(request, error)
    response.headers.setdefault("Cache-Control", "private, no-store")
    response["Content-Language"] = ctx.language
    return response


def error_sentence(error: DomainError) -> str:
    """The error in the reader's language."""
    return error.formatted(_(error.message))


def error_page(request: HttpRequest, error: DomainError) -> HttpResponse:
    """The error as a page, or for HTMX as a toast that leaves the page as it is."""
    sentence = error_sentence(error)
    if request.headers.get("HX-Request"):
        response = HttpResponse(status=error.status)
        return toast(response, sentence, tone="rose")
    context = {
        "error_title": _(_TITLES.get(error.status, _("That is not possible"))),
        "error_message": sentence,
        "error_remedy": " ".join(problem.message for problem in getattr(error, "errors", ())),
        "error_status": error.status,
        "error_code": error.code,
        "error_reference": getattr(request, "request_id", ""),
    }
    return render(request, "ui/error.html", context, status=error.status)


def toast(response: HttpResponse, message: str, *, tone: str = "leaf", undo_url: str = "") -> HttpResponse:
    """Have the page say something in passing, with an undo where there is one."""
    facts = {"message": message, "tone": tone, "undo_url": undo_url}
    response["HX-Trigger"] = json.dumps({"toast": facts})
    return response


def say(request: HttpRequest, message: str, *, undo: ChangeSet | None = None) -> None:
    """Have the next page say something in passing, with an undo where a change set can be undone."""
    url = reverse("workspace:undo", args=[undo.workspace.slug, undo.pk]) if undo is not None else ""
    messages.success(request, message, extra_tags=url)


def see_other(url: str, **query: str) -> HttpResponseRedirect:
    """303: the work is done, look there."""
    parts = {name: value for name, value in query.items() if value}
    response = HttpResponseRedirect(f"{url}?{urlencode(parts)}" if parts else url)
    response.status_code = 303
    return response


def invalid_form(errors: Invalid) -> dict[str, str]:
    """An Invalid's problems by field, for a form."""
    return {problem.field: problem.message for problem in errors.errors}


def shell(request: HttpRequest) -> dict[str, Any]:
    """Template context processor: what the frame around every page shows."""
    ctx: Context | None = getattr(request, "ctx", None)
    if ctx is None:
        return {}
    # Panels are templates of their own: the frame is gathered once a request, not once a template.
    if not hasattr(request, "shell"):
        request.shell = _frame(request, ctx)  # type: ignore[attr-defined]
    return cast("dict[str, Any]", request.shell)  # type: ignore[attr-defined]


def _frame(request: HttpRequest, ctx: Context) -> dict[str, Any]:
    slug = ctx.workspace.slug
    places = list_memberships(request.user.pk) if request.user.is_authenticated else []
    return {
        "ctx": ctx,
        "workspace": ctx.workspace,
        "workspaces": [{"name": place.name, "url": f"/{place.slug}/", "current": place.slug == slug} for place in places],
        "member": ctx.actor,
        "bell": _bell(request, ctx) if ctx.member_id else None,
        "theme": ctx.theme or "system",
        "navigation": groups_for(ctx, request.path),
        "home_url": f"/{slug}/",
        "search_url": reverse("workspace:search", args=[slug]),
        "theme_url": reverse("workspace:theme", args=[slug]),
        "settings_url": reverse("workspace:members", args=[slug]),
        "settings_current": request.path.startswith(f"/{slug}/settings/"),
        "profile_url": reverse("workspace:profile", args=[slug]),
        "sign_out_url": reverse("account_logout"),
    }


def _bell(request: HttpRequest, ctx: Context) -> dict[str, Any]:
    """Where notifications are read; they are counted only where the bell is drawn, which is once on a whole page."""
    url = reverse("workspace:notifications", args=[ctx.workspace.slug])
    return {"url": url, "unread": functools.partial(unread_shown, ctx), "current": request.path == url}
