"""The record type of notes."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import TYPE_CHECKING, Any, ClassVar

from django.utils.translation import gettext_lazy as _

from tenure.directory.errors import AccountMissing, TextMissing
from tenure.directory.events import NoteChanged, NoteCreated, NoteDeleted, NoteRestored
from tenure.directory.models import Note, NoteSlots
from tenure.workspace.records import FieldKind, RecordEvents, RecordField, RecordType

if TYPE_CHECKING:
    from tenure.workspace.context import Context


class NoteRecord(RecordType):
    """Notes."""

    name = "note"
    label = _("Note")
    label_plural = _("Notes")
    icon = "note"
    model = Note
    slots = NoteSlots
    events = RecordEvents(NoteCreated, NoteChanged, NoteDeleted, NoteRestored)
    view_permission = "directory.view"
    create_permission = "directory.add_note"
    change_permission = "directory.update_note"
    delete_permission = "directory.delete_note"
    belongs_to: ClassVar[dict[str, str]] = {"account": "account_id"}
    fields: ClassVar[Sequence[RecordField]] = (
        RecordField(
            "body",
            _("Note"),
            FieldKind.LONG_TEXT,
            is_required=True,
            max_length=20_000,
            synonyms=("note", "note body", "text", "content", "comment", "nota", "备注"),
        ),
        RecordField(
            "account",
            _("Account"),
            FieldKind.REFERENCE,
            column="account_id",
            references="account",
            is_required=True,
            synonyms=("company", "company name", "account name", "empresa", "公司"),
        ),
        RecordField(
            "person",
            _("Person"),
            FieldKind.REFERENCE,
            column="person_id",
            references="person",
            synonyms=("contact", "contacto", "联系人"),
        ),
        RecordField(
            "author", _("Author"), FieldKind.MEMBER, column="author_id", synonyms=("created by", "owner", "autor", "作者")
        ),
        RecordField("written_at", _("Written"), FieldKind.INSTANT, synonyms=("create date", "created", "date", "fecha", "日期")),
        RecordField("pinned_at", _("Pinned"), FieldKind.INSTANT),
        RecordField("external_id", _("External id"), is_key=True, synonyms=("id", "note id", "record id")),
    )

    def derive(self, ctx: Context, rows: Sequence[Any]) -> None:
        """A note without a date is of today."""
        for row in rows:
            row.body = row.body.strip()
            row.written_at = row.written_at or ctx.now()

    def guard(self, ctx: Context, rows: Sequence[Any], names: Collection[str] | None) -> None:
        """A note says something, about an account."""
        del ctx, names
        if any(not row.body for row in rows):
            raise TextMissing
        if any(row.account_id is None for row in rows):
            raise AccountMissing


NOTE = NoteRecord()
