"""Subjects of product events as the API reads and writes them."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING
from uuid import UUID

from ninja import Schema
from pydantic import AwareDatetime, Field

from tenure.workspace.endpoints.schemas import AccountId, In

if TYPE_CHECKING:
    from tenure.directory.waiting_subjects import WaitingSubject
    from tenure.stream.queries.ties import SubjectSpan


class SubjectState(StrEnum):
    """Whether a subject's events have an account."""

    WAITING = "waiting"
    TIED = "tied"


class SubjectKind(StrEnum):
    """What kind of id it is."""

    GROUP = "group"
    USER = "user"
    VISITOR = "visitor"


class SubjectSort(StrEnum):
    """The order of those that wait."""

    EVENTS = "events"
    LAST_SEEN = "last_seen"
    FIRST_SEEN = "first_seen"
    ID = "id"


class TieIn(In):
    """Whose a subject is."""

    account: AccountId
    since_at: AwareDatetime | None = Field(
        default=None, description="From this instant on; what was before stays whose it was. Left out, all its history."
    )


class SubjectOut(Schema):
    """Whom a client named in its events: a group, a user or a visitor."""

    subject: str = Field(description="`g:` and a group's id, `u:` and a user's, `a:` and an anonymous id.", examples=["u:4711"])
    account: UUID | None = Field(description="Whose its events are; null while they wait.")
    since_at: datetime | None = Field(description="Since when; null for ever.")
    until_at: datetime | None = Field(description="Until when, where it is another account's afterwards.")
    reason: str = Field(description="How that became known; `member` for a member's word.")
    name: str = Field(description="What its client called it.")
    email: str
    domain: str
    events: int | None = Field(description="How many events wait; null for subjects that are tied.")
    first_seen_at: datetime | None
    last_seen_at: datetime | None
    suggested_account: UUID | None = Field(description="An account it may be, by its domain or name.")


class SubjectPage(Schema):
    """One page of subjects."""

    items: list[SubjectOut]
    next: str | None = Field(description="Send it as `after` for the next page; null on the last one.")


def waiting_out(row: WaitingSubject) -> SubjectOut:
    """A subject that waits."""
    return SubjectOut(
        subject=row.subject,
        account=None,
        since_at=None,
        until_at=None,
        reason="unknown",
        name=row.hints.name,
        email=row.hints.email,
        domain=row.hints.domain,
        events=row.events,
        first_seen_at=row.first_seen,
        last_seen_at=row.last_seen,
        suggested_account=row.suggestion.pk if row.suggestion else None,
    )


def tied_out(span: SubjectSpan, known: WaitingSubject) -> SubjectOut:
    """A subject as long as it is an account's."""
    return SubjectOut(
        subject=span.subject,
        account=span.account_id,
        since_at=span.since,
        until_at=span.until,
        reason=span.reason,
        name=known.hints.name,
        email=known.hints.email,
        domain=known.hints.domain,
        events=None,
        first_seen_at=None,
        last_seen_at=None,
        suggested_account=None,
    )
