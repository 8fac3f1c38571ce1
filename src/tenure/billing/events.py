"""What the billing room says has happened."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from tenure.workspace.events import DomainEvent


@dataclass(frozen=True, slots=True)
class SubscriptionCreated(DomainEvent):
    """A subscription came into being."""

    type: ClassVar[str] = "billing.subscription_created"
    subject_kind: ClassVar[str] = "subscription"


@dataclass(frozen=True, slots=True)
class SubscriptionChanged(DomainEvent):
    """A subscription was changed or ended."""

    type: ClassVar[str] = "billing.subscription_changed"
    subject_kind: ClassVar[str] = "subscription"


@dataclass(frozen=True, slots=True)
class SubscriptionDeleted(DomainEvent):
    """A subscription was deleted; undo brings it back."""

    type: ClassVar[str] = "billing.subscription_deleted"
    subject_kind: ClassVar[str] = "subscription"


@dataclass(frozen=True, slots=True)
class SubscriptionRestored(DomainEvent):
    """A deleted subscription came back."""

    type: ClassVar[str] = "billing.subscription_restored"
    subject_kind: ClassVar[str] = "subscription"


@dataclass(frozen=True, slots=True)
class ItemCreated(DomainEvent):
    """An item was added to a subscription."""

    type: ClassVar[str] = "billing.item_created"
    subject_kind: ClassVar[str] = "subscription_item"


@dataclass(frozen=True, slots=True)
class ItemChanged(DomainEvent):
    """An item was changed or ended."""

    type: ClassVar[str] = "billing.item_changed"
    subject_kind: ClassVar[str] = "subscription_item"


@dataclass(frozen=True, slots=True)
class ItemDeleted(DomainEvent):
    """An item was deleted; undo brings it back."""

    type: ClassVar[str] = "billing.item_deleted"
    subject_kind: ClassVar[str] = "subscription_item"


@dataclass(frozen=True, slots=True)
class ItemRestored(DomainEvent):
    """A deleted item came back."""

    type: ClassVar[str] = "billing.item_restored"
    subject_kind: ClassVar[str] = "subscription_item"


@dataclass(frozen=True, slots=True)
class ChurnReported(DomainEvent):
    """Somebody reported that an account left."""

    type: ClassVar[str] = "billing.churn_reported"
    subject_kind: ClassVar[str] = "reported_churn"


@dataclass(frozen=True, slots=True)
class ReportedChurnChanged(DomainEvent):
    """A report of churn was changed."""

    type: ClassVar[str] = "billing.reported_churn_changed"
    subject_kind: ClassVar[str] = "reported_churn"


@dataclass(frozen=True, slots=True)
class ReportedChurnDeleted(DomainEvent):
    """A report of churn was deleted; undo brings it back."""

    type: ClassVar[str] = "billing.reported_churn_deleted"
    subject_kind: ClassVar[str] = "reported_churn"


@dataclass(frozen=True, slots=True)
class ReportedChurnRestored(DomainEvent):
    """A deleted report of churn came back."""

    type: ClassVar[str] = "billing.reported_churn_restored"
    subject_kind: ClassVar[str] = "reported_churn"


@dataclass(frozen=True, slots=True)
class MovementRecorded(DomainEvent):
    """MRR moved. subject_id: the movement; micros: per month, millionths of a minor unit of the currency, signed."""

    type: ClassVar[str] = "billing.movement_recorded"
    subject_kind: ClassVar[str] = "mrr_movement"

    kind: str
    micros: int
    currency: str
