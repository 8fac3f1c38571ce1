"""The frame around every page: home, search, appearance."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from tenure.workspace.actions.set_theme import set_theme
from tenure.workspace.navigation import first_url
from tenure.workspace.pages import page, say, see_other
from tenure.workspace.search import find_everywhere
from tenure.workspace.views.lists import back_of

if TYPE_CHECKING:
    from tenure.workspace.pages import Request


@page("workspace.view")
@require_GET
def home(request: Request) -> HttpResponse:
    """The first place this member may see."""
    return see_other(first_url(request.ctx))


@page("workspace.view")
@require_GET
def search(request: Request) -> HttpResponse:
    """What the palette finds, or the same as a page."""
    text = request.GET.get("q", "").strip()[:100]
    groups = find_everywhere(request.ctx, text)
    if request.headers.get("HX-Request"):
        return render(request, "ui/palette_results.html", {"groups": groups})
    return render(request, "workspace/search.html", {"groups": groups, "text": text})


@page("workspace.view")
@require_POST
def theme(request: Request) -> HttpResponse:
    """Keep light, dark or the system's."""
    set_theme(request.ctx, request.POST.get("theme", ""))
    return HttpResponse(status=204) if request.headers.get("HX-Request") else see_other(back_of(request))


@page("workspace.undo_change_set")
@require_POST
def undo(request: Request, change_set_id: UUID) -> HttpResponse:
    """Take back a change set."""
    from tenure.workspace.actions.undo_change_set import undo_change_set  # noqa: PLC0415

    undo_change_set(request.ctx, change_set_id)
    say(request, _("Taken back."))
    return see_other(back_of(request))
