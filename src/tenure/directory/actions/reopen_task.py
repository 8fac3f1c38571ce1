"""A task was not done after all."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from tenure.directory.models import Task
from tenure.directory.queries.tasks import get_task
from tenure.directory.records import TASK
from tenure.workspace.action import action
from tenure.workspace.actions.edit_record import edit_record

if TYPE_CHECKING:
    from tenure.workspace.context import Context


@action("directory.update_task")
def reopen_task(ctx: Context, task_id: UUID) -> Task:
    """Take the tick away. Idempotent: an open task stays as it is."""
    task = get_task(ctx, task_id, permission="directory.update_task")
    edit_record(ctx, TASK, task, {"done_at": None, "done_by": None})
    return task
