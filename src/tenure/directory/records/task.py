"""The record type of tasks."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import TYPE_CHECKING, Any, ClassVar

from django.utils.translation import gettext_lazy as _

from tenure.directory.errors import NameMissing
from tenure.directory.events import TaskChanged, TaskCreated, TaskDeleted, TaskRestored
from tenure.directory.models import Task, TaskSlots
from tenure.workspace.records import FieldKind, RecordEvents, RecordField, RecordType

if TYPE_CHECKING:
    from tenure.workspace.context import Context


class TaskRecord(RecordType):
    """Tasks."""

    name = "task"
    label = _("Task")
    label_plural = _("Tasks")
    icon = "checkbox"
    model = Task
    slots = TaskSlots
    events = RecordEvents(TaskCreated, TaskChanged, TaskDeleted, TaskRestored)
    view_permission = "directory.view"
    create_permission = "directory.create_task"
    change_permission = "directory.update_task"
    delete_permission = "directory.delete_tasks"
    belongs_to: ClassVar[dict[str, str]] = {"account": "account_id"}
    fields: ClassVar[Sequence[RecordField]] = (
        RecordField("title", _("Task"), is_required=True, synonyms=("task name", "subject", "to do", "tarea", "任务")),
        RecordField("due_on", _("Due"), FieldKind.DATE, synonyms=("due date", "deadline", "vence", "fecha límite", "截止日期")),
        RecordField(
            "assignee",
            _("Who"),
            FieldKind.MEMBER,
            column="assignee_id",
            synonyms=("assigned to", "owner", "asignado a", "负责人"),
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
        RecordField("remind_on", _("Remind me on"), FieldKind.DATE, synonyms=("reminder", "recordatorio", "提醒")),
        RecordField("done_at", _("Done"), FieldKind.INSTANT, synonyms=("completed", "completion date", "hecho", "完成时间")),
        RecordField("done_by", _("Done by"), FieldKind.MEMBER, column="done_by_id"),
        RecordField("external_id", _("External id"), is_key=True, synonyms=("id", "task id", "record id")),
    )

    def derive(self, ctx: Context, rows: Sequence[Any]) -> None:
        """Trimmed title."""
        del ctx
        for row in rows:
            row.title = row.title.strip()

    def guard(self, ctx: Context, rows: Sequence[Any], names: Collection[str] | None) -> None:
        """A task says what is to be done."""
        del ctx, names
        if any(not row.title for row in rows):
            raise NameMissing


TASK = TaskRecord()
