"""Files of accounts over the API: send one, fetch it, take it away."""

from __future__ import annotations

from typing import IO, Annotated, cast
from uuid import UUID

from django.core.files.storage import default_storage
from django.http import FileResponse, HttpResponse
from ninja import File, Form, Router
from ninja.files import UploadedFile

from tenure.directory.actions.add_file import MAX_MEGABYTES, add_file
from tenure.directory.actions.delete_files import delete_files
from tenure.directory.lists.touches import FILES
from tenure.directory.models import AccountFile
from tenure.directory.queries.accounts import get_account
from tenure.directory.queries.touches import get_touch
from tenure.directory.records import ACCOUNT_FILE
from tenure.directory.schemas.touches import FileOut, FilePage
from tenure.kernel.errors import NotFound
from tenure.workspace.endpoints import (
    ApiRequest,
    cursor_page,
    delete_record,
    endpoint,
    list_state,
    record_out,
    tag_made,
    tag_version,
)
from tenure.workspace.endpoints.change_sets import ChangeSetOut

router = Router(tags=["Files"])

# The form around the file is a few lines.
LARGEST_UPLOAD = (MAX_MEGABYTES + 1) * 1024 * 1024


@router.get(
    "/accounts/{uuid:account_id}/files", response=FilePage, operation_id="list_account_files", summary="List an account's files"
)
@endpoint("directory.view", lists=FILES)
def account_files(request: ApiRequest, account_id: UUID) -> FilePage:
    """The account's files, the latest first."""
    state = list_state(request, FILES).narrowed(account=str(get_account(request.ctx, account_id).pk))
    return cursor_page(request, FILES, FilePage, lambda row: _out(request, row), state=state)


@router.post(
    "/accounts/{uuid:account_id}/files", response={201: FileOut}, operation_id="add_file", summary="Put a file on an account"
)
@endpoint("directory.add_file", max_bytes=LARGEST_UPLOAD)
def account_files_post(
    request: ApiRequest,
    account_id: UUID,
    response: HttpResponse,
    file: Annotated[UploadedFile, File(description="At most 50 MB. Programs are not taken.")],
    person: Annotated[UUID | None, Form(description="Whom it is about.")] = None,
) -> FileOut:
    """Keep a file. What it is is read from its bytes."""
    made = add_file(request.ctx, account_id, file.name or "", cast("IO[bytes]", file.file), person_id=person)
    return _out(request, tag_made(response, made, "file"))


@router.get("/files/{uuid:file_id}", response=FileOut, operation_id="get_file", summary="Get a file's description")
@endpoint("directory.view")
def file(request: ApiRequest, file_id: UUID, response: HttpResponse) -> FileOut:
    """What the file is called, what it is, how large. Its version stands in ETag."""
    return _out(request, tag_version(response, get_touch(request.ctx, AccountFile, file_id)))


@router.get(
    "/files/{uuid:file_id}/content",
    operation_id="get_file_content",
    summary="Get a file's bytes",
    openapi_extra={
        "responses": {
            200: {
                "description": "The bytes as they came.",
                "content": {"application/octet-stream": {"schema": {"type": "string", "format": "binary"}}},
            }
        }
    },
)
@endpoint("directory.view")
def file_content(request: ApiRequest, file_id: UUID) -> HttpResponse:
    """The file itself, always as a download."""
    row = get_touch(request.ctx, AccountFile, file_id)
    if not default_storage.exists(row.file.path):
        raise NotFound(kind="file")
    content = FileResponse(
        default_storage.open(row.file.path, "rb"), as_attachment=True, filename=row.name, content_type="application/octet-stream"
    )
    content["X-Content-Type-Options"] = "nosniff"
    return cast("HttpResponse", content)


@router.delete("/files/{uuid:file_id}", response=ChangeSetOut, operation_id="delete_file", summary="Delete a file")
@endpoint("directory.delete_file", is_versioned=True)
def file_delete(request: ApiRequest, file_id: UUID) -> ChangeSetOut:
    """Take the file off its account. The change set returned can be undone."""
    return delete_record(request, ACCOUNT_FILE, file_id, delete_files)


def _out(request: ApiRequest, row: AccountFile) -> FileOut:
    return record_out(request.ctx, FileOut, ACCOUNT_FILE, row, size=row.file.size)
