"""How the directory's own happenings are told."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING
from uuid import UUID

from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from tenure.directory.domain.marked_text import excerpt, marked
from tenure.directory.models import Activity, Note
from tenure.directory.timeline import TimelineKind, register_timeline

if TYPE_CHECKING:
    from tenure.workspace.context import Context


def _notes(_ctx: Context, ids: Sequence[UUID]) -> Mapping[UUID, SafeString]:
    return {key: marked(body) for key, body in Note.objects.filter(pk__in=ids).values_list("pk", "body")}


def _activities(_ctx: Context, ids: Sequence[UUID]) -> Mapping[UUID, SafeString]:
    rows = Activity.objects.filter(pk__in=ids).exclude(body="").values_list("pk", "body")
    return {key: format_html("<small>{}</small>", excerpt(body)) for key, body in rows}


def _url(name: str, ctx: Context, key: UUID) -> str:
    return reverse(name, args=[ctx.workspace.slug, key])


def register_own_timeline() -> None:
    """Notes, activities, tasks, files, people, merges."""
    edit_note = lambda ctx, key: _url("directory:note_edit", ctx, key)  # noqa: E731
    edit_activity = lambda ctx, key: _url("directory:activity_edit", ctx, key)  # noqa: E731
    touched = (_("%(outcome)s"), _("%(minutes)s min"), _("by %(member)s"))
    register_timeline(
        TimelineKind("note", "note", (_("%(member)s noted"), _("A note")), bodies=_notes, url=edit_note),
        TimelineKind(
            "call",
            "phone",
            (_("Call with %(person)s: %(subject)s"), _("Call with %(person)s"), _("Call: %(subject)s"), _("A call")),
            touched,
            "sky",
            _activities,
            edit_activity,
        ),
        TimelineKind(
            "meeting",
            "users",
            (_("Meeting with %(person)s: %(subject)s"), _("Meeting with %(person)s"), _("Meeting: %(subject)s"), _("A meeting")),
            touched,
            "sky",
            _activities,
            edit_activity,
        ),
        TimelineKind(
            "mail_in",
            "mail",
            (_("%(person)s wrote: %(subject)s"), _("%(person)s wrote"), _("A mail came: %(subject)s"), _("A mail came")),
            (),
            "sky",
            _activities,
            edit_activity,
        ),
        TimelineKind(
            "mail_out",
            "send",
            (_("Mail to %(person)s: %(subject)s"), _("Mail to %(person)s"), _("Mail sent: %(subject)s"), _("Mail sent")),
            (_("by %(member)s"),),
            "",
            _activities,
            edit_activity,
        ),
        TimelineKind("task_done", "checkbox", (_("Done: %(task)s"),), (_("by %(member)s"),), "leaf"),
        TimelineKind(
            "file",
            "paperclip",
            (_("File added: %(file)s"),),
            (_("by %(member)s"),),
            url=lambda ctx, key: _url("directory:file", ctx, key),
        ),
        TimelineKind("person_left", "user-minus", (_("%(person)s left"),), (_("%(role)s in the decision chain"),), "amber"),
        TimelineKind("merged", "git-merge", (_("%(account)s was merged into this account"),), (_("by %(member)s"),)),
    )
