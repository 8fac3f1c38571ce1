"""Saved imports as pages: each can be looked at, changed, run, and let rest."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from tenure.kernel.errors import DomainError
from tenure.workspace.actions.run_saved_import import run_saved_import
from tenure.workspace.actions.switch_off_saved_import import switch_off_saved_import, switch_on_saved_import
from tenure.workspace.actions.update_saved_import import update_saved_import
from tenure.workspace.import_forms import SavedImportForm, plan_of_saved
from tenure.workspace.import_pages import DUPLICATES, run_lines, saved_column_lines, saved_state
from tenure.workspace.imports.plan import FilePlan
from tenure.workspace.imports.tables import record_named
from tenure.workspace.pages import error_sentence, page, say, see_other
from tenure.workspace.queries.imports import count_rows, get_saved_import, list_runs_of
from tenure.workspace.record_form import add_error

if TYPE_CHECKING:
    from tenure.workspace.models import SavedImport
    from tenure.workspace.pages import Request


@page("workspace.run_import")
@require_http_methods(["GET", "POST"])
def saved_import(request: Request, saved_id: UUID) -> HttpResponse:
    """A saved import: its source, schedule and mapping to be changed, and its last runs."""
    ctx = request.ctx
    saved = get_saved_import(ctx, saved_id)
    form = SavedImportForm(request.POST or None, initial=SavedImportForm.values_of(saved))
    if request.method == "POST" and form.is_valid():
        try:
            plan = plan_of_saved(saved, request.POST)
            update_saved_import(ctx, saved.pk, name=form.cleaned_data["name"], plan=plan, source=form.where)
        except DomainError as error:
            add_error(form, error, error_sentence(error))
        else:
            say(request, _("%(name)s is changed.") % {"name": form.cleaned_data["name"]})
            return see_other(_here(request, saved))
    runs = list_runs_of(ctx, saved)
    context = {
        "page_title": saved.name,
        "saved": saved,
        "form": form,
        "columns": saved_column_lines(ctx, saved),
        "plan": FilePlan.from_dict(saved.plan),
        "record": record_named(saved.record),
        "duplicates": DUPLICATES.items(),
        "bring_url": f"{reverse('workspace:import_new', args=[ctx.workspace.slug])}?saved={saved.pk}",
        "folder": f"{settings.IMPORT_FOLDER}/{ctx.workspace.slug}/",
        "lines": run_lines(ctx, runs, count_rows(runs)),
        **saved_state(saved),
    }
    return render(request, "workspace/import_saved.html", context, status=422 if form.is_bound else 200)


@page("workspace.run_import")
@require_POST
def saved_import_runs(request: Request, saved_id: UUID) -> HttpResponse:
    """Look at the source now."""
    saved = run_saved_import(request.ctx, saved_id)
    say(request, _("Tenure looks at the source now. What is new there shows below as a run."))
    return see_other(_here(request, saved))


@page("workspace.run_import")
@require_POST
def saved_import_rests(request: Request, saved_id: UUID) -> HttpResponse:
    """Let it rest, or have it go on."""
    change = switch_on_saved_import if "on" in request.POST else switch_off_saved_import
    return see_other(_here(request, change(request.ctx, saved_id)))


def _here(request: Request, saved: SavedImport) -> str:
    return reverse("workspace:saved_import", args=[request.ctx.workspace.slug, saved.pk])
