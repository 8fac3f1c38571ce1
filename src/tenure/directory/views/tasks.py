"""Tasks: set one down, tick it, change it, take it away; and the list of all."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_POST

from tenure.directory.actions.create_task import create_task
from tenure.directory.actions.delete_tasks import delete_tasks
from tenure.directory.actions.finish_task import finish_task
from tenure.directory.actions.reopen_task import reopen_task
from tenure.directory.actions.update_task import update_task
from tenure.directory.lists import TASKS
from tenure.directory.queries.accounts import get_account
from tenure.directory.queries.tasks import get_task
from tenure.directory.records import TASK
from tenure.directory.views.touches import account_page, answer_form, said_of, touch_form
from tenure.workspace.list_page import Surroundings, list_page
from tenure.workspace.pages import page, say, see_other
from tenure.workspace.views.lists import back_of

if TYPE_CHECKING:
    from tenure.workspace.pages import Request

ON_ACCOUNT = ("title", "due_on", "assignee", "person", "remind_on")
ALONE = ("title", "account", "due_on", "assignee", "remind_on")
AROUND_TASKS = Surroundings(
    record="task",
    row_url="directory:task_edit",
    new_url="directory:task_new",
    import_record="task",
    empty_title=gettext_lazy("No tasks yet"),
    empty_text=gettext_lazy("A task is the next step somebody has promised: for an account, by a day, by one person."),
)


@page("directory.view")
@require_GET
def tasks(request: Request) -> HttpResponse:
    """The list of tasks."""
    return list_page(request, TASKS, AROUND_TASKS)


@page("directory.create_task")
def account_tasks(request: Request, account_id: UUID) -> HttpResponse:
    """A next step on an account."""
    ctx = request.ctx
    account = get_account(ctx, account_id)
    form = touch_form(ctx, TASK, ON_ACCOUNT, request.POST or None, account_id=account.pk)
    form.initial["assignee"] = ctx.member_id
    return answer_form(
        request,
        form,
        lambda values: create_task(ctx, {**values, "account": account.pk}),
        title=_("Next step"),
        back=account_page(ctx, account.pk),
        said=said_of(TASK),
    )


@page("directory.create_task")
def task_new(request: Request) -> HttpResponse:
    """A task that may have no account."""
    ctx = request.ctx
    form = touch_form(ctx, TASK, ALONE, request.POST or None, account_id=None)
    form.initial = {"assignee": ctx.member_id, "due_on": ctx.today()}
    back = account_page(ctx, None)
    return answer_form(request, form, lambda values: create_task(ctx, values), title=_("New task"), back=back, said=said_of(TASK))


@page("directory.update_task")
def task_edit(request: Request, task_id: UUID) -> HttpResponse:
    """The form of a task."""
    ctx = request.ctx
    task = get_task(ctx, task_id)
    form = touch_form(
        ctx, TASK, ON_ACCOUNT if task.account_id else ALONE, request.POST or None, account_id=task.account_id, row=task
    )
    return answer_form(
        request,
        form,
        lambda values: update_task(ctx, task_id, values),
        title=_("Edit task"),
        back=account_page(ctx, task.account_id),
        said=_("Saved."),
        removal="directory:task_removals" if ctx.holds("directory.delete_tasks") else "",
        row=task,
    )


@page("directory.update_task")
@require_POST
def task_completions(request: Request, task_id: UUID) -> HttpResponse:
    """Tick the task; the next page offers to take it back."""
    task = finish_task(request.ctx, task_id)
    say(request, _("Done: %(task)s") % {"task": task.title}, undo=task.last_change_set)
    return see_other(back_of(request))


@page("directory.update_task")
@require_POST
def task_reopenings(request: Request, task_id: UUID) -> HttpResponse:
    """Take the tick away."""
    task = reopen_task(request.ctx, task_id)
    say(request, _("Open again: %(task)s") % {"task": task.title}, undo=task.last_change_set)
    return see_other(back_of(request))


@page("directory.delete_tasks")
@require_POST
def task_removals(request: Request, task_id: UUID) -> HttpResponse:
    """Delete the task; the next page offers to take it back."""
    ctx = request.ctx
    task = get_task(ctx, task_id)
    say(request, _("Task deleted."), undo=delete_tasks(ctx, [task_id]))
    return see_other(account_page(ctx, task.account_id))
