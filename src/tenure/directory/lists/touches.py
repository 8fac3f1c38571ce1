"""The lists below one account: its notes, activities, files and what happened with it. They have no page of their own."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy as _

from tenure.directory.enums import ActivityKind
from tenure.directory.models import AccountFile, Activity, Note, TimelineEntry
from tenure.directory.timeline import lines_of
from tenure.workspace.lists import Choice, Column, ColumnKind, ListSpec

if TYPE_CHECKING:
    from tenure.workspace.context import Context

_ACCOUNT = Column("account", _("Account"), ColumnKind.REFERENCE, path="account_id", show="account_id")
_PERSON = Column("person", _("Person"), ColumnKind.REFERENCE, path="person_id", show="person_id")

NOTES = ListSpec(
    name="notes",
    record="note",
    label=_("Notes"),
    model=Note,
    permission="directory.view",
    default_sort="-written",
    columns=(
        _ACCOUNT,
        _PERSON,
        Column("written", _("Written"), ColumnKind.INSTANT, path="written_at", sort="written_at", show="written_at"),
        Column("author", _("Author"), ColumnKind.MEMBER, path="author_id", show="author_id"),
    ),
)

ACTIVITIES = ListSpec(
    name="activities",
    record="activity",
    label=_("Activities"),
    model=Activity,
    permission="directory.view",
    default_sort="-happened",
    columns=(
        _ACCOUNT,
        _PERSON,
        Column("happened", _("When"), ColumnKind.INSTANT, path="happened_at", sort="happened_at", show="happened_at"),
        Column(
            "kind",
            _("Kind"),
            ColumnKind.CHOICE,
            path="kind",
            show="get_kind_display",
            choices=lambda _ctx: [Choice(value, label) for value, label in ActivityKind.choices],
        ),
        Column("member", _("Who"), ColumnKind.MEMBER, path="member_id", show="member_id"),
    ),
)

FILES = ListSpec(
    name="files",
    label=_("Files"),
    model=AccountFile,
    permission="directory.view",
    default_sort="-created",
    related=("file",),
    columns=(
        _ACCOUNT,
        _PERSON,
        Column("created", _("Created"), ColumnKind.INSTANT, path="created_at", sort="id", show="created_at"),
    ),
)


def _tell(ctx: Context, entries: list[Any]) -> None:
    """Put on each entry the line that tells it."""
    lines = {line.id: line for line in lines_of(ctx, entries)}
    for entry in entries:
        entry.line = lines.get(entry.pk)


TIMELINE = ListSpec(
    name="timeline",
    label=_("Timeline"),
    model=TimelineEntry,
    permission="directory.view",
    default_sort="-at",
    load=_tell,
    columns=(
        _ACCOUNT,
        _PERSON,
        Column("at", _("When"), ColumnKind.INSTANT, path="at", sort="at", show="at"),
        Column("kind", _("Kind"), path="kind", show="kind"),
    ),
)
