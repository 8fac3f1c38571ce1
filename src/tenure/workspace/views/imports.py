"""Imports as pages: files, columns, preview, the import itself; works without scripts as plain forms."""

from __future__ import annotations

import tempfile
from typing import IO, TYPE_CHECKING, cast
from uuid import UUID

from django.http import FileResponse, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from tenure.kernel.errors import DomainError
from tenure.workspace.actions.cancel_import import cancel_import
from tenure.workspace.actions.change_import_plan import change_import_plan
from tenure.workspace.actions.preview_import import preview_import
from tenure.workspace.actions.receive_import import receive_import
from tenure.workspace.actions.resume_import import resume_import
from tenure.workspace.actions.save_import import save_import
from tenure.workspace.actions.start_import import start_import
from tenure.workspace.enums import ChangeSetState, ImportState
from tenure.workspace.import_forms import plan_of_answer, plan_of_columns
from tenure.workspace.import_pages import (
    DUPLICATES,
    STEPS,
    column_lines,
    counted_pill,
    key_options,
    preview_context,
    progress_context,
    record_options,
    result_figures,
    run_lines,
)
from tenure.workspace.imports.adding import importable_records, profiled_columns
from tenure.workspace.imports.errors_file import errors_name, write_errors
from tenure.workspace.imports.new_fields import may_make_fields, new_fields_of, with_new_fields
from tenure.workspace.imports.plan import FilePlan
from tenure.workspace.imports.tables import record_named
from tenure.workspace.pages import error_sentence, page, say, see_other
from tenure.workspace.queries.imports import (
    count_rows,
    get_file,
    get_import,
    get_saved_import,
    list_files,
    list_imports,
    list_saved,
)

if TYPE_CHECKING:
    from typing import Any

    from tenure.workspace.models import ImportRun
    from tenure.workspace.pages import Request

MOST_FILES = 20
PAGE = 50


@page("workspace.run_import")
@require_GET
def imports(request: Request) -> HttpResponse:
    """Every import, the latest first, and the saved ones."""
    ctx = request.ctx
    before = request.GET.get("before")
    found = list_imports(ctx, before=UUID(before) if before else None, limit=PAGE + 1)
    runs = found[:PAGE]
    context = {
        "page_title": _("Imports"),
        "lines": run_lines(ctx, runs, count_rows(runs)),
        "saved": list_saved(ctx),
        "next_url": f"?before={runs[-1].pk}" if len(found) > PAGE else "",
    }
    return render(request, "workspace/imports.html", context)


@page("workspace.run_import")
@require_http_methods(["GET", "POST"])
def import_new(request: Request) -> HttpResponse:
    """Bring files."""
    ctx = request.ctx
    problem = ""
    named = request.POST.get("saved") or request.GET.get("saved")
    chosen = get_saved_import(ctx, UUID(named)) if named else None
    if request.method == "POST":
        uploads = request.FILES.getlist("files")[:MOST_FILES]
        plan = FilePlan.from_dict(chosen.plan) if chosen else FilePlan(record=request.POST.get("record", ""))
        given = [(upload.name or _("file"), cast("IO[bytes]", upload.file), plan) for upload in uploads]
        try:
            if given:
                return see_other(_url(request, "import_columns", receive_import(ctx, given, saved=chosen)))
            problem = _("Choose at least one file.")
        except DomainError as error:
            problem = error_sentence(error)
    kinds = importable_records(ctx)
    wanted = request.POST.get("record") or request.GET.get("record", "")
    context = {
        "page_title": _("Import"),
        "steps": STEPS,
        "kinds": kinds,
        "wanted": wanted,
        "problem": problem,
        "chosen": chosen,
    }
    return render(request, "workspace/import_new.html", context, status=422 if problem else 200)


@page("workspace.run_import")
@require_http_methods(["GET", "POST"])
def import_columns(request: Request, run_id: UUID) -> HttpResponse:
    """Say what the rows are and where the columns go, file by file."""
    ctx = request.ctx
    run = get_import(request.ctx, run_id)
    files = list_files(run)
    if run.is_started or run.state == ImportState.READING:
        return see_other(_url(request, "import_run", run))
    chosen = request.GET.get("file") or str(files[0].pk)
    one = get_file(run, UUID(chosen))
    problem = ""
    if request.method == "POST":
        try:
            return _columns_sent(request, run, one, [str(other.pk) for other in files])
        except DomainError as error:
            problem = error_sentence(error)
    here = _url(request, "import_columns", run)
    context = {
        **_step(request, run, files, 2),
        "file": one,
        "tabs": [{"label": other.file.name, "url": f"{here}?file={other.pk}", "current": other.pk == one.pk} for other in files],
        "columns": column_lines(ctx, one),
        "may_make_fields": may_make_fields(ctx, record_named(one.record)),
        "kinds": record_options(ctx, one),
        "keys": key_options(ctx, one),
        "plan": FilePlan.from_dict(one.plan),
        "duplicates": DUPLICATES.items(),
        "problem": problem,
    }
    return render(request, "workspace/import_columns.html", context, status=422 if problem else 200)


def _columns_sent(request: Request, run: ImportRun, one: Any, order: list[str]) -> HttpResponse:  # noqa: ANN401 - a file of the import
    ctx, sent = request.ctx, request.POST
    here = _url(request, "import_columns", run)
    if sent.get("record", one.record) != one.record:
        change_import_plan(ctx, run.pk, one.pk, FilePlan(record=sent["record"], read=FilePlan.from_dict(one.plan).read))
        return see_other(here, file=str(one.pk))
    plan = plan_of_columns(one, sent)
    if "all_new" in sent:
        plan = with_new_fields(record_named(one.record), plan, profiled_columns(one))
        change_import_plan(ctx, run.pk, one.pk, plan)
        return see_other(here, file=str(one.pk))
    change_import_plan(ctx, run.pk, one.pk, plan)
    if name := sent.get("save_as", "").strip():
        save_import(ctx, name, plan, one.profile["header"])
        say(request, _("The mapping is kept as %(name)s.") % {"name": name})
    following = order.index(str(one.pk)) + 1
    if following < len(order):
        return see_other(here, file=order[following])
    preview_import(ctx, run.pk)
    return see_other(_url(request, "import_run", run))


@page("workspace.run_import")
@require_GET
def import_run(request: Request, run_id: UUID) -> HttpResponse:
    """The preview of a draft; of a started import its progress and result."""
    ctx = request.ctx
    run = get_import(request.ctx, run_id)
    files = list_files(run)
    if run.change_set is None:
        if run.preview is None:
            return see_other(_url(request, "import_columns", run))
        is_reading = run.state == ImportState.READING
        looked_at = [] if is_reading else files
        context = {**_step(request, run, files, 1 if is_reading else 3), **preview_context(ctx, run, looked_at)}
        return render(request, "workspace/import_preview.html", context)
    change_set = run.change_set
    context = {
        **_step(request, run, files, 5 if change_set.state == ChangeSetState.DONE else 4),
        **progress_context(ctx, run, change_set),
        "figures": result_figures(ctx, change_set),
        "faulty": [one for one in files if one.failed],
        "new_fields": ", ".join(new.label for one in files for new in new_fields_of(one)),
        "message": _(run.message) if run.message else "",
        "can_resume": run.can_resume or change_set.state == ChangeSetState.CANCELLED,
        "may_undo": ctx.holds("workspace.undo_change_set")
        and not change_set.is_running
        and change_set.state != ChangeSetState.UNDONE,
    }
    return render(request, "workspace/import_run.html", context)


@page("workspace.run_import")
@require_GET
def import_progress(request: Request, run_id: UUID) -> HttpResponse:
    """The bar of an import under way, asked for every second; when it is done, the whole page."""
    run = get_import(request.ctx, run_id)
    if run.change_set is None:
        if run.state not in (ImportState.PREVIEWING, ImportState.READING) or run.message:
            return _whole_page(_url(request, "import_run", run))
        return render(request, "workspace/import_preview.html#progress", preview_context(request.ctx, run, []) | {"run": run})
    context = progress_context(request.ctx, run, run.change_set)
    if not context["is_running"]:
        return _whole_page(_url(request, "import_run", run))
    return render(request, "workspace/import_run.html#progress", context)


@page("workspace.run_import")
@require_POST
def import_answers(request: Request, run_id: UUID) -> HttpResponse:
    """Answer one problem of the preview, and look again."""
    run = get_import(request.ctx, run_id)
    files = {str(one.pk): one for one in list_files(run)}
    one, plan = plan_of_answer(run, files, request.POST.get("answer", ""))
    change_import_plan(request.ctx, run.pk, one.pk, plan)
    preview_import(request.ctx, run.pk)
    return see_other(_url(request, "import_run", run))


@page("workspace.run_import")
@require_POST
def import_starts(request: Request, run_id: UUID) -> HttpResponse:
    """Carry the import out."""
    return see_other(_url(request, "import_run", start_import(request.ctx, run_id)))


@page("workspace.run_import")
@require_POST
def import_cancellations(request: Request, run_id: UUID) -> HttpResponse:
    """Stop the import after the chunk it is at."""
    run = cancel_import(request.ctx, run_id)
    say(request, _("The import stops after the rows it is at."))
    return see_other(_url(request, "import_run", run))


@page("workspace.run_import")
@require_POST
def import_resumptions(request: Request, run_id: UUID) -> HttpResponse:
    """Go on with an import that stopped."""
    return see_other(_url(request, "import_run", resume_import(request.ctx, run_id)))


@page("workspace.run_import")
@require_GET
def import_errors(request: Request, run_id: UUID, import_file_id: UUID) -> HttpResponse:
    """The rows that failed, in the file's own format, to be mended and loaded again."""
    one = get_file(get_import(request.ctx, run_id), import_file_id)
    content = tempfile.TemporaryFile()  # noqa: SIM115 - the response closes it
    write_errors(one, cast("IO[bytes]", content))
    content.seek(0)
    response = FileResponse(content, as_attachment=True, filename=errors_name(one))
    response["X-Content-Type-Options"] = "nosniff"
    return cast("HttpResponse", response)


def _url(request: Request, name: str, run: ImportRun) -> str:
    return reverse(f"workspace:{name}", args=[request.ctx.workspace.slug, run.pk])


def _step(request: Request, run: ImportRun, files: list[Any], step: int) -> dict[str, Any]:
    return {
        "page_title": _("Import"),
        "run": run,
        "files": files,
        "steps": STEPS,
        "step": step,
        "pill": counted_pill(request.ctx, files),
    }


def _whole_page(url: str) -> HttpResponse:
    """Have HTMX load the page anew."""
    response = HttpResponse(status=200)
    response["HX-Redirect"] = url
    return response
