"""A note is written anew, or pinned above the timeline."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any
from uuid import UUID

from tenure.directory.models import Note
from tenure.directory.queries.touches import get_touch
from tenure.directory.records import NOTE
from tenure.workspace.action import action
from tenure.workspace.actions.edit_record import edit_record

if TYPE_CHECKING:
    from tenure.workspace.context import Context


@action("directory.update_note")
def update_note(ctx: Context, note_id: UUID, values: Mapping[str, Any], *, version: int | None = None) -> Note:
    """Set the fields in `values` (records/note.py). Can be undone. Raises TextMissing, RecordChanged, NotFound."""
    note = get_touch(ctx, Note, note_id, permission="directory.update_note")
    edit_record(ctx, NOTE, note, values, version=version)
    return note
