"""A task is done."""

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
def finish_task(ctx: Context, task_id: UUID) -> Task:
    """Tick the task; it stands on the account's timeline then. Can be undone. Idempotent: a task that is done stays as it is."""
    task = get_task(ctx, task_id, permission="directory.update_task")
    if not task.is_done:
        edit_record(ctx, TASK, task, {"done_at": ctx.now(), "done_by": ctx.member_id})
    return task
