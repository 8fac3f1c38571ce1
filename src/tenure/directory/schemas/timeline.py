"""Timelines as the API writes them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.utils.html import strip_tags
from ninja import Schema
from pydantic import AwareDatetime, Field

from tenure.workspace.endpoints.schemas import Page

if TYPE_CHECKING:
    from tenure.directory.models import TimelineEntry


class TimelineEntryOut(Schema):
    """Something that happened with an account or a person."""

    id: UUID
    at: AwareDatetime
    kind: str = Field(examples=["note"])
    title: str = Field(description="What happened, in a sentence, in the language asked for by Accept-Language.")
    detail: str
    account: UUID | None
    person: UUID | None
    subject_kind: str = Field(description="The kind of record it is about.")
    subject: UUID | None
    facts: dict[str, Any] = Field(description="What the sentence names: texts, numbers, or ids and amounts by their kind.")
    actor_kind: str
    actor: UUID | None
    actor_name: str


class TimelinePage(Page[TimelineEntryOut]):
    """One page of a timeline, the latest first."""


def entry_out(entry: TimelineEntry) -> TimelineEntryOut:
    """The entry as the API writes it; its line was told with the page."""
    line = entry.line  # type: ignore[attr-defined]
    return TimelineEntryOut(
        id=entry.pk,
        at=entry.at,
        kind=entry.kind,
        title=strip_tags(line.title) if line else "",
        detail=strip_tags(line.detail) if line else "",
        account=entry.account_id,
        person=entry.person_id,
        subject_kind=entry.subject_kind,
        subject=entry.subject_id,
        facts=entry.facts,
        actor_kind=entry.actor_kind,
        actor=entry.actor_id,
        actor_name=entry.actor_name,
    )
