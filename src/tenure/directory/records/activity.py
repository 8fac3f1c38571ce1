"""The record type of activities: calls, meetings, mails."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import TYPE_CHECKING, Any, ClassVar

from django.utils.translation import gettext_lazy as _

from tenure.directory.enums import ActivityKind, Direction, Outcome
from tenure.directory.errors import AccountMissing
from tenure.directory.events import ActivityChanged, ActivityCreated, ActivityDeleted, ActivityRestored
from tenure.directory.models import Activity, ActivitySlots
from tenure.directory.records.choices import choices_of
from tenure.workspace.records import FieldKind, RecordEvents, RecordField, RecordType

if TYPE_CHECKING:
    from tenure.workspace.context import Context


class ActivityRecord(RecordType):
    """Activities."""

    name = "activity"
    label = _("Activity")
    label_plural = _("Activities")
    icon = "phone"
    model = Activity
    slots = ActivitySlots
    events = RecordEvents(ActivityCreated, ActivityChanged, ActivityDeleted, ActivityRestored)
    view_permission = "directory.view"
    create_permission = "directory.log_activity"
    change_permission = "directory.update_activity"
    delete_permission = "directory.delete_activity"
    belongs_to: ClassVar[dict[str, str]] = {"account": "account_id"}
    fields: ClassVar[Sequence[RecordField]] = (
        RecordField(
            "kind",
            _("Kind"),
            FieldKind.CHOICE,
            is_required=True,
            choices=choices_of(ActivityKind),
            synonyms=("type", "activity type", "tipo", "类型"),
        ),
        RecordField(
            "account",
            _("Account"),
            FieldKind.REFERENCE,
            column="account_id",
            references="account",
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
            "happened_at",
            _("When"),
            FieldKind.INSTANT,
            is_required=True,
            synonyms=("date", "time", "activity date", "fecha", "时间"),
        ),
        RecordField("subject", _("Subject"), synonyms=("title", "asunto", "主题")),
        RecordField("direction", _("Direction"), FieldKind.CHOICE, choices=choices_of(Direction)),
        RecordField(
            "outcome",
            _("Outcome"),
            FieldKind.CHOICE,
            choices=choices_of(Outcome),
            synonyms=("result", "call outcome", "resultado", "结果"),
        ),
        RecordField("minutes", _("Minutes"), FieldKind.INTEGER, synonyms=("duration", "duración", "时长")),
        RecordField(
            "body",
            _("What was said"),
            FieldKind.LONG_TEXT,
            max_length=20_000,
            synonyms=("notes", "body", "description", "notas", "备注"),
        ),
        RecordField(
            "member", _("Who"), FieldKind.MEMBER, column="member_id", synonyms=("owner", "assigned to", "propietario", "负责人")
        ),
        RecordField("external_id", _("External id"), is_key=True, synonyms=("id", "activity id", "record id")),
    )

    def guard(self, ctx: Context, rows: Sequence[Any], names: Collection[str] | None) -> None:
        """We were in touch with somebody, or with an account."""
        del ctx, names
        if any(row.account_id is None and row.person_id is None for row in rows):
            raise AccountMissing


ACTIVITY = ActivityRecord()
