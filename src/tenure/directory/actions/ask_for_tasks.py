"""A room asks for tasks: a warning, a play, a renewal, an import that needs a decision."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID

from tenure.directory.models import Task
from tenure.directory.records import TASK
from tenure.workspace.action import action
from tenure.workspace.records import insert_records

if TYPE_CHECKING:
    from tenure.workspace.context import Context


@dataclass(frozen=True, slots=True)
class TaskRequest:
    """A task that something asks for. key: what makes it that task, once and for all (`play:<id>:<step>`); asked_by: in words."""

    key: str
    title: str
    account_id: UUID | None = None
    person_id: UUID | None = None
    assignee_id: UUID | None = None
    due_on: date | None = None
    asked_by_kind: str = ""
    asked_by_id: UUID | None = None
    asked_by: str = ""


@action("directory.create_task")
def ask_for_tasks(ctx: Context, requests: Sequence[TaskRequest]) -> list[Task]:
    """Write the tasks that were not asked for yet; those written. Set-based. Idempotent by key, also where it is done or deleted."""
    by_key = {request.key: request for request in requests}
    there = set(Task.everything.filter(key__in=list(by_key)).values_list("key", flat=True))
    tasks = [
        Task(
            workspace_id=ctx.workspace.pk,
            key=request.key,
            title=request.title,
            account_id=request.account_id,
            person_id=request.person_id,
            assignee_id=request.assignee_id,
            due_on=request.due_on,
            asked_by_kind=request.asked_by_kind,
            asked_by_id=request.asked_by_id,
            asked_by=request.asked_by,
        )
        for key, request in by_key.items()
        if key not in there
    ]
    insert_records(ctx, TASK, tasks, ["title", "account", "due_on", "assignee"])
    return tasks
