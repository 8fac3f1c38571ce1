"""Channels as the API reads and writes them."""

from __future__ import annotations

from pydantic import Field

from tenure.market.enums import ChannelKind
from tenure.workspace.endpoints.schemas import Custom, ExternalId, In, LongText, Name, Page, Patch, RecordOut


class ChannelIn(In):
    """A way on which prospects come. Only the name is needed."""

    name: Name = Field(examples=["Paid search"])
    external_id: ExternalId = ""
    kind: ChannelKind | None = Field(default=None, description="Left out, what the name speaks of.")
    description: LongText = ""
    custom: Custom = Field(default_factory=dict)


class ChannelPatch(ChannelIn, Patch):
    """The fields to change; what is left out stays as it is."""

    name: Name = ""
    kind: ChannelKind = ChannelKind.OTHER


class ChannelOut(RecordOut):
    """A way on which prospects come."""

    name: str
    kind: ChannelKind
    description: str
    custom: Custom


class ChannelPage(Page[ChannelOut]):
    """One page of channels."""
