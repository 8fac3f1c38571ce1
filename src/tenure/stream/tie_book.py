"""The ties of a workspace, read and written under its lock: subjects, whom they follow, who follows them.

Writers of one workspace follow one another, so revisions grow in the order of commits: who copies everything above a revision misses none.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field, fields
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db import connection

from tenure.stream.domain.spans import EVER, Span, Spans, followed, told_at
from tenure.stream.models import Tie
from tenure.workspace.rows import insert_rows, update_rows

if TYPE_CHECKING:
    from tenure.workspace.context import Context

# The position of the copy in the event store (ties_copy.py): revisions stay above it even where the newest rows were erased.
COPY = "ties_copy"
_LOCK = "SELECT pg_advisory_xact_lock(hashtextextended('ties:' || tenure_workspace()::text, 0))"
_NEWEST = """
SELECT greatest(
  (SELECT max(revision) FROM stream_tie WHERE workspace_id = tenure_workspace()),
  (SELECT seq FROM stream_readerposition WHERE workspace_id = tenure_workspace() AND reader = %s))
"""
_WRITTEN = ("account_id", "person_id", "follows", "reason", "made_by_id", "made_at", "revision")
_HINTED = ("hint_external_id", "hint_domain", "hint_email", "hint_name")
HINT_CHARACTERS = 500


@dataclass(frozen=True, slots=True)
class Hints:
    """What a client said of a subject; '' for what it did not say."""

    external_id: str = ""
    domain: str = ""
    email: str = ""
    name: str = ""

    def over(self, known: Hints) -> Hints:
        """These, and where they say nothing what was known."""
        return Hints(*((getattr(self, one.name) or getattr(known, one.name))[:HINT_CHARACTERS] for one in fields(Hints)))


NO_HINTS = Hints()


@dataclass(slots=True)
class _Entry:
    """One subject: its spans and hints as they are to be, and its rows as they are."""

    spans: Spans = ()
    hints: Hints = NO_HINTS
    rows: dict[datetime, Tie] = field(default_factory=dict)


class TieBook:
    """The ties of some subjects, locked until the transaction ends."""

    def __init__(self, ctx: Context, subjects: Collection[str]) -> None:
        """Lock the workspace's ties and read those of `subjects` and of whom they follow."""
        self._ctx = ctx
        self._entries: dict[str, _Entry] = {}
        lock_ties()
        self.read(subjects)

    def read(self, subjects: Collection[str]) -> None:
        """Read what is not read yet; a visitor follows a user, who follows a group: three rounds at most."""
        missing = {subject for subject in subjects if subject not in self._entries}
        while missing:
            self._take_in(missing, Tie.objects.filter(subject__any_of=sorted(missing)))
            led_by = {span.follows for subject in missing for span in self._entries[subject].spans if span.follows}
            missing = led_by - set(self._entries)

    def spans(self, subject: str) -> Spans:
        """The subject's spans, in order."""
        return self._entries[subject].spans

    def say(self, subject: str, spans: Spans) -> None:
        """Have them be these, once written."""
        self._entries[subject].spans = spans

    def hint(self, subject: str, hints: Hints) -> None:
        """Add what a client said."""
        entry = self._entries[subject]
        entry.hints = hints.over(entry.hints)

    def write(self) -> int:
        """Let everybody take what whom they follow says, and write what changed; returns how many rows."""
        self._follow()
        changed: list[Tie] = []
        made: list[Tie] = []
        for subject, entry in self._entries.items():
            for span in told_at(entry.spans, list(entry.rows)):
                row = entry.rows.get(span.since)
                if row is None:
                    made.append(self._row(subject, entry, span))
                elif _fill(row, entry, span):
                    changed.append(row)
        number_ties(self._ctx, [*made, *changed])
        insert_rows(Tie, made)
        update_rows(Tie, changed, [*_WRITTEN, *_HINTED])
        return len(made) + len(changed)

    def _take_in(self, subjects: Iterable[str], rows: Iterable[Tie]) -> None:
        for subject in subjects:
            self._entries.setdefault(subject, _Entry())
        by_subject: dict[str, list[Tie]] = {}
        for row in rows:
            by_subject.setdefault(row.subject, []).append(row)
        for subject, found in by_subject.items():
            found.sort(key=lambda row: row.since_at)
            entry = self._entries.setdefault(subject, _Entry())
            entry.rows = {row.since_at: row for row in found}
            entry.spans = tuple(_span(row) for row in found)
            entry.hints = Hints(*(getattr(found[0], name) for name in _HINTED))

    def _follow(self) -> None:
        """Leaders first, then who follows them: users, then visitors. Followers are read only of those that changed."""
        self.read({span.follows for entry in list(self._entries.values()) for span in entry.spans if span.follows})
        for kind in ("g:", "u:", "a:"):
            leaders = {subject: entry.spans for subject, entry in self._entries.items()}
            for subject, entry in self._entries.items():
                if subject.startswith(kind):
                    entry.spans = followed(entry.spans, leaders)
            moved = [subject for subject in self._entries if subject.startswith(kind) and self._has_moved(subject)]
            if moved and kind != "a:":
                names = set(Tie.objects.filter(follows__any_of=sorted(moved)).values_list("subject", flat=True))
                self.read(names)

    def _has_moved(self, subject: str) -> bool:
        entry = self._entries[subject]
        before = [(row.since_at, row.account_id, row.person_id) for row in entry.rows.values()]
        return [(span.since, span.account, span.person) for span in entry.spans] != before

    def _row(self, subject: str, entry: _Entry, span: Span) -> Tie:
        row = Tie(workspace_id=self._ctx.workspace.pk, subject=subject, since_at=span.since, made_at=self._ctx.now())
        _fill(row, entry, span)
        return row


def lock_ties() -> None:
    """Let no other writer of this workspace's ties in until the transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute(_LOCK)


def number_ties(ctx: Context, rows: Collection[Tie]) -> None:
    """Give each row the next revision, under the lock."""
    if rows:
        with connection.cursor() as cursor:
            cursor.execute(_NEWEST, [COPY])
            newest = cursor.fetchone()[0] or 0
        now = ctx.now()
        for revision, row in enumerate(rows, newest + 1):
            row.revision, row.made_at = revision, now


def _span(row: Tie) -> Span:
    return Span(row.since_at, row.account_id, row.person_id, row.follows, row.reason, row.made_by_id)


def _fill(row: Tie, entry: _Entry, span: Span) -> bool:
    """Have the row say what the span says; whether it did not before. Hints stand in a subject's first row."""
    hints = entry.hints if span.since == EVER else NO_HINTS
    wanted: dict[str, Any] = {
        "account_id": span.account,
        "person_id": span.person,
        "follows": span.follows,
        "reason": span.reason,
        "made_by_id": span.by,
        "hint_external_id": hints.external_id,
        "hint_domain": hints.domain,
        "hint_email": hints.email,
        "hint_name": hints.name,
    }
    changed = {name: value for name, value in wanted.items() if getattr(row, name) != value}
    for name, value in changed.items():
        setattr(row, name, value)
    return bool(changed)
