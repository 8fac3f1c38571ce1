"""What the stream room says about the tracking plan, replays, corrections and retention. Ids, names and counts only."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from tenure.workspace.events import DomainEvent


@dataclass(frozen=True, slots=True)
class EventPlanned(DomainEvent):
    """The tracking plan says what an event must look like."""

    type: ClassVar[str] = "stream.event_planned"
    subject_kind: ClassVar[str] = "eventname"


@dataclass(frozen=True, slots=True)
class EventRetired(DomainEvent):
    """An event should not be sent any more."""

    type: ClassVar[str] = "stream.event_retired"
    subject_kind: ClassVar[str] = "eventname"


@dataclass(frozen=True, slots=True)
class PlanModeChanged(DomainEvent):
    """What breaks the plan is watched from now on, or blocked."""

    type: ClassVar[str] = "stream.plan_mode_changed"
    subject_kind: ClassVar[str] = "governance"

    plan_mode: str
    unplanned_mode: str


@dataclass(frozen=True, slots=True)
class RefusalsReplayed(DomainEvent):
    """Calls that had been refused were accepted after all."""

    type: ClassVar[str] = "stream.refusals_replayed"
    subject_kind: ClassVar[str] = "replay"

    accepted: int


@dataclass(frozen=True, slots=True)
class CorrectionAsked(DomainEvent):
    """Somebody had events deleted or changed; it will be done."""

    type: ClassVar[str] = "stream.correction_asked"
    subject_kind: ClassVar[str] = "correction"

    events: int


@dataclass(frozen=True, slots=True)
class EventsCorrected(DomainEvent):
    """Events of the past are gone or other than they were: whoever keeps sums over them counts these names and days again.

    kind: delete or amend. names: of the events, empty for any. first_at, last_at: their first and last instant.
    """

    type: ClassVar[str] = "stream.events_corrected"
    subject_kind: ClassVar[str] = "correction"

    kind: str
    events: int
    names: tuple[str, ...]
    first_at: datetime | None
    last_at: datetime | None


@dataclass(frozen=True, slots=True)
class RetentionChanged(DomainEvent):
    """Events are kept for another number of months from now on; None: for ever."""

    type: ClassVar[str] = "stream.retention_changed"
    subject_kind: ClassVar[str] = "governance"

    kept_months: int | None


@dataclass(frozen=True, slots=True)
class EventsExpired(DomainEvent):
    """Whole months of events were let go, because they are older than the workspace keeps them. before: the first month kept, 202611."""

    type: ClassVar[str] = "stream.events_expired"
    subject_kind: ClassVar[str] = "governance"

    before: int
    events: int
