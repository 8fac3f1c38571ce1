"""What the usage room says has happened."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import ClassVar
from uuid import UUID

from tenure.workspace.events import DomainEvent


@dataclass(frozen=True, slots=True)
class MeterCreated(DomainEvent):
    """A meter came into being, with its first version."""

    type: ClassVar[str] = "usage.meter_created"
    subject_kind: ClassVar[str] = "meter"

    key: str


@dataclass(frozen=True, slots=True)
class MeterVersionPublished(DomainEvent):
    """A meter counts otherwise, from an instant on or over everything."""

    type: ClassVar[str] = "usage.meter_version_published"
    subject_kind: ClassVar[str] = "meter"

    number: int
    effective_at: datetime | None


@dataclass(frozen=True, slots=True)
class MeterArchived(DomainEvent):
    """A meter is offered no more."""

    type: ClassVar[str] = "usage.meter_archived"
    subject_kind: ClassVar[str] = "meter"


@dataclass(frozen=True, slots=True)
class FeatureCreated(DomainEvent):
    """A feature was named."""

    type: ClassVar[str] = "usage.feature_created"
    subject_kind: ClassVar[str] = "feature"

    key: str


@dataclass(frozen=True, slots=True)
class FeatureChanged(DomainEvent):
    """A feature has other events or marks."""

    type: ClassVar[str] = "usage.feature_changed"
    subject_kind: ClassVar[str] = "feature"


@dataclass(frozen=True, slots=True)
class QuotaSet(DomainEvent):
    """An account, or every account, may use so much of a meter."""

    type: ClassVar[str] = "usage.quota_set"
    subject_kind: ClassVar[str] = "quota"

    meter_id: UUID
    amount: Decimal
    period: str


@dataclass(frozen=True, slots=True)
class QuotaRemoved(DomainEvent):
    """A quota is no more."""

    type: ClassVar[str] = "usage.quota_removed"
    subject_kind: ClassVar[str] = "quota"

    meter_id: UUID


@dataclass(frozen=True, slots=True)
class QuotaThresholdReached(DomainEvent):
    """An account came to a threshold (per cent) of its quota, for the first time in the period."""

    type: ClassVar[str] = "usage.quota_threshold_reached"
    subject_kind: ClassVar[str] = "quota"

    meter_id: UUID
    period_started_at: datetime
    threshold: int
    used: Decimal
    amount: Decimal


@dataclass(frozen=True, slots=True)
class MilestonesSet(DomainEvent):
    """It was said which events mean what. subject_id: the workspace."""

    type: ClassVar[str] = "usage.milestones_set"
    subject_kind: ClassVar[str] = "workspace"


@dataclass(frozen=True, slots=True)
class MilestoneMoved(DomainEvent):
    """An account reached a milestone, reached it at another instant than was known, or turns out not to have (None)."""

    type: ClassVar[str] = "usage.milestone_moved"
    subject_kind: ClassVar[str] = "milestone_reached"

    kind: str
    reached_at: datetime | None
