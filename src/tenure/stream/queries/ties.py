"""Whose subjects are, as other rooms ask it."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any, NamedTuple
from uuid import UUID

from django.db import connection
from django.db.models import Q

from tenure.stream.domain.spans import EVER
from tenure.stream.enums import TieReason
from tenure.stream.models import Tie
from tenure.stream.tie_book import Hints

if TYPE_CHECKING:
    from tenure.workspace.context import Context

# A row that repeats the one before it is one span with it.
_SPANS = """
WITH whole AS (
  SELECT subject, since_at, account_id, reason, lag(account_id) OVER w AS before, row_number() OVER w AS place
  FROM stream_tie WHERE workspace_id = tenure_workspace() AND subject IN ({subjects})
  WINDOW w AS (PARTITION BY subject ORDER BY since_at)
), turns AS (
  SELECT subject, since_at, account_id, reason, lead(since_at) OVER (PARTITION BY subject ORDER BY since_at) AS until_at
  FROM whole WHERE place = 1 OR account_id IS DISTINCT FROM before
)
SELECT subject, since_at, until_at, account_id, reason FROM turns
WHERE account_id IS NOT NULL AND (%(accounts)s::uuid[] IS NULL OR account_id = ANY(%(accounts)s::uuid[]))
ORDER BY strpos('gua', left(subject, 1)), subject, since_at
"""
_OF_ACCOUNTS = "SELECT subject FROM stream_tie WHERE workspace_id = tenure_workspace() AND account_id = ANY(%(accounts)s::uuid[])"
# Groups first, then users, then visitors: the three ranges of the index one after the other.
_SOME = """
SELECT DISTINCT strpos('gua', left(t.subject, 1)) AS kind, t.subject FROM stream_tie t
WHERE t.workspace_id = tenure_workspace() AND t.account_id IS NOT NULL
  AND (%(accounts)s::uuid[] IS NULL OR t.account_id = ANY(%(accounts)s::uuid[]))
  AND (strpos('gua', left(t.subject, 1)), t.subject) > (strpos('gua', left(%(after)s, 1)), %(after)s COLLATE "C")
ORDER BY kind, t.subject LIMIT %(limit)s
"""
_SOME_SUBJECTS = f"SELECT subject FROM ({_SOME}) AS listed"  # noqa: S608 - a constant


_HINTS = ("hint_external_id", "hint_domain", "hint_email", "hint_name")
_KNOWN = ("subject", "since_at", "account_id", "person_id", "follows", "reason", *_HINTS)


@dataclass(frozen=True, slots=True)
class SubjectSpan:
    """A subject as long as it is an account's: since <= time < until; None: without an end on that side."""

    subject: str
    since: datetime | None
    until: datetime | None
    account_id: UUID
    reason: str


def list_subject_spans(_ctx: Context, account_ids: Collection[UUID]) -> list[SubjectSpan]:
    """The subjects of these accounts, from PostgreSQL: exact at once. Ties follow a merge to the winner."""
    return _spans(_OF_ACCOUNTS, {"accounts": sorted(account_ids)})


def list_tied(account_ids: Collection[UUID] | None, *, limit: int, after: str = "") -> list[SubjectSpan]:
    """The spans of the next `limit` subjects of these accounts (None: of all) after the subject `after`: groups, users, visitors."""
    asked = {"accounts": None if account_ids is None else sorted(account_ids), "limit": limit, "after": after}
    return _spans(_SOME_SUBJECTS, asked)


def _spans(subjects: str, asked: dict[str, Any]) -> list[SubjectSpan]:
    with connection.cursor() as cursor:
        cursor.execute(_SPANS.format(subjects=subjects), asked)
        return [
            SubjectSpan(subject, None if since <= EVER else since, until, account_id, reason)
            for subject, since, until, account_id, reason in cursor.fetchall()
        ]


class KnownTie(NamedTuple):
    """A row, as a reader asks whether there is something new to write."""

    subject: str
    since_at: datetime
    account_id: UUID | None
    person_id: UUID | None
    follows: str
    reason: str
    hints: Hints


def ties_of(subjects: Collection[str]) -> dict[str, list[KnownTie]]:
    """The rows of these subjects, in order of time. One query."""
    found: dict[str, list[KnownTie]] = {}
    rows = Tie.objects.filter(subject__any_of=sorted(subjects)).order_by("subject", "since_at")
    for subject, since_at, account_id, person_id, follows, reason, *hints in rows.values_list(*_KNOWN):
        known = KnownTie(subject, since_at, account_id, person_id, follows, reason, Hints(*hints))
        found.setdefault(subject, []).append(known)
    return found


def waiting_like(
    *, external_ids: Collection[str] = (), domains: Collection[str] = (), emails: Collection[str] = ()
) -> dict[str, Hints]:
    """Subjects without an account or person whose hints are among these, but for those a member spoke about. A query for each kind."""
    asked = (
        Q(account_id=None, hint_external_id__any_of=sorted(external_ids)) if external_ids else None,
        Q(account_id=None, hint_domain__any_of=sorted(domains)) if domains else None,
        Q(hint_email__any_of=sorted(emails)) & ~Q(hint_email="") & Q(person_id=None) if emails else None,
    )
    found: dict[str, Hints] = {}
    for condition in asked:
        if condition is not None:
            rows = Tie.objects.filter(condition, since_at=EVER).exclude(reason=TieReason.MEMBER)
            found |= {subject: Hints(*hints) for subject, *hints in rows.values_list("subject", *_HINTS)}
    return found


def subjects_hinted_like(text: str) -> list[str]:
    """Subjects without an account whose name, address or domain holds the text; 1,000 at most. A pass over those that wait."""
    rows = Tie.objects.filter(account_id=None, since_at=EVER)
    like = Q(hint_name__icontains=text) | Q(hint_email__icontains=text) | Q(hint_domain__icontains=text)
    return list(rows.filter(like).values_list("subject", flat=True)[:1000])


def subjects_of_people(
    person_ids: Sequence[UUID], *, external_ids: Collection[str] = (), emails: Collection[str] = ()
) -> list[str]:
    """Users that are these people, by what is known, by their ids or by the addresses they gave; and the visitors that became them."""
    about = Q(person_id__in=list(person_ids)) | Q(subject__in=[f"u:{one}" for one in external_ids])
    if emails:
        about |= Q(hint_email__in=list(emails)) & ~Q(hint_email="")
    found = set(Tie.objects.filter(about).exclude(subject__startswith="g:").values_list("subject", flat=True))
    followers = Tie.objects.filter(follows__any_of=sorted(found)).exclude(follows="")
    return sorted(found | set(followers.values_list("subject", flat=True)))
