"""What the directory tells members: a task was given to them, an account became theirs, a day they wanted to be reminded on."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tenure.directory.events import AccountChanged, AccountCreated, TaskChanged, TaskCreated
from tenure.directory.models import Account, Task
from tenure.workspace.daily import register_daily
from tenure.workspace.models import ChangeRow
from tenure.workspace.notifying import (
    Notice,
    NoticeKind,
    actor_names,
    gathered,
    register_notices,
    register_notifier,
    short,
    source_of,
    write_notices,
)
from tenure.workspace.scope import enter

if TYPE_CHECKING:
    from datetime import date

    from tenure.workspace.context import Context
    from tenure.workspace.models import OutboxEvent
    from tenure.workspace.models.base import Record

Facts = Mapping[str, Any]
REMINDED_AT_ONCE = 1_000
MY_DAY = "my-day/"


def tell_own(ctx: Context, events: Sequence[OutboxEvent]) -> Iterator[Notice]:
    """Notices of tasks and accounts that somebody else gave to a member."""
    del ctx
    names = actor_names(events)
    created = {TaskCreated.type, AccountCreated.type}
    made = [event for event in events if event.type in created]
    changed = [event for event in events if event.type not in created]
    given = {event.subject_id: event for event in (*made, *_changed_hands(changed))}
    tasks = [
        Notice(
            task.assignee_id,
            "directory.task_given",
            given[task.pk].pk,
            {"who": _name_of(given[task.pk], names), "title": short(task.title)},
            _path_of(task),
        )
        for task in _of_others(Task, "assignee_id", given)
        if not task.is_done
    ]
    accounts = [
        Notice(
            account.owner_id,
            "directory.account_given",
            given[account.pk].pk,
            {"who": _name_of(given[account.pk], names), "title": short(account.name)},
            f"accounts/{account.pk}/",
        )
        for account in _of_others(Account, "owner_id", given)
    ]
    yield from gathered(tasks, "directory.tasks_given", MY_DAY)
    yield from gathered(accounts, "directory.accounts_given", "accounts/?owner=me")


def _changed_hands(events: Sequence[OutboxEvent]) -> list[OutboxEvent]:
    """Of changes, those that set who a task or an account belongs to: the change set says which fields were set."""
    rows = ChangeRow.objects.filter(
        row_id__in=[event.subject_id for event in events],
        change_set_id__in={event.causation_id for event in events if event.causation_id},
        after__has_any_keys=["assignee", "owner"],
    )
    moved = set(rows.values_list("change_set_id", "row_id"))
    return [event for event in events if (event.causation_id, event.subject_id) in moved]


def _of_others(model: type[Record], column: str, given: Mapping[UUID | None, OutboxEvent]) -> list[Any]:
    """Living rows among the subjects that belong to a member other than who gave them, in the order of the events."""
    rows = {row.pk: row for row in model.objects.filter(pk__in=list(given)).exclude(**{column: None})}
    return [rows[key] for key, event in given.items() if key in rows and getattr(rows[key], column) != event.actor_id]


def _name_of(event: OutboxEvent, names: Mapping[UUID, str]) -> str:
    return names.get(event.actor_id, "Tenure") if event.actor_id else "Tenure"


def _path_of(task: Task) -> str:
    return f"accounts/{task.account_id}/" if task.account_id else MY_DAY


def remind(ctx: Context, since: date, today: date) -> int:
    """Tell members of their open tasks whose reminder came after `since` and by `today`; returns how many were told now.

    Once a task and reminder day: a task that is reminded of on another day is told of again.
    """
    told, last = 0, None
    while True:
        with enter(ctx.scope):
            due = Task.objects.filter(done_at__isnull=True, assignee__isnull=False, remind_on__gt=since, remind_on__lte=today)
            rows = due if last is None else due.filter(pk__gt=last)
            tasks: list[Any] = list(rows.order_by("id")[:REMINDED_AT_ONCE])
            told += write_notices(ctx, [_reminder(task) for task in tasks])
        if len(tasks) < REMINDED_AT_ONCE:
            return told
        last = tasks[-1].pk


def _reminder(task: Task) -> Notice:
    assert task.assignee_id is not None
    assert task.remind_on is not None
    facts = {"title": short(task.title), "due_on": task.due_on.isoformat() if task.due_on else ""}
    return Notice(
        task.assignee_id, "directory.reminder", source_of(task.pk, f"remind {task.remind_on.isoformat()}"), facts, _path_of(task)
    )


def _say_task(facts: Facts) -> str:
    return _("%(who)s gave you a task: %(title)s") % facts


def _say_tasks(facts: Facts) -> str:
    return ngettext("%(who)s gave you %(count)s task.", "%(who)s gave you %(count)s tasks.", facts["count"]) % facts


def _say_account(facts: Facts) -> str:
    return _("%(who)s made you the owner of %(title)s.") % facts


def _say_accounts(facts: Facts) -> str:
    return (
        ngettext(
            "%(who)s made you the owner of %(count)s account.",
            "%(who)s made you the owner of %(count)s accounts.",
            facts["count"],
        )
        % facts
    )


def _say_reminder(facts: Facts) -> str:
    return _("You wanted to be reminded: %(title)s") % facts


def register_own_notices() -> None:
    """Make them known, and have the events read."""
    register_notices(
        NoticeKind("directory.task_given", "checkbox", _say_task),
        NoticeKind("directory.tasks_given", "checkbox", _say_tasks),
        NoticeKind("directory.account_given", "building", _say_account),
        NoticeKind("directory.accounts_given", "building", _say_accounts),
        NoticeKind("directory.reminder", "clock", _say_reminder),
    )
    register_daily("directory.remind", remind)
    register_notifier("directory.notices", (TaskCreated, TaskChanged, AccountCreated, AccountChanged), tell_own)
