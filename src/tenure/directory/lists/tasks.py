"""The list of tasks."""

from __future__ import annotations

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from tenure.directory.lists.accounts import member_choices
from tenure.directory.models import Task
from tenure.workspace.lists import Choice, Column, ColumnKind, ListSpec


def _in_state(states: list[str]) -> Q:
    open_, done = Q(done_at__isnull=True), Q(done_at__isnull=False)
    if set(states) == {"open"}:
        return open_
    return done if set(states) == {"done"} else Q()


TASKS = ListSpec(
    name="tasks",
    record="task",
    label=_("Tasks"),
    model=Task,
    permission="directory.view",
    default_sort="due",
    related=("account", "assignee"),
    columns=(
        Column("title", _("Task"), show="title", is_filter=False),
        Column("due", _("Due"), ColumnKind.DATE, path="due_on", sort="due_on", show="due_on"),
        Column("account", _("Account"), ColumnKind.REFERENCE, path="account_id", show="account"),
        Column("assignee", _("Who"), ColumnKind.MEMBER, path="assignee_id", show="assignee", choices=member_choices),
        Column(
            "state",
            _("State"),
            ColumnKind.CHOICE,
            show="state_word",
            match=_in_state,
            choices=lambda _ctx: [Choice("open", _("Open")), Choice("done", _("Done"))],
        ),
        Column("asked_by", _("Asked for by"), show="asked_by", is_filter=False, is_default=False),
        Column("updated", _("Last change"), ColumnKind.INSTANT, path="updated_at", sort="updated_at", show="updated_at"),
        Column("created", _("Created"), ColumnKind.INSTANT, path="created_at", sort="id", show="created_at", is_default=False),
    ),
)
