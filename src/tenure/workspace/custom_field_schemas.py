"""Definitions of custom fields over the API."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Annotated
from uuid import UUID

from ninja import Schema
from pydantic import Field

from tenure.workspace.endpoints.schemas import In, Partial, Text
from tenure.workspace.enums import CustomKind

if TYPE_CHECKING:
    from tenure.workspace.models import CustomField

MOST_CHOICES = 200
Label = Annotated[str, Field(min_length=1, max_length=80, examples=["Contract number"])]
Choices = Annotated[list[Text], Field(max_length=MOST_CHOICES, description="Of a choice: what can be chosen.")]


class CustomFieldIn(In):
    """A new field of one kind of record."""

    record: Text = Field(examples=["account"], description="The kind of record that gets it.")
    label: Label
    kind: CustomKind
    choices: Choices = Field(default_factory=list)
    group: str = Field(default="", max_length=60)
    help: str = Field(default="", max_length=200)
    currency: str = Field(default="", pattern="^([A-Z]{3})?$", description="Of money; left out, the reporting currency.")
    is_required: bool = False
    is_unique: bool = Field(default=False, description="Whether no two records may have the same value.")
    is_restricted: bool = Field(default=False, description="Whether only holders of workspace.see_restricted_fields see it.")


class CustomFieldPatch(Partial):
    """What can change of a field; its key and its kind never do."""

    label: Label = ""
    choices: Choices = Field(default_factory=list)
    group: str = Field(default="", max_length=60)
    help: str = Field(default="", max_length=200)
    is_required: bool = False
    is_restricted: bool = False
    position: int = Field(default=0, ge=0, le=10_000)


class CustomFieldOut(Schema):
    """A field that the workspace added to a kind of record. Records carry its value as `custom.KEY`."""

    id: UUID
    record: str
    key: str
    label: str
    kind: CustomKind
    choices: list[str]
    group: str
    help: str
    currency: str
    is_required: bool
    is_unique: bool
    is_restricted: bool
    is_filter: bool = Field(description="Whether lists can be filtered by it, as custom_KEY.")
    position: int
    created_at: datetime
    retired_at: datetime | None


class CustomFieldsOut(Schema):
    """The workspace's own fields, by kind of record and position."""

    items: list[CustomFieldOut]


def custom_field_out(field: CustomField) -> CustomFieldOut:
    """The field as the API writes it."""
    return CustomFieldOut(
        id=field.pk,
        record=field.record,
        key=field.key,
        label=field.label,
        kind=CustomKind(field.kind),
        choices=[str(choice) for choice in field.choices],
        group=field.group,
        help=field.help,
        currency=field.currency,
        is_required=field.is_required,
        is_unique=field.is_unique,
        is_restricted=field.is_restricted,
        is_filter=bool(field.slot),
        position=field.position,
        created_at=field.created_at,
        retired_at=field.retired_at,
    )
