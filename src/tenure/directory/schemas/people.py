"""People as the API reads and writes them."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from uuid import UUID

from ninja import Schema
from pydantic import Field

from tenure.directory.enums import ChainRole
from tenure.workspace.endpoints.schemas import AccountId, Custom, Email, ExternalId, In, Name, Page, Patch, RecordOut, Text


class PersonIn(In):
    """A new person. Only the name is needed."""

    name: Name = Field(examples=["Marit de Vries"])
    email: Email = ""
    external_id: ExternalId = ""
    account: AccountId | None = None
    title: Text = Field(default="", examples=["Head of Operations"])
    role: ChainRole | None = Field(default=None, description="What they are to the decision.")
    persona: Text = ""
    phone: str = Field(default="", max_length=60)
    language: str | None = Field(default=None, max_length=10, description="The language they are written to in.", examples=["es"])
    is_main: bool = Field(
        default=False, description="Whether they are the account's main contact; who was it until now gives way."
    )
    left_on: date | None = Field(default=None, description="Since when they work there no more.")
    custom: Custom = Field(default_factory=dict)


class PersonPatch(PersonIn, Patch):
    """The fields to change; what is left out stays as it is."""

    name: Name = ""


class PersonOut(RecordOut):
    """Somebody in an account, or not yet in one."""

    account: UUID | None
    name: str
    email: str
    title: str
    role: ChainRole | None
    persona: str
    phone: str
    language: str | None
    is_main: bool
    left_on: date | None
    erased_at: datetime | None = Field(description="When their personal data were taken out for good.")
    custom: Custom


class PersonPage(Page[PersonOut]):
    """One page of people."""


class PeopleOut(Schema):
    """People, the likeliest first."""

    items: list[PersonOut]


class PersonExportOut(Schema):
    """Everything that is kept about one person."""

    exported_at: datetime
    person: list[dict[str, Any]] = Field(description="Themselves, and those who were merged into them.")
    records: dict[str, list[dict[str, Any]]] = Field(description="Rows that name them or hold their address, by table.")
    timeline: list[dict[str, Any]]
    changes: list[dict[str, Any]]
    audit: list[dict[str, Any]]


class ErasureOut(Schema):
    """What was erased. It cannot be undone."""

    person: UUID
    swept: dict[str, int] = Field(description="Rows of each table out of whose texts something was taken.")
    files: list[str] = Field(description="Imported files that name the person: delete these by hand.")
