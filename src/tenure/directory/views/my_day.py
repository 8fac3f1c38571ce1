"""My day: what I am to do, and what changed in my accounts."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING, Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from tenure.directory.queries.my_day import accounts_of, changes_since
from tenure.directory.queries.tasks import Due, due_of
from tenure.workspace.pages import page

if TYPE_CHECKING:
    from tenure.workspace.context import Context
    from tenure.workspace.pages import Request


@page("directory.view")
@require_GET
def my_day(request: Request) -> HttpResponse:
    """The acting member's tasks by when they are due, and what others did in their accounts since yesterday's morning."""
    ctx = request.ctx
    today = ctx.now().astimezone(ctx.tz).date()
    due = due_of(ctx, ctx.member_id, today) if ctx.member_id else Due([], [], [], [], 0)
    context = {
        "page_title": _("My day"),
        "today": today,
        "groups": _groups(due),
        "due": due,
        "open_count": len(due.overdue) + len(due.today),
        "changes": _changes(ctx),
        "has_accounts": ctx.member_id is not None and accounts_of(ctx, ctx.member_id).exists(),
        "may_create": ctx.holds("directory.create_task"),
        "may_tick": ctx.holds("directory.update_task"),
    }
    return render(request, "directory/my_day.html", context)


def _groups(due: Due) -> list[dict[str, Any]]:
    groups = [
        {"label": _("Overdue"), "tasks": due.overdue, "tone": "bad"},
        {"label": _("Today"), "tasks": due.today, "tone": ""},
        {"label": _("Next two weeks"), "tasks": due.soon, "tone": ""},
        {"label": _("Without a day"), "tasks": due.undated, "tone": ""},
    ]
    return [group for group in groups if group["tasks"]]


def _changes(ctx: Context) -> list[Any]:
    if ctx.member_id is None:
        return []
    yesterday = ctx.now().astimezone(ctx.tz).date() - timedelta(days=1)
    return changes_since(ctx, ctx.member_id, datetime.combine(yesterday, time(), ctx.tz))
