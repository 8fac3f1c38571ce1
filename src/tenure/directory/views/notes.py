"""Notes: write one on an account, change it, pin it, take it away."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from tenure.directory.actions.add_note import add_note
from tenure.directory.actions.delete_notes import delete_notes
from tenure.directory.actions.update_note import update_note
from tenure.directory.models import Note
from tenure.directory.queries.accounts import get_account
from tenure.directory.queries.touches import get_touch
from tenure.directory.records import NOTE
from tenure.directory.views.touches import account_page, answer_form, said_of, touch_form
from tenure.workspace.pages import page, say, see_other

if TYPE_CHECKING:
    from tenure.workspace.pages import Request

FIELDS = ("body", "person")


@page("directory.add_note")
def account_notes(request: Request, account_id: UUID) -> HttpResponse:
    """A new note on an account."""
    ctx = request.ctx
    account = get_account(ctx, account_id)
    form = touch_form(ctx, NOTE, FIELDS, request.POST or None, account_id=account.pk)
    return answer_form(
        request,
        form,
        lambda values: add_note(ctx, account.pk, values["body"], person_id=values["person"]),
        title=_("New note"),
        back=account_page(ctx, account.pk, "timeline"),
        said=said_of(NOTE),
        hint=_("**bold**, *italic*, lists with a dash, and web addresses are shown as such."),
    )


@page("directory.update_note")
def note_edit(request: Request, note_id: UUID) -> HttpResponse:
    """The form of a note."""
    ctx = request.ctx
    note = get_touch(ctx, Note, note_id)
    form = touch_form(ctx, NOTE, FIELDS, request.POST or None, account_id=note.account_id, row=note)
    return answer_form(
        request,
        form,
        lambda values: update_note(ctx, note_id, values),
        title=_("Edit note"),
        back=account_page(ctx, note.account_id, "timeline"),
        said=_("Saved."),
        removal="directory:note_removals" if ctx.holds("directory.delete_note") else "",
        pin="directory:note_pins",
        row=note,
    )


@page("directory.update_note")
@require_POST
def note_pins(request: Request, note_id: UUID) -> HttpResponse:
    """Pin the note above the timeline, or take it down."""
    ctx = request.ctx
    note = get_touch(ctx, Note, note_id)
    changed = update_note(ctx, note_id, {"pinned_at": None if note.pinned_at else ctx.now()})
    say(request, _("Pinned.") if changed.pinned_at else _("Taken down."), undo=changed.last_change_set)
    return see_other(account_page(ctx, note.account_id, "timeline"))


@page("directory.delete_note")
@require_POST
def note_removals(request: Request, note_id: UUID) -> HttpResponse:
    """Delete the note; the next page offers to take it back."""
    ctx = request.ctx
    note = get_touch(ctx, Note, note_id)
    say(request, _("Note deleted."), undo=delete_notes(ctx, [note_id]))
    return see_other(account_page(ctx, note.account_id, "timeline"))
