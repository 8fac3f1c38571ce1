"""A task is changed: another day, another member, another wording."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any
from uuid import UUID

from tenure.directory.models import Task
from tenure.directory.queries.tasks import get_task
from tenure.directory.records import TASK
from tenure.workspace.action import action
from tenure.workspace.actions.edit_record import edit_record

if TYPE_CHECKING:
    from tenure.workspace.context import Context


@action("directory.update_task")
def update_task(ctx: Context, task_id: UUID, values: Mapping[str, Any], *, version: int | None = None) -> Task:
    """Set the fields in `values` (records/task.py). Can be undone. Raises NameMissing, RecordChanged, NotFound."""
    task = get_task(ctx, task_id, permission="directory.update_task")
    edit_record(ctx, TASK, task, values, version=version)
    return task
