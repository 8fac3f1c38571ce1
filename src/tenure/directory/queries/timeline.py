"""A page of the timeline of an account or a person, the latest first, with what is pinned above it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db.models import DateTimeField

from tenure.directory.domain.marked_text import marked
from tenure.directory.models import Note, TimelineEntry
from tenure.directory.timeline import PAGE_ENTRIES, lines_of
from tenure.workspace.lists.keyset import Place, take_after
from tenure.workspace.reach import scope_filter

if TYPE_CHECKING:
    from tenure.workspace.context import Context

MAX_PINNED = 5


def timeline_page(
    ctx: Context, *, account_id: UUID | None = None, person_id: UUID | None = None, after: str = ""
) -> dict[str, Any]:
    """Lines, the cursor of the older ones (empty: there are none), and on the first page what is pinned. Raises CursorInvalid."""
    about = {"account_id": account_id} if account_id else {"person_id": person_id}
    rows = TimelineEntry.objects.filter(scope_filter(ctx, "directory.view", TimelineEntry), **about)
    place = Place.decode(after, DateTimeField()) if after else None
    keys = take_after(rows, "at", place, descending=True, nullable=False, count=PAGE_ENTRIES + 1)
    entries = {entry.pk: entry for entry in TimelineEntry.objects.filter(pk__in=keys[:PAGE_ENTRIES])}
    shown = [entries[key] for key in keys[:PAGE_ENTRIES]]
    older = Place(shown[-1].at, shown[-1].pk).encode() if len(keys) > PAGE_ENTRIES else ""
    notes = Note.objects.filter(**about, pinned_at__isnull=False).select_related("author").order_by("-pinned_at")[:MAX_PINNED]
    pinned = [] if after else [{"note": note, "body": marked(note.body)} for note in notes]
    above = {one["note"].pk for one in pinned}
    return {"lines": lines_of(ctx, [entry for entry in shown if entry.subject_id not in above]), "older": older, "pinned": pinned}
