"""Notes over the API."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from ninja import Router

from tenure.directory.actions.add_note import add_note
from tenure.directory.actions.delete_notes import delete_notes
from tenure.directory.actions.update_note import update_note
from tenure.directory.lists.touches import NOTES
from tenure.directory.models import Note
from tenure.directory.queries.accounts import get_account
from tenure.directory.queries.touches import get_touch
from tenure.directory.records import NOTE
from tenure.directory.schemas.touches import NoteIn, NoteOut, NotePage, NotePatch
from tenure.workspace.endpoints import (
    ApiRequest,
    cursor_page,
    delete_record,
    endpoint,
    list_state,
    record_out,
    record_values,
    tag_made,
    tag_version,
    wanted_version,
)
from tenure.workspace.endpoints.change_sets import ChangeSetOut

router = Router(tags=["Notes"])


@router.get(
    "/accounts/{uuid:account_id}/notes", response=NotePage, operation_id="list_account_notes", summary="List an account's notes"
)
@endpoint("directory.view", lists=NOTES)
def account_notes(request: ApiRequest, account_id: UUID) -> NotePage:
    """The account's notes, the latest first."""
    state = list_state(request, NOTES).narrowed(account=str(get_account(request.ctx, account_id).pk))
    return cursor_page(request, NOTES, NotePage, lambda row: _out(request, row), state=state)


@router.post(
    "/accounts/{uuid:account_id}/notes", response={201: NoteOut}, operation_id="add_note", summary="Add a note to an account"
)
@endpoint("directory.add_note")
def account_notes_post(request: ApiRequest, account_id: UUID, body: NoteIn, response: HttpResponse) -> NoteOut:
    """Write a note on the account."""
    values = record_values(request.ctx, NOTE, body)
    more = {name: value for name, value in values.items() if name not in ("body", "person", "is_pinned")}
    made = add_note(request.ctx, account_id, body.body, person_id=body.person, is_pinned=body.is_pinned, more=more)
    return _out(request, tag_made(response, made, "note"))


@router.get("/notes/{uuid:note_id}", response=NoteOut, operation_id="get_note", summary="Get a note")
@endpoint("directory.view")
def note(request: ApiRequest, note_id: UUID, response: HttpResponse) -> NoteOut:
    """One note. Its version stands in ETag."""
    return _out(request, tag_version(response, get_touch(request.ctx, Note, note_id)))


@router.patch("/notes/{uuid:note_id}", response=NoteOut, operation_id="update_note", summary="Change a note")
@endpoint("directory.update_note", is_versioned=True)
def note_patch(request: ApiRequest, note_id: UUID, body: NotePatch, response: HttpResponse) -> NoteOut:
    """Change the fields sent, as a change set that can be undone."""
    values, version = record_values(request.ctx, NOTE, body), wanted_version(request, body.version)
    if "is_pinned" in values:
        values["pinned_at"] = request.ctx.now() if values.pop("is_pinned") else None
    return _out(request, tag_version(response, update_note(request.ctx, note_id, values, version=version)))


@router.delete("/notes/{uuid:note_id}", response=ChangeSetOut, operation_id="delete_note", summary="Delete a note")
@endpoint("directory.delete_note", is_versioned=True)
def note_delete(request: ApiRequest, note_id: UUID) -> ChangeSetOut:
    """Delete the note. The change set returned can be undone."""
    return delete_record(request, NOTE, note_id, delete_notes)


def _out(request: ApiRequest, row: Note) -> NoteOut:
    return record_out(request.ctx, NoteOut, NOTE, row)
