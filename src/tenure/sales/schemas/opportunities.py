"""Opportunities as the API reads and writes them."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID

from ninja import Schema
from pydantic import AwareDatetime, Field

from tenure.directory.enums import TurnKind
from tenure.sales.enums import Outcome
from tenure.workspace.endpoints.schemas import (
    AccountId,
    Custom,
    ExternalId,
    In,
    LongText,
    MemberId,
    MoneyIn,
    MoneyOut,
    Page,
    Patch,
    Reason,
    RecordOut,
    Text,
)

if TYPE_CHECKING:
    from tenure.sales.models import OpportunityStep


class OpportunityIn(In):
    """A new deal. Nothing is needed: what it is called is its account and product where it has no name."""

    name: Text = Field(default="", examples=["Hundred seats"])
    external_id: ExternalId = ""
    account: AccountId | None = None
    stage: UUID | None = Field(default=None, description="A stage of the pipeline; left out, its first.")
    stage_since: AwareDatetime | None = Field(
        default=None, description="Since when it is in this stage; left out, as far as one knows."
    )
    amount: MoneyIn | None = None
    product: UUID | None = None
    agent: UUID | None = Field(default=None, description="The sales agent the deal is credited to.")
    owner: MemberId | None = None
    lead: UUID | None = Field(default=None, description="The lead it came of.")
    person: UUID | None = Field(default=None, description="The main contact.")
    kind: TurnKind = TurnKind.FIRST_PURCHASE
    engaged_at: AwareDatetime | None = None
    closed_at: AwareDatetime | None = Field(
        default=None, description="When it was won or lost; of an open deal, when that is expected."
    )
    expected_close_on: date | None = None
    reason: Text = Field(default="", description="Why it was won or lost.")
    competitor: Text = ""
    partner: Text = ""
    description: LongText = ""
    custom: Custom = Field(default_factory=dict)


class OpportunityPatch(OpportunityIn, Patch):
    """The fields to change; what is left out stays as it is."""


class ConversionIn(In):
    """What the deal that a lead becomes is about; what is left out is the lead's."""

    name: Text = ""
    account: AccountId | None = Field(
        default=None, description="Left out, the lead's; where it has none, one is made of its company."
    )
    person: UUID | None = Field(default=None, description="Left out, the lead's; where it has none, one is made of its name.")
    stage: UUID | None = None
    amount: MoneyIn | None = None
    product: UUID | None = None
    agent: UUID | None = None
    owner: MemberId | None = None
    expected_close_on: date | None = None
    custom: Custom = Field(default_factory=dict)


class MoveIn(In):
    """Where a deal moves to."""

    stage: UUID = Field(description="A stage of the pipeline; one that means won or lost ends the deal.")
    reason: Reason = ""


class OpportunityOut(RecordOut):
    """A deal. Its outcome is what its stage means."""

    name: str
    kind: TurnKind
    account: UUID | None
    person: UUID | None
    lead: UUID | None
    owner: UUID | None
    agent: UUID | None
    partner: str
    product: UUID | None
    stage: UUID
    stage_since: AwareDatetime
    outcome: Outcome
    amount: MoneyOut | None
    engaged_at: AwareDatetime | None
    closed_at: AwareDatetime | None
    expected_close_on: date | None
    reason: str
    competitor: str
    description: str
    custom: Custom


class OpportunityPage(Page[OpportunityOut]):
    """One page of opportunities."""


class StepOut(Schema):
    """A deal entered a stage."""

    stage: UUID
    outcome: Outcome
    entered_at: AwareDatetime
    recorded_at: AwareDatetime
    by: UUID | None = Field(description="The member who moved it.")


class StepsOut(Schema):
    """The stages a deal went through, the latest first."""

    items: list[StepOut]


def step_out(step: OpportunityStep) -> StepOut:
    """The step as the API writes it."""
    return StepOut(
        stage=step.stage_id,
        outcome=Outcome(step.outcome),
        entered_at=step.entered_at,
        recorded_at=step.recorded_at,
        by=step.by_id,
    )
