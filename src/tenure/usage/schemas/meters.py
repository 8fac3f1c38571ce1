"""Meters as the API reads and writes them."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

from ninja import Schema
from pydantic import Field

from tenure.usage.domain.definition_texts import MAX_FILTERS, MAX_KEYS, MAX_NAMES, MAX_VALUES, definition_json, read_definition
from tenure.usage.domain.definitions import MeterDefinition
from tenure.usage.enums import Aggregation, FilterOperator, UnitRounding, WindowSize
from tenure.usage.models import Meter, MeterVersion
from tenure.workspace.endpoints.schemas import In, LongText, Page

Short = Annotated[str, Field(max_length=200)]
Key = Annotated[str, Field(max_length=60, description="Lower-case letters, digits and underscores. Left out, made of the name.")]


class FilterIn(In):
    """A condition on a property of the events, or on `$name` or `$user`."""

    field: Short = Field(examples=["plan"])
    operator: FilterOperator = Field(examples=["eq"])
    values: list[Short] = Field(default_factory=list, max_length=MAX_VALUES, examples=[["pro"]])
    as_number: bool = Field(default=False, description="Compare as exact numbers rather than as text.")


class UnitConversionIn(In):
    """From what is measured to what is sold: divide, then round."""

    divide_by: str = Field(default="1", pattern=r"^\d{1,26}(\.\d{1,12})?$", examples=["1000"])
    round: UnitRounding = Field(default=UnitRounding.NONE, examples=["ceiling"])


class DefinitionIn(In):
    """What a meter counts."""

    aggregation: Aggregation = Field(examples=["count"])
    events: list[Short] = Field(
        default_factory=list, max_length=MAX_NAMES, description="Names; none for every event.", examples=[["upload"]]
    )
    value: Short = Field(
        default="",
        description="The property that is added up, compared or told apart; of a unique count also $user or $name.",
        examples=["bytes"],
    )
    operation: Short = Field(
        default="", description="The property that says `add` or `remove`, for unique counts.", examples=[""]
    )
    filters: list[FilterIn] = Field(default_factory=list, max_length=MAX_FILTERS)
    group_by: list[Short] = Field(default_factory=list, max_length=MAX_KEYS, description="Properties.", examples=[["region"]])
    bucket: WindowSize | None = Field(default=None, description="Take each bucket's value, and price it alone.", examples=[None])
    carries_over: bool = Field(default=False, description="Whether a level goes on from before the period.")
    zone: Short = Field(default="", description="Of its days and buckets; left out, the workspace's.", examples=["Europe/Berlin"])
    unit: UnitConversionIn | None = Field(default=None, examples=[None])

    def definition(self) -> MeterDefinition:
        """As the room has it. Raises DefinitionInvalid."""
        return read_definition(self.model_dump(mode="json"))


class MeterIn(In):
    """A meter with what it counts."""

    name: str = Field(min_length=1, max_length=120, examples=["Bytes uploaded"])
    key: Key = ""
    unit: str = Field(default="", max_length=40, examples=["B"])
    description: LongText = ""
    definition: DefinitionIn


class MeterVersionIn(In):
    """What a meter counts from now on, or over everything."""

    definition: DefinitionIn
    effective_at: datetime | None = Field(
        default=None, description="Left out, over everything, also old events.", examples=["2026-03-01T00:00:00Z"]
    )
    note: str = Field(default="", max_length=500)


class MeterVersionOut(Schema):
    """One published version; it never changes."""

    number: int
    definition: dict[str, Any]
    effective_at: datetime | None
    published_at: datetime
    published_by: str
    note: str


class MeterOut(Schema):
    """A meter with its latest version."""

    id: UUID
    key: str
    name: str
    unit: str
    description: str
    created_at: datetime
    archived_at: datetime | None
    version: MeterVersionOut


class MeterPage(Page[MeterOut]):
    """One page of meters."""


class MeterVersionList(Schema):
    """All versions, the latest first."""

    items: list[MeterVersionOut]


def version_out(version: MeterVersion) -> MeterVersionOut:
    """A version as the API writes it."""
    return MeterVersionOut(
        number=version.number,
        definition=definition_json(version.counts),
        effective_at=version.effective_at,
        published_at=version.published_at,
        published_by=version.published_by,
        note=version.note,
    )


def meter_out(meter: Meter, latest: MeterVersion) -> MeterOut:
    """A meter as the API writes it."""
    return MeterOut(
        id=meter.pk,
        key=meter.key,
        name=meter.name,
        unit=meter.unit,
        description=meter.description,
        created_at=meter.created_at,
        archived_at=meter.archived_at,
        version=version_out(latest),
    )
