"""Finding tasks: one by id, somebody's, an account's."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, NamedTuple
from uuid import UUID

from django.db.models import F, Q, QuerySet

from tenure.directory.models import Task
from tenure.kernel.errors import NotFound
from tenure.workspace.reach import scope_filter

if TYPE_CHECKING:
    from tenure.workspace.context import Context

SOON_DAYS = 14
MAX_SHOWN = 50


class Due(NamedTuple):
    """Somebody's open tasks by when they are due; `later` only counts."""

    overdue: list[Task]
    today: list[Task]
    soon: list[Task]
    undated: list[Task]
    later: int


def get_task(ctx: Context, task_id: UUID, *, permission: str = "directory.view") -> Task:
    """The living task, where the caller holds `permission` on its account or it is theirs to do; else raises NotFound."""
    ctx.require(permission)
    row = Task.objects.filter(visible_tasks(ctx, permission), pk=task_id).first()
    if row is None:
        raise NotFound(kind="task")
    return row


def visible_tasks(ctx: Context, permission: str = "directory.view") -> Q:
    """Tasks on which the caller holds the permission, and those that are theirs to do."""
    reached = scope_filter(ctx, permission, Task)
    return reached | Q(assignee_id=ctx.member_id) if reached and ctx.member_id else reached


def tasks_of_account(ctx: Context, account_id: UUID) -> QuerySet[Any]:
    """The open tasks of an account, the most pressing first."""
    rows = Task.objects.filter(visible_tasks(ctx), account_id=account_id, done_at=None).select_related("assignee")
    return rows.order_by(F("due_on").asc(nulls_last=True), "id")[:MAX_SHOWN]


def due_of(_ctx: Context, member_id: UUID, today: date) -> Due:
    """A member's open tasks: overdue, due today or reminded of by today, in the next two weeks, without a day."""
    mine = Task.objects.filter(assignee_id=member_id, done_at=None)
    reminded = Q(remind_on__lte=today) & (Q(due_on__gt=today) | Q(due_on=None))
    until = today + timedelta(days=SOON_DAYS)
    rows = list(
        mine.filter(Q(due_on__lte=until) | Q(due_on=None) | reminded)
        .select_related("account", "person")
        .order_by(F("due_on").asc(nulls_last=True), "id")[: 4 * MAX_SHOWN]
    )
    overdue = [row for row in rows if row.due_on and row.due_on < today]
    now = [row for row in rows if row.due_on == today or _is_reminded(row, today)]
    soon = [row for row in rows if row.due_on and today < row.due_on <= until and row not in now]
    undated = [row for row in rows if row.due_on is None and row not in now]
    later = mine.filter(due_on__gt=until).exclude(remind_on__lte=today)[: MAX_SHOWN + 1].count()
    return Due(overdue, now, soon, undated, later)


def _is_reminded(task: Task, today: date) -> bool:
    return task.remind_on is not None and task.remind_on <= today and (task.due_on is None or task.due_on > today)
