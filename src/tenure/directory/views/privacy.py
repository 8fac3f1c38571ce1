"""What the law gives a person: a copy of what is kept about them, and to be forgotten."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from django.http import HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from tenure.directory.actions.erase_person import erase_person
from tenure.directory.actions.export_person import export_person
from tenure.directory.queries.people import get_person
from tenure.workspace.pages import page, say, see_other

if TYPE_CHECKING:
    from tenure.workspace.pages import Request


@page("directory.export_person")
@require_GET
def person_export(request: Request, person_id: UUID) -> HttpResponse:
    """Everything about one person as a JSON file."""
    exported = export_person(request.ctx, person_id)
    response = JsonResponse(exported, json_dumps_params={"ensure_ascii": False, "indent": 2})
    response["Content-Disposition"] = 'attachment; filename="person.json"'
    return response


@page("workspace.erase_person")
def person_erasures(request: Request, person_id: UUID) -> HttpResponse:
    """Say what will happen, have the name typed, then erase: this one cannot be undone."""
    ctx = request.ctx
    person = get_person(ctx, person_id)
    is_sure = request.POST.get("name", "").strip() == person.name
    if request.method == "POST" and is_sure:
        erasure = erase_person(ctx, person_id)
        said = _("The person was erased.")
        if erasure.files:
            said += " " + _("Delete these imported files yourself: %(files)s") % {"files": ", ".join(erasure.files)}
        say(request, said)
        return see_other(reverse("directory:person", args=[ctx.workspace.slug, person_id]))
    context = {"person": person, "is_wrong": request.method == "POST", "page_title": _("Erase a person")}
    return render(request, "directory/erase_person.html", context, status=422 if request.method == "POST" else 200)
