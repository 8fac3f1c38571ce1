"""Subjects that wait for an account, as the page, the file and the API show them: from the event store, with hints and suggestions."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy as _

from tenure.directory.models import Account, Person
from tenure.directory.queries.suggested_accounts import suggest_accounts
from tenure.directory.subject_ties import PERMISSION
from tenure.stream.domain.spans import EVER
from tenure.stream.queries.ties import SubjectSpan, subjects_hinted_like, subjects_of_people, ties_of
from tenure.stream.queries.waiting import KINDS, SORTS, list_waiting
from tenure.stream.tie_book import NO_HINTS, Hints

if TYPE_CHECKING:
    from tenure.workspace.context import Context

PAGE_SUBJECTS = 50
EXPORTED_SUBJECTS = 100_000
MAX_OFFSET = 10_000
MAX_PERSON_IDS = 20
KIND_LABELS = {"group": _("Group"), "user": _("User"), "visitor": _("Visitor")}
_KIND_OF = {prefix: kind for kind, prefix in KINDS.items()}


@dataclass(frozen=True, slots=True)
class WaitingSubject:
    """One line of the list."""

    subject: str
    events: int
    first_seen: datetime
    last_seen: datetime
    hints: Hints
    suggestion: Account | None = None

    @property
    def kind(self) -> str:
        """A key of KIND_LABELS."""
        return _KIND_OF[self.subject[:2]]

    @property
    def kind_label(self) -> Any:  # noqa: ANN401 - a lazy text
        """The kind in the reader's language."""
        return KIND_LABELS[self.kind]

    @property
    def id(self) -> str:
        """The id as the client sends it."""
        return self.subject[2:]

    @property
    def said(self) -> str:
        """What its client said of it, in a line."""
        return " · ".join(filter(None, (self.hints.name, self.hints.email or self.hints.domain)))


@dataclass(frozen=True, slots=True)
class WaitingState:
    """What the list is asked for; page: from 1."""

    kind: str = ""
    search: str = ""
    sort: str = "events"
    page: int = 1

    @classmethod
    def read(cls, query: Mapping[str, str]) -> WaitingState:
        """From an address; what it does not know, it passes over."""
        kind, sort, page = query.get("kind", ""), query.get("sort", ""), query.get("page", "")
        return cls(
            kind if kind in KINDS else "",
            query.get("q", "").strip()[:200].replace("\x00", ""),
            sort if sort in SORTS else "events",
            min(int(page), MAX_OFFSET // PAGE_SUBJECTS)
            if page.isdecimal() and len(page) < len(str(MAX_OFFSET)) and int(page)
            else 1,
        )

    def asked(self) -> dict[str, Any]:
        """The conditions as the event store is asked."""
        named = subjects_hinted_like(self.search) if self.search else ()
        return {"kind": self.kind, "search": self.search, "named": named}


def waiting_page(ctx: Context, state: WaitingState) -> tuple[list[WaitingSubject], bool]:
    """The lines of one page, and whether there are more. Raises PermissionMissing, StoreUnavailable."""
    ctx.require_everywhere(PERMISSION)
    offset = (state.page - 1) * PAGE_SUBJECTS
    rows = _lines(ctx, state, limit=PAGE_SUBJECTS + 1, offset=offset)
    suggested = suggest_accounts(ctx, {row.subject: row.hints for row in rows})
    shown = [
        WaitingSubject(row.subject, row.events, row.first_seen, row.last_seen, row.hints, suggested.get(row.subject))
        for row in rows[:PAGE_SUBJECTS]
    ]
    return shown, len(rows) > PAGE_SUBJECTS


def described(subjects: Sequence[str]) -> list[WaitingSubject]:
    """These subjects with what was said of them; what is no subject is left out. Their events are not asked for."""
    known = ties_of(subjects)
    return [
        WaitingSubject(one, 0, EVER, EVER, known[one][0].hints if one in known else NO_HINTS)
        for one in subjects
        if one[:2] in _KIND_OF
    ]


def waiting_rows(ctx: Context, state: WaitingState) -> Iterator[list[Any]]:
    """What a file of the list holds, 100,000 lines at most."""
    ctx.require_everywhere(PERMISSION)
    for row in _lines(ctx, state, limit=EXPORTED_SUBJECTS, offset=0):
        seen = [moment.astimezone(ctx.tz).isoformat(sep=" ", timespec="seconds") for moment in (row.first_seen, row.last_seen)]
        yield [row.kind, row.id, row.hints.name, row.hints.email, row.hints.domain, row.events, *seen]


def _lines(ctx: Context, state: WaitingState, *, limit: int, offset: int) -> list[WaitingSubject]:
    found = list_waiting(ctx, sort=state.sort, limit=limit, offset=offset, **state.asked())
    known = ties_of([one.subject for one in found])
    return [
        WaitingSubject(
            one.subject,
            one.events,
            one.first_seen,
            one.last_seen,
            known[one.subject][0].hints if one.subject in known else NO_HINTS,
        )
        for one in found
    ]


@dataclass(frozen=True, slots=True)
class ProductId:
    """An id by which the vendor's product knows an account or a person. since, until: where it was not always theirs."""

    subject: str
    since: datetime | None
    until: datetime | None

    @property
    def kind_label(self) -> Any:  # noqa: ANN401 - a lazy text
        """Group, user or visitor."""
        return KIND_LABELS[_KIND_OF[self.subject[:2]]]

    @property
    def id(self) -> str:
        """The id as the client sends it."""
        return self.subject[2:]


def product_ids(spans: Sequence[SubjectSpan]) -> list[ProductId]:
    """Spans as a page shows them."""
    return [ProductId(span.subject, span.since, span.until) for span in spans]


def product_ids_of(person: Person) -> list[ProductId]:
    """The ids that are this person, whether or not they have an account; as many as a page shows."""
    subjects = subjects_of_people(
        [person.pk],
        external_ids=[person.external_id] if person.external_id else [],
        emails=[person.email_key] if person.email_key else [],
    )
    ordered = sorted(subjects, key=lambda subject: ("gua".find(subject[0]), subject))
    return [ProductId(subject, None, None) for subject in ordered[:MAX_PERSON_IDS]]


def may_tie(ctx: Context) -> bool:
    """Whether the caller may say whose product events are: everywhere, since a subject of no account is anybody's."""
    return ctx.authority.reach(PERMISSION).everything
