"""Imports over the API: send files, look at the preview, change how they are read, start, watch, cancel, go on, take back."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Callable
from typing import IO, Annotated, cast
from uuid import UUID

from django.http import FileResponse, HttpResponse
from django.urls import reverse
from ninja import File, Form, Query, Router
from ninja.files import UploadedFile

from tenure.workspace.actions.cancel_import import cancel_import
from tenure.workspace.actions.change_import_plan import change_import_plan
from tenure.workspace.actions.preview_import import preview_import
from tenure.workspace.actions.receive_import import receive_import
from tenure.workspace.actions.resume_import import resume_import
from tenure.workspace.actions.save_import import save_import
from tenure.workspace.actions.start_import import start_import
from tenure.workspace.actions.undo_change_set import undo_change_set
from tenure.workspace.endpoints import ApiRequest, endpoint
from tenure.workspace.endpoints.change_sets import ChangeSetOut, change_set_out
from tenure.workspace.endpoints.lists import MOST_ROWS
from tenure.workspace.enums import ImportState
from tenure.workspace.import_schemas import (
    ImportOut,
    ImportPage,
    PlanIn,
    SavedImportIn,
    SavedImportOut,
    SavedImportsOut,
    import_out,
    saved_import_out,
)
from tenure.workspace.imports.errors import ImportNotReady, PlanInvalid
from tenure.workspace.imports.errors_file import errors_name, write_errors
from tenure.workspace.imports.plan import FilePlan
from tenure.workspace.lists.fetch import PAGE_ROWS
from tenure.workspace.models import ImportRun
from tenure.workspace.queries.imports import get_file, get_import, list_files, list_imports, list_saved
from tenure.workspace.tabular.dialect import Limits

router = Router(tags=["Imports"])

MOST_FILES = 20


@router.get("/imports", response=ImportPage, operation_id="list_imports", summary="List imports")
@endpoint("workspace.run_import")
def imports(
    request: ApiRequest,
    after: Annotated[UUID | None, Query(description="The cursor `next` of the page before.")] = None,
    limit: Annotated[int, Query(ge=1, le=MOST_ROWS)] = PAGE_ROWS,
) -> ImportPage:
    """Imports, the latest first."""
    found = list_imports(request.ctx, before=after, limit=limit + 1)
    following = str(found[limit - 1].pk) if len(found) > limit else None
    return ImportPage(items=[_out(run) for run in found[:limit]], next=following, previous=None)


@router.post("/imports", response={201: ImportOut}, operation_id="create_import", summary="Draft an import")
@endpoint("workspace.run_import", max_bytes=Limits().bytes)
def imports_post(
    request: ApiRequest,
    response: HttpResponse,
    files: Annotated[list[UploadedFile], File(description="CSV or XLSX, also packed as gzip or ZIP.")],
    plan: Annotated[
        str, Form(description='A plan as JSON, for all files, or {"files": {"NAME": plan}}.', max_length=1_000_000)
    ] = "",
) -> ImportOut:
    """Store the files, find out what they hold, and preview what an import would do. Nothing is written to records before the start.

    Above 50 MB together the files are read later: the state is `reading`, then `draft`. Ask for the preview then.
    """
    plan_of = _plans(plan)
    given = [(one.name or "file", cast("IO[bytes]", one.file), plan_of(one.name or "file")) for one in files[:MOST_FILES]]
    run = receive_import(request.ctx, given)
    if run.state != ImportState.READING:
        preview_import(request.ctx, run.pk)
    response["Location"] = reverse("api:import_run", args=[run.pk])
    return _out(get_import(request.ctx, run.pk))


@router.get(
    "/imports/{uuid:run_id}", response=ImportOut, operation_id="get_import", summary="Get an import", url_name="import_run"
)
@endpoint("workspace.run_import")
def import_run(request: ApiRequest, run_id: UUID) -> ImportOut:
    """How an import stands: its preview before the start, its progress and result after it."""
    return _out(get_import(request.ctx, run_id))


@router.put(
    "/imports/{uuid:run_id}/files/{uuid:import_file_id}/plan",
    response=ImportOut,
    operation_id="change_import_plan",
    summary="Change how a file of an import is read",
)
@endpoint("workspace.run_import")
def import_plan(request: ApiRequest, run_id: UUID, import_file_id: UUID, body: PlanIn) -> ImportOut:
    """Read the file under this plan, and preview the import anew."""
    change_import_plan(request.ctx, run_id, import_file_id, _plan_of(body))
    preview_import(request.ctx, run_id)
    return _out(get_import(request.ctx, run_id))


@router.post("/imports/{uuid:run_id}/preview", response=ImportOut, operation_id="preview_import", summary="Preview an import")
@endpoint("workspace.run_import")
def import_preview(request: ApiRequest, run_id: UUID) -> ImportOut:
    """Count anew what the import would do. Above 20,000 rows it is counted later: the state is `previewing`, then `ready`."""
    return _out(preview_import(request.ctx, run_id))


@router.post("/imports/{uuid:run_id}/start", response=ImportOut, operation_id="start_import", summary="Start an import")
@endpoint("workspace.run_import")
def import_start(request: ApiRequest, run_id: UUID) -> ImportOut:
    """Have it carried out. Rows that a rule stands against are left out and listed in the file to mend."""
    return _out(start_import(request.ctx, run_id))


@router.post("/imports/{uuid:run_id}/cancel", response=ImportOut, operation_id="cancel_import", summary="Cancel an import")
@endpoint("workspace.run_import")
def import_cancel(request: ApiRequest, run_id: UUID) -> ImportOut:
    """Stop it after the rows it is at. What was written stays, to be gone on with or undone."""
    return _out(cancel_import(request.ctx, run_id))


@router.post("/imports/{uuid:run_id}/resume", response=ImportOut, operation_id="resume_import", summary="Resume an import")
@endpoint("workspace.run_import")
def import_resume(request: ApiRequest, run_id: UUID) -> ImportOut:
    """Go on after the last row that was written."""
    return _out(resume_import(request.ctx, run_id))


@router.post("/imports/{uuid:run_id}/undo", response=ChangeSetOut, operation_id="undo_import", summary="Undo an import")
@endpoint("workspace.undo_change_set")
def import_undo(request: ApiRequest, run_id: UUID) -> ChangeSetOut:
    """Take the whole import back. Records changed since, or that others refer to, are kept and listed."""
    run = get_import(request.ctx, run_id)
    if run.change_set_id is None:
        raise ImportNotReady(state=run.get_state_display())
    return change_set_out(undo_change_set(request.ctx, run.change_set_id))


@router.get(
    "/imports/{uuid:run_id}/files/{uuid:import_file_id}/errors",
    operation_id="get_import_errors",
    summary="Get the rows of a file that failed",
    openapi_extra={
        "responses": {
            200: {"description": "The rows in the file's own format, to be mended and sent again.", "content": {"text/csv": {}}}
        }
    },
)
@endpoint("workspace.run_import")
def import_errors(request: ApiRequest, run_id: UUID, import_file_id: UUID) -> HttpResponse:
    """The failed rows, each with its number and what is wrong with it, in the file's own format."""
    one = get_file(get_import(request.ctx, run_id), import_file_id)
    content = tempfile.TemporaryFile()  # noqa: SIM115 - the response closes it
    write_errors(one, cast("IO[bytes]", content))
    content.seek(0)
    return cast("HttpResponse", FileResponse(content, as_attachment=True, filename=errors_name(one)))


@router.get("/saved-imports", response=SavedImportsOut, operation_id="list_saved_imports", summary="List saved imports")
@endpoint("workspace.run_import")
def saved_imports(request: ApiRequest) -> SavedImportsOut:
    """Mappings kept under a name, with the source each takes its files from."""
    return SavedImportsOut(items=[saved_import_out(one) for one in list_saved(request.ctx)])


@router.post("/saved-imports", response={201: SavedImportOut}, operation_id="save_import", summary="Save an import")
@endpoint("workspace.run_import")
def saved_imports_post(request: ApiRequest, body: SavedImportIn) -> SavedImportOut:
    """Keep a plan under a name, and have its source looked at on a schedule. The same name replaces."""
    saved = save_import(
        request.ctx,
        body.name,
        _plan_of(body.plan),
        body.header,
        source=body.source,
        place=body.place,
        every_minutes=body.every_minutes,
    )
    return saved_import_out(saved)


def _out(run: ImportRun) -> ImportOut:
    return import_out(run, list_files(run))


def _plan_of(body: PlanIn) -> FilePlan:
    return FilePlan.from_dict(body.model_dump(mode="json"))


def _plans(text: str) -> Callable[[str], FilePlan]:
    """From a file's name to its plan."""
    try:
        plain = json.loads(text) if text.strip() else {}
    except ValueError as error:
        raise PlanInvalid(reason=str(error)) from error
    if not isinstance(plain, dict):
        raise PlanInvalid(reason="a plan is a JSON object")
    by_name = plain.get("files")
    if by_name is None:
        plan = FilePlan.from_dict(plain)
        return lambda _name: plan
    if not isinstance(by_name, dict):
        raise PlanInvalid(reason="files is a JSON object of names")
    return lambda name: FilePlan.from_dict(by_name.get(name, {}))
