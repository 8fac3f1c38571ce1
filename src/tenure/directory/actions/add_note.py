"""Somebody notes something about an account."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, cast
from uuid import UUID

from tenure.directory.models import Note
from tenure.directory.queries.accounts import get_account
from tenure.directory.records import NOTE
from tenure.workspace.action import action
from tenure.workspace.records import guard_external_id, insert_records

if TYPE_CHECKING:
    from tenure.workspace.context import Context


@action("directory.add_note")
def add_note(
    ctx: Context,
    account_id: UUID,
    body: str,
    *,
    person_id: UUID | None = None,
    is_pinned: bool = False,
    more: Mapping[str, Any] | None = None,
) -> Note:
    """Write a note in light markup; the acting member is its author. more: its external id and custom fields, by field name.

    Raises TextMissing, ExternalIdTaken, NotFound. Idempotent by external id only.
    """
    guard_external_id(NOTE, more or {})
    account = get_account(ctx, account_id, permission="directory.add_note")
    values: Mapping[str, Any] = {
        "body": body,
        "account": account.pk,
        "person": person_id,
        "author": ctx.member_id,
        "written_at": ctx.now(),
        "pinned_at": ctx.now() if is_pinned else None,
        **(more or {}),
    }
    note = cast("Note", NOTE.build(ctx, dict(values)))
    insert_records(ctx, NOTE, [note], values.keys())
    ctx.audit(note)
    return note
