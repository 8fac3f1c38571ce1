"""Sales agents, products and the pipeline's stages as the API reads and writes them."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from pydantic import Field

from tenure.sales.enums import Outcome
from tenure.workspace.endpoints.schemas import (
    Custom,
    ExternalId,
    In,
    MemberId,
    MoneyIn,
    MoneyOut,
    Name,
    Page,
    Patch,
    RecordOut,
    Several,
    Text,
)

Position = Annotated[Several, Field(description="From left to right.")]


class AgentIn(In):
    """Somebody deals are credited to. Only the name is needed."""

    name: Name = Field(examples=["Ana Ruiz"])
    external_id: ExternalId = ""
    team: Text = ""
    manager: Text = ""
    member: MemberId | None = Field(default=None, description="Who they are in Tenure; their deals are that member's then.")
    custom: Custom = Field(default_factory=dict)


class AgentPatch(AgentIn, Patch):
    """The fields to change; what is left out stays as it is."""

    name: Name = ""


class AgentOut(RecordOut):
    """Somebody deals are credited to."""

    name: str
    team: str
    manager: str
    member: UUID | None
    custom: Custom


class AgentPage(Page[AgentOut]):
    """One page of sales agents."""


class ProductIn(In):
    """Something that is sold. Only the name is needed."""

    name: Name = Field(examples=["Tenure Team"])
    external_id: ExternalId = ""
    series: Text = ""
    list_price: MoneyIn | None = None
    custom: Custom = Field(default_factory=dict)


class ProductPatch(ProductIn, Patch):
    """The fields to change; what is left out stays as it is."""

    name: Name = ""


class ProductOut(RecordOut):
    """Something that is sold."""

    name: str
    series: str
    list_price: MoneyOut | None
    custom: Custom


class ProductPage(Page[ProductOut]):
    """One page of products."""


class PipelineStageIn(In):
    """A stage of the pipeline. Only the name is needed."""

    name: Name = Field(examples=["Proposal sent"])
    external_id: ExternalId = ""
    meaning: Outcome | None = Field(default=None, description="What every number goes by; left out, what the name says.")
    position: Position | None = Field(default=None, description="From left to right; left out, the last.")
    custom: Custom = Field(default_factory=dict)


class PipelineStagePatch(PipelineStageIn, Patch):
    """The fields to change; what is left out stays as it is."""

    name: Name = ""
    meaning: Outcome = Outcome.OPEN
    position: Position = 1


class PipelineStageOut(RecordOut):
    """A stage of the pipeline."""

    name: str
    meaning: Outcome
    position: int
    custom: Custom


class PipelineStagePage(Page[PipelineStageOut]):
    """One page of the pipeline's stages."""
