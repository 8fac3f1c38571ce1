"""Somebody sets down what is to be done, by whom, until when."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, cast

from tenure.directory.models import Task
from tenure.directory.queries.accounts import get_account
from tenure.directory.queries.people import get_person
from tenure.directory.records import TASK
from tenure.workspace.action import action
from tenure.workspace.records import guard_external_id, insert_records

if TYPE_CHECKING:
    from tenure.workspace.context import Context


@action("directory.create_task")
def create_task(ctx: Context, values: Mapping[str, Any]) -> Task:
    """Write one task. values: field name (records/task.py) to typed value; `title` is needed.

    Without `assignee` it is the acting member's; without an account it is the person's. Raises NameMissing, NotFound. Not idempotent.
    """
    guard_external_id(TASK, values)
    given = {"assignee": ctx.member_id} | {name: value for name, value in values.items() if value is not None}
    if given.get("account"):
        get_account(ctx, given["account"], permission="directory.create_task")
    if given.get("person"):
        person = get_person(ctx, given["person"], permission="directory.create_task")
        given.setdefault("account", person.account_id)
    task = cast("Task", TASK.build(ctx, given))
    insert_records(ctx, TASK, [task], given.keys())
    ctx.audit(task)
    return task
