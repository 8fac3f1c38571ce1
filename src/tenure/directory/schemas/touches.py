"""Notes, activities, tasks and files as the API reads and writes them."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated
from uuid import UUID

from pydantic import AwareDatetime, Field, field_validator

from tenure.directory.enums import ActivityKind, Direction, Outcome
from tenure.workspace.endpoints.schemas import (
    AccountId,
    Count,
    Custom,
    ExternalId,
    In,
    MemberId,
    Name,
    Page,
    Patch,
    RecordOut,
    Text,
)

LONGEST_BODY = 20_000
Body = Annotated[
    str, Field(min_length=1, max_length=LONGEST_BODY, description="Light markup: **bold**, *italic*, lists with a dash.")
]


class NoteIn(In):
    """A note on an account. Its author is whoever writes it."""

    body: Body
    person: UUID | None = Field(default=None, description="Whom it is about.")
    is_pinned: bool = Field(default=False, description="Whether it stands above the timeline.")
    external_id: ExternalId = ""
    custom: Custom = Field(default_factory=dict)


class NotePatch(Patch):
    """The fields to change; what is left out stays as it is."""

    body: Body = ""
    person: UUID | None = None
    external_id: ExternalId = ""
    is_pinned: bool = False
    custom: Custom = Field(default_factory=dict)


class NoteOut(RecordOut):
    """A note."""

    account: UUID | None
    person: UUID | None
    author: UUID | None
    body: str
    written_at: AwareDatetime
    pinned_at: AwareDatetime | None = Field(description="Since when it stands above the timeline; null where it does not.")
    custom: Custom


class NotePage(Page[NoteOut]):
    """One page of notes."""


class ActivityIn(In):
    """A call, a meeting or a mail with an account or a person; one of both is needed."""

    kind: ActivityKind
    account: AccountId | None = Field(default=None, description="Left out, it is the person's.")
    person: UUID | None = None
    happened_at: AwareDatetime | None = Field(default=None, description="Left out, it is now.")
    member: MemberId | None = Field(default=None, description="Who was in touch.")
    direction: Direction | None = None
    outcome: Outcome | None = None
    minutes: Count | None = None
    subject: Text = ""
    body: str = Field(default="", max_length=LONGEST_BODY)
    external_id: ExternalId = ""
    custom: Custom = Field(default_factory=dict)


class ActivityPatch(ActivityIn, Patch):
    """The fields to change; what is left out stays as it is."""

    kind: ActivityKind = ActivityKind.CALL

    @field_validator("happened_at")
    @classmethod
    def _stands(cls, at: datetime | None) -> datetime:
        if at is None:
            raise ValueError("an activity happened at some time")
        return at


class ActivityOut(RecordOut):
    """A call, a meeting or a mail."""

    kind: ActivityKind
    account: UUID | None
    person: UUID | None
    member: UUID | None
    happened_at: AwareDatetime
    direction: Direction | None
    outcome: Outcome | None
    minutes: int | None
    subject: str
    body: str
    custom: Custom


class ActivityPage(Page[ActivityOut]):
    """One page of activities."""


class TaskIn(In):
    """What is to be done, for an account or not. Only the title is needed."""

    title: Name = Field(examples=["Send the contract"])
    account: AccountId | None = Field(default=None, description="Left out, it is the person's.")
    person: UUID | None = None
    assignee: MemberId | None = Field(default=None, description="Who is to do it.")
    due_on: date | None = None
    remind_on: date | None = None
    external_id: ExternalId = ""
    custom: Custom = Field(default_factory=dict)


class TaskPatch(TaskIn, Patch):
    """The fields to change; what is left out stays as it is."""

    title: Name = ""


class TaskOut(RecordOut):
    """What is to be done."""

    title: str
    account: UUID | None
    person: UUID | None
    assignee: UUID | None
    due_on: date | None
    remind_on: date | None
    done_at: AwareDatetime | None = Field(description="Null while it is open.")
    done_by: UUID | None
    asked_by: str = Field(description="What asked for it, in words: a play, a renewal, an import.")
    custom: Custom


class TaskPage(Page[TaskOut]):
    """One page of tasks."""


class FileOut(RecordOut):
    """A file of an account."""

    account: UUID
    person: UUID | None
    name: str
    media_type: str = Field(description="What its bytes are, whatever it was called.")
    added_by: UUID | None
    size: int = Field(description="Bytes.")


class FilePage(Page[FileOut]):
    """One page of files."""
