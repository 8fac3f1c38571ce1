"""What goes in and out of the API about the catalogue, the tracking plan, refused calls, corrections and retention."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Annotated, Any
from uuid import UUID

from ninja import Schema
from pydantic import Field

from tenure.stream.domain.plan import read_expected
from tenure.stream.enums_of_governance import CorrectionKind, PlanMode, PlanState, PropertyKind, WorkState
from tenure.stream.models.governance import MOST_MONTHS
from tenure.stream.property_rows import kind_counts
from tenure.stream.queries.corrections import MOST_IDS, Amendment, EventFilter, Preview
from tenure.stream.queries.refusals import Refusal, RefusalFilter
from tenure.workspace.endpoints.schemas import In, Page

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tenure.stream.models import Correction, EventName, EventProperty, Governance, PlanViolation, Replay

EventText = Annotated[str, Field(max_length=256)]
PropertyText = Annotated[str, Field(min_length=1, max_length=200)]


class ExpectedProperty(In):
    """One property as the plan wants it."""

    name: PropertyText
    kinds: list[PropertyKind] = Field(default=[], description="Empty: any kind.")
    is_required: bool = False
    allowed: list[str] = Field(default=[], max_length=200, description="Values as text; empty: any value.")


class EventPlanIn(In):
    """What the tracking plan says of an event."""

    description: str = Field(default="", max_length=2_000)
    mode: PlanMode | None = Field(default=None, description="What happens on a violation; null: as the workspace has it.")
    expected: list[ExpectedProperty] = Field(default=[], max_length=200)

    def given(self) -> dict[str, Any]:
        """What the action takes."""
        rows = [one.model_dump(mode="json") for one in self.expected]
        return {"description": self.description, "mode": self.mode.value if self.mode else "", "expected": rows}


class EventNameIn(EventPlanIn):
    """An event that comes into the plan by its name."""

    name: Annotated[str, Field(min_length=1, max_length=256, examples=["Report exported"])]


class EventPropertyOut(Schema):
    """A property that was seen: how many values, and of which kinds."""

    name: str
    volume: int
    kinds: dict[str, int]
    first_seen_at: datetime
    last_seen_at: datetime


class ViolationOut(Schema):
    """How often the events broke the plan in one way, with the newest examples."""

    code: str
    property: str
    count: int
    last_at: datetime
    examples: list[dict[str, str]]


class EventNameOut(Schema):
    """A name of the catalogue. volume: events in the store, exactly."""

    id: UUID
    name: str
    volume: int
    first_seen_at: datetime | None
    last_seen_at: datetime | None
    plan: PlanState
    mode: PlanMode | None
    description: str
    expected: list[ExpectedProperty]
    violations: int


class EventNameDetail(EventNameOut):
    """The same with its properties and violations."""

    properties: list[EventPropertyOut]
    broken: list[ViolationOut]


class EventNamePage(Page[EventNameOut]):
    """One page of the catalogue."""


class GovernanceOut(Schema):
    """What the workspace decided about its events. kept_months: null for ever."""

    plan_mode: PlanMode
    unplanned_mode: PlanMode
    kept_months: int | None


class PlanModesIn(In):
    """What happens to events that break the plan, and to those that are not in it."""

    plan_mode: PlanMode
    unplanned_mode: PlanMode = PlanMode.WATCH


class RetentionIn(In):
    """How long events are kept."""

    kept_months: int | None = Field(ge=1, le=MOST_MONTHS, description="Whole months; null: for ever.", examples=[24])


class OldMonthOut(Schema):
    """A month of events that would go."""

    month: int = Field(examples=[202611])
    events: int


class RetentionPreviewOut(Schema):
    """What would go."""

    months: list[OldMonthOut]


class RefusalFilterIn(In):
    """Which refused calls; nothing said: all."""

    code: EventText = ""
    source: UUID | None = None
    name: EventText = ""
    since: datetime | None = None
    until: datetime | None = None

    def wanted(self) -> RefusalFilter:
        """The filter."""
        return RefusalFilter(self.code, self.source, self.name, self.since, self.until)


class RefusalOut(Schema):
    """A refused call. state: open, replayed or dismissed."""

    id: str = Field(examples=["1204-0"])
    received_at: datetime
    source: UUID
    position: int = Field(description="Its place in the request.")
    code: str
    reason: str
    name: str
    event_id: str
    state: str
    body: str


class RefusalPage(Page[RefusalOut]):
    """One page of refused calls, the newest first."""


class MendedIn(In):
    """A refused call as it was mended."""

    body: str | None = Field(default=None, max_length=65_536, description="The call as JSON; left out, as it was.")


class DismissalsIn(In):
    """Refused calls to be put aside."""

    ids: list[str] = Field(min_length=1, max_length=1_000)


class DismissedOut(Schema):
    """How many were open."""

    dismissed: int


class ReplayOut(Schema):
    """A replay of many refused calls. done: looked at; accepted: of those."""

    id: UUID
    state: WorkState
    total: int
    done: int
    accepted: int
    asked_at: datetime
    finished_at: datetime | None


class EventFilterIn(In):
    """Which events; at least one condition."""

    ids: list[str] = Field(default=[], max_length=MOST_IDS)
    name: EventText = ""
    subject: Annotated[str, Field(max_length=520)] = ""
    account: UUID | None = None
    source: UUID | None = None
    since: datetime | None = None
    until: datetime | None = None
    property: Annotated[str, Field(max_length=200)] = ""
    value: Annotated[str, Field(max_length=2_000)] = ""

    def wanted(self) -> EventFilter:
        """The filter."""
        given = self.model_dump()
        return EventFilter(**given | {"ids": tuple(self.ids)})


class CorrectionPreviewIn(In):
    """What is done to which events."""

    kind: CorrectionKind
    events: EventFilterIn
    amended: dict[str, Any] = Field(default={}, max_length=200, description="Properties to set.")
    removed: list[PropertyText] = Field(default=[], max_length=200, description="Properties to remove.")

    def amendment(self) -> Amendment | None:
        """What is set and removed; None where the events are deleted."""
        return None if self.kind == CorrectionKind.DELETE else Amendment(self.amended, tuple(self.removed))


class CorrectionIn(CorrectionPreviewIn):
    """The same, to be done."""

    reason: Annotated[str, Field(min_length=1, max_length=500, description="Why, for good.")]


class SumOut(Schema):
    """A numeric property of the events found, before and after."""

    property: str
    events: int
    before: str
    after: str


class AccountEventsOut(Schema):
    """Events of an account; null: not known whose."""

    account: UUID | None
    events: int


class CorrectionPreviewOut(Schema):
    """What a correction would do."""

    events: int
    names: dict[str, int]
    accounts: list[AccountEventsOut]
    sums: list[SumOut]


class CorrectionOut(Schema):
    """A correction: who, why, how many of how many."""

    id: UUID
    kind: CorrectionKind
    reason: str
    state: WorkState
    events: int
    corrected: int
    actor: str
    asked_at: datetime
    finished_at: datetime | None
    failure: str


class CorrectionPage(Page[CorrectionOut]):
    """One page of corrections."""


def event_name_out(row: EventName) -> EventNameOut:
    """A name as the API writes it."""
    return EventNameOut(**_event_name(row))


def event_name_detail(row: EventName, properties: Sequence[EventProperty], broken: Sequence[PlanViolation]) -> EventNameDetail:
    """The same with what was seen of it."""
    seen = [
        EventPropertyOut(
            name=one.name,
            volume=one.volume,
            kinds=kind_counts(one),
            first_seen_at=one.first_seen_at,
            last_seen_at=one.last_seen_at,
        )
        for one in properties
    ]
    ways = [
        ViolationOut(code=one.code, property=one.property, count=one.count, last_at=one.last_at, examples=one.examples)
        for one in broken
    ]
    return EventNameDetail(**_event_name(row), properties=seen, broken=ways)


def governance_out(row: Governance) -> GovernanceOut:
    """What was decided."""
    return GovernanceOut(
        plan_mode=PlanMode(row.plan_mode), unplanned_mode=PlanMode(row.unplanned_mode), kept_months=row.kept_months
    )


def refusal_out(one: Refusal) -> RefusalOut:
    """A refused call as the API writes it; bytes that are no UTF-8 are replaced."""
    return RefusalOut(
        id=one.key,
        received_at=one.received_at,
        source=one.source,
        position=one.position,
        code=one.code,
        reason=one.reason,
        name=one.name,
        event_id=one.event_id,
        state=one.mark.state if one.mark else "open",
        body=one.text,
    )


def replay_out(row: Replay) -> ReplayOut:
    """A replay as the API writes it."""
    return ReplayOut(
        id=row.pk,
        state=WorkState(row.state),
        total=row.total,
        done=row.done,
        accepted=row.accepted,
        asked_at=row.asked_at,
        finished_at=row.finished_at,
    )


def preview_out(found: Preview) -> CorrectionPreviewOut:
    """A preview as the API writes it."""
    return CorrectionPreviewOut(
        events=found.events,
        names=dict(found.names),
        accounts=[AccountEventsOut(account=account, events=count) for account, count in found.accounts.items()],
        sums=[
            SumOut(property=one.property, events=one.events, before=str(one.before), after=str(one.after)) for one in found.sums
        ],
    )


def correction_out(row: Correction) -> CorrectionOut:
    """A correction as the API writes it."""
    return CorrectionOut(
        id=row.pk,
        kind=CorrectionKind(row.kind),
        reason=row.reason,
        state=WorkState(row.state),
        events=row.events,
        corrected=row.corrected,
        actor=row.actor_name,
        asked_at=row.asked_at,
        finished_at=row.finished_at,
        failure=row.failure,
    )


def _event_name(row: EventName) -> dict[str, Any]:
    return {
        "id": row.pk,
        "name": row.name,
        "volume": row.volume,
        "first_seen_at": row.first_seen_at,
        "last_seen_at": row.last_seen_at,
        "plan": PlanState(row.plan),
        "mode": PlanMode(row.mode) if row.mode else None,
        "description": row.description,
        "expected": [
            ExpectedProperty(
                name=one.name,
                kinds=[PropertyKind(kind) for kind in one.kinds],
                is_required=one.is_required,
                allowed=list(one.allowed),
            )
            for one in read_expected(row.expected)
        ],
        "violations": row.violations,
    }
