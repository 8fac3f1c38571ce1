"""Costs of winning customers as the API reads and writes them."""

from __future__ import annotations

from datetime import date
from typing import Annotated
from uuid import UUID

from pydantic import Field

from tenure.market.enums import CostKind
from tenure.workspace.endpoints.schemas import Custom, ExternalId, In, MoneyIn, MoneyOut, Page, Patch, RecordOut, Text

MANY = 1_000_000_000_000
Many = Annotated[int, Field(ge=0, le=MANY)]
NO_ID, NO_DAY = UUID(int=0), date.min


class ChannelCostIn(In):
    """What a channel cost on one day, and how often it was seen and followed."""

    channel: UUID = Field(description="Id of a channel.")
    on: date
    cost: MoneyIn | None = Field(default=None, description="Left out, nothing.")
    exposures: Many = 0
    clicks: Many = 0
    external_id: ExternalId = ""
    custom: Custom = Field(default_factory=dict)


class ChannelCostPatch(ChannelCostIn, Patch):
    """The fields to change; what is left out stays as it is."""

    channel: UUID = NO_ID
    on: date = NO_DAY


class ChannelCostOut(RecordOut):
    """A channel's day."""

    channel: UUID
    on: date
    cost: MoneyOut
    exposures: int
    clicks: int
    custom: Custom


class ChannelCostPage(Page[ChannelCostOut]):
    """One page of channels' days."""


class OtherCostIn(In):
    """What winning customers cost besides the channels."""

    on: date
    amount: MoneyIn
    kind: CostKind = CostKind.OTHER
    name: Text = Field(default="", description="What for.")
    external_id: ExternalId = ""
    custom: Custom = Field(default_factory=dict)


class OtherCostPatch(Patch):
    """The fields to change; what is left out stays as it is."""

    on: date = NO_DAY
    amount: MoneyIn = MoneyIn(amount="0", currency="EUR")
    kind: CostKind = CostKind.OTHER
    name: Text = ""
    external_id: ExternalId = ""
    custom: Custom = Field(default_factory=dict)


class OtherCostOut(RecordOut):
    """A cost that no channel bears."""

    on: date
    kind: CostKind
    name: str
    amount: MoneyOut
    custom: Custom


class OtherCostPage(Page[OtherCostOut]):
    """One page of other costs."""
