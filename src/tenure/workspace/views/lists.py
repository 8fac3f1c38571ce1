"""What every list shares: saved views, bulk work on a selection, exports."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import parse_qsl, urlsplit
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from tenure.kernel.errors import DomainError, NotFound
from tenure.workspace.actions.bulk_edit import bulk_edit as edit_all
from tenure.workspace.actions.delete_selection import delete_selection
from tenure.workspace.actions.save_view import delete_view, save_view
from tenure.workspace.bulk import fields_in_bulk, record_of
from tenure.workspace.exports import export_response
from tenure.workspace.lists import ListSpec, ListState, fetch_page, list_specs
from tenure.workspace.lists.state import joined
from tenure.workspace.pages import error_sentence, page, say, see_other
from tenure.workspace.record_form import add_error, form_values, record_form
from tenure.workspace.records import record_types

if TYPE_CHECKING:
    from tenure.workspace.pages import Request


def spec_named(name: str) -> ListSpec:
    """The list of this name; raises NotFound."""
    if name not in list_specs:
        raise NotFound(kind="list")
    return list_specs[name]


@page("workspace.view")
@require_GET
def references(request: Request, record: str) -> HttpResponse:
    """Records of one kind as choices, found as one types: [{value, text, detail}]."""
    spec = next(
        (spec for spec in list_specs.values() if record in record_types and record_types[record].model is spec.model), None
    )
    if spec is None:
        raise NotFound(kind="record")
    text = request.GET.get("q", "").strip()[:100]
    rows = fetch_page(request.ctx, spec, ListState(search=text, sort=spec.default_sort), limit=20).rows
    return JsonResponse(
        [{"value": str(row.pk), "text": str(row), "detail": getattr(row, "domain", "")} for row in rows], safe=False
    )


@page("workspace.save_view")
@require_POST
def saved_views(request: Request, name: str) -> HttpResponse:
    """Keep the list as it is now under a name."""
    spec = spec_named(name)
    view = save_view(
        request.ctx,
        spec,
        name=request.POST.get("name", ""),
        query=request.POST.get("query", ""),
        is_shared="for_all" in request.POST,
    )
    return see_other(f"{back_of(request)}?{view.query}")


@page("workspace.save_view")
@require_POST
def saved_view_removals(request: Request, name: str, view_id: UUID) -> HttpResponse:
    """Forget a saved view."""
    delete_view(request.ctx, spec_named(name), view_id)
    return see_other(back_of(request))


@page("workspace.export")
@require_GET
def exports(request: Request, name: str) -> HttpResponseBase:
    """The list, filtered as it is, as a file."""
    spec = spec_named(name)
    return export_response(
        request.ctx, spec, ListState.read(request.ctx, spec, joined(request.GET)), form=request.GET.get("format", "csv")
    )


@page("workspace.view")
@require_POST
def selection(request: Request, name: str) -> HttpResponseBase:
    """Bulk work on the rows ticked, or on all that the filter finds."""
    spec = spec_named(name)
    query = request.POST.get("query", "") if request.POST.get("all_of_filter") else None
    ids = [UUID(key) for key in request.POST.getlist("selected")]
    what = request.POST.get("do")
    if what == "delete":
        change_set = delete_selection(request.ctx, spec, ids, query=query)
        say(request, _("%(count)s deleted.") % {"count": change_set.title}, undo=change_set)
    elif what == "export":
        request.ctx.require("workspace.export")
        state = ListState.of_query(request.ctx, spec, request.POST.get("query", ""))
        return export_response(request.ctx, spec, state, form="csv", ids=ids if query is None else None)
    elif what == "edit":
        address = reverse("workspace:bulk_edit", args=[request.ctx.workspace.slug, name])
        return see_other(address, ids=",".join(map(str, ids)), query=query or "", all="1" if query is not None else "")
    else:
        messages.error(request, _("Choose what to do with the selected rows."))
    return see_other(back_of(request), **dict(joined_query(request)))


@page("workspace.bulk_edit")
def bulk_edit(request: Request, name: str) -> HttpResponse:
    """Choose the fields that all selected rows shall have alike; only the ticked ones are set."""
    spec, ctx = spec_named(name), request.ctx
    record = record_of(spec)
    given = request.POST or request.GET
    ids = [UUID(key) for key in given.get("ids", "").split(",") if key]
    query = given.get("query", "") if given.get("all") else None
    names = [field.name for field in fields_in_bulk(ctx, record)]
    ticked = [one for one in request.POST.getlist("set") if one in names]
    form = record_form(ctx, record, request.POST if ticked else None, names=ticked or names)
    if ticked and form.is_valid():
        try:
            change_set = edit_all(ctx, spec, ids, form_values(form), query=query, reason=request.POST.get("reason", ""))
        except DomainError as error:
            add_error(form, error, error_sentence(error))
        else:
            say(
                request,
                ngettext("%(count)s changed.", "%(count)s changed.", change_set.updated) % {"count": change_set.updated},
                undo=change_set,
            )
            return see_other(
                request.POST.get("back", "") if _is_own(request, request.POST.get("back", "")) else f"/{ctx.workspace.slug}/"
            )
    if ticked:
        form = record_form(ctx, record, request.POST, names=names)
    context = {
        "page_title": _("Edit several"), "spec": spec, "form": form, "ids": ",".join(map(str, ids)), "query": query, "count": len(ids),
        "ticked": ticked, "back": request.POST.get("back") or back_of(request),
    }  # fmt: skip
    return render(request, "workspace/bulk_edit.html", context, status=422 if request.method == "POST" else 200)


def _is_own(request: Request, path: str) -> bool:
    """Whether a path leads to a page of this workspace."""
    return path.startswith(f"/{request.ctx.workspace.slug}/")


def joined_query(request: Request) -> list[tuple[str, str]]:
    """The list's state as it was posted along."""
    return parse_qsl(request.POST.get("query", ""))


def back_of(request: Request) -> str:
    """The page the form stood on, without its query; the list's own site only."""
    path = urlsplit(request.headers.get("Referer", "")).path
    return path if path.startswith(f"/{request.ctx.workspace.slug}/") else f"/{request.ctx.workspace.slug}/"
