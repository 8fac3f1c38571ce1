"""Segments as the API reads and writes them."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from ninja import Schema
from pydantic import Field

from tenure.directory.actions.save_segment import MAX_NEEDS, Need
from tenure.workspace.endpoints.schemas import In, LongText

if TYPE_CHECKING:
    from tenure.directory.models import Segment


class NeedIn(In):
    """What customers of the segment want, and how the product gives it to them."""

    need: str = Field(min_length=1, max_length=200)
    answer: str = Field(default="", max_length=500)


class SegmentIn(In):
    """A kind of customer the company has chosen to win, whole: what is left out is empty then."""

    name: str = Field(min_length=1, max_length=60, examples=["Mid-size logistics"])
    description: LongText = Field(default="", description="Who they are.")
    needs: list[NeedIn] = Field(default_factory=list, max_length=MAX_NEEDS, description="What they want most, the first first.")


class NeedOut(Schema):
    """A need and the product's answer to it."""

    need: str
    answer: str


class SegmentOut(Schema):
    """A segment."""

    id: UUID
    position: int
    name: str
    description: str
    needs: list[NeedOut]


class SegmentsOut(Schema):
    """The workspace's segments, by position."""

    items: list[SegmentOut]


def needs_of(body: SegmentIn) -> list[Need]:
    """The needs as the action takes them."""
    return [Need(one.need, one.answer) for one in body.needs]


def segment_out(segment: Segment) -> SegmentOut:
    """The segment as the API writes it."""
    return SegmentOut(
        id=segment.pk,
        position=segment.position,
        name=segment.name,
        description=segment.description,
        needs=[NeedOut(**need) for need in segment.needs],
    )
