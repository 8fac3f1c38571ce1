"""Leads as the API reads and writes them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any
from uuid import UUID

from ninja import Schema
from pydantic import AwareDatetime, Field

from tenure.market.enums import LeadStatus
from tenure.market.records import LEAD
from tenure.workspace.endpoints.records import record_out, record_values
from tenure.workspace.endpoints.schemas import (
    LARGEST_COUNT,
    AccountId,
    Custom,
    Email,
    ExternalId,
    In,
    MemberId,
    Name,
    Page,
    Partial,
    Patch,
    RecordOut,
    Text,
)

if TYPE_CHECKING:
    from tenure.market.models import Lead
    from tenure.workspace.context import Context

Score = Annotated[int, Field(ge=-LARGEST_COUNT, le=LARGEST_COUNT)]
ENDS = ("first", "last")


class TouchIn(In):
    """How somebody came, as the link they followed says."""

    source: Text = Field(default="", examples=["google"])
    medium: Text = Field(default="", examples=["cpc"])
    campaign: Text = ""
    term: Text = ""
    content: Text = ""
    click_id: Text = ""


class TouchOut(Schema):
    """How somebody came, as it came in."""

    source: str
    medium: str
    campaign: str
    term: str
    content: str
    click_id: str


class LeadIn(In):
    """A new lead. Nothing is needed, but something says who it is."""

    name: Text = Field(default="", examples=["Ana Ruiz"])
    email: Email = ""
    external_id: ExternalId = ""
    company: Text = ""
    title: Text = ""
    phone: str = Field(default="", max_length=60)
    country: Text = ""
    channel: UUID | None = Field(default=None, description="Id of a channel.")
    first_contact_at: AwareDatetime | None = Field(default=None, description="Left out, it is now.")
    qualified_at: AwareDatetime | None = None
    disqualified_at: AwareDatetime | None = None
    lost_reason: Text = ""
    segment: UUID | None = None
    persona: Text = ""
    owner: MemberId | None = None
    account: AccountId | None = None
    person: UUID | None = None
    score: Score | None = None
    landing_page: str = Field(default="", max_length=2000)
    first_touch: TouchIn = Field(default_factory=TouchIn)
    last_touch: TouchIn = Field(default_factory=TouchIn)
    custom: Custom = Field(default_factory=dict)


class TouchPatch(TouchIn, Partial):
    """The parts of a touch to change."""


class LeadPatch(LeadIn, Patch):
    """The fields to change; what is left out stays as it is, of a touch each part too."""

    first_touch: TouchPatch = Field(default_factory=TouchPatch)
    last_touch: TouchPatch = Field(default_factory=TouchPatch)


class DisqualificationIn(In):
    """Why a lead is given up."""

    reason: Name = Field(description="What can be learnt from.", examples=["No budget this year"])


class LeadOut(RecordOut):
    """Somebody who was identified. The status follows from what was decided, and from the deals that came of it."""

    name: str
    email: str
    company: str
    title: str
    phone: str
    country: str
    status: LeadStatus
    channel: UUID | None
    first_contact_at: AwareDatetime
    qualified_at: AwareDatetime | None
    disqualified_at: AwareDatetime | None
    converted_at: AwareDatetime | None
    lost_reason: str
    segment: UUID | None
    persona: str
    owner: UUID | None
    account: UUID | None
    person: UUID | None
    score: int | None
    landing_page: str
    first_touch: TouchOut
    last_touch: TouchOut
    custom: Custom


class LeadPage(Page[LeadOut]):
    """One page of leads."""


def lead_values(ctx: Context, body: LeadIn) -> dict[str, Any]:
    """The lead's fields, those of its touches among them."""
    values = record_values(ctx, LEAD, body)
    touches = {end: values.pop(f"{end}_touch", {}) for end in ENDS}
    return values | {f"{end}_{part}": word for end, touch in touches.items() for part, word in touch.items()}


def lead_out(ctx: Context, row: Lead) -> LeadOut:
    """The lead as the API writes it."""
    touches = {f"{end}_touch": _touch_out(row, end) for end in ENDS}
    return record_out(ctx, LeadOut, LEAD, row, status=row.status, **touches)


def _touch_out(row: Lead, end: str) -> TouchOut:
    return TouchOut(**{part: getattr(row, f"{end}_{part}") for part in TouchOut.model_fields})
