"""What the market room says has happened."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from tenure.workspace.events import DomainEvent


@dataclass(frozen=True, slots=True)
class ChannelCreated(DomainEvent):
    """A channel came into being."""

    type: ClassVar[str] = "market.channel_created"
    subject_kind: ClassVar[str] = "channel"


@dataclass(frozen=True, slots=True)
class ChannelChanged(DomainEvent):
    """A channel was changed."""

    type: ClassVar[str] = "market.channel_changed"
    subject_kind: ClassVar[str] = "channel"


@dataclass(frozen=True, slots=True)
class ChannelDeleted(DomainEvent):
    """A channel was deleted; undo brings it back."""

    type: ClassVar[str] = "market.channel_deleted"
    subject_kind: ClassVar[str] = "channel"


@dataclass(frozen=True, slots=True)
class ChannelRestored(DomainEvent):
    """A channel came back."""

    type: ClassVar[str] = "market.channel_restored"
    subject_kind: ClassVar[str] = "channel"


@dataclass(frozen=True, slots=True)
class ChannelCostCreated(DomainEvent):
    """A day's cost of a channel came into being."""

    type: ClassVar[str] = "market.channel_cost_created"
    subject_kind: ClassVar[str] = "channel_cost"


@dataclass(frozen=True, slots=True)
class ChannelCostChanged(DomainEvent):
    """A day's cost of a channel was changed."""

    type: ClassVar[str] = "market.channel_cost_changed"
    subject_kind: ClassVar[str] = "channel_cost"


@dataclass(frozen=True, slots=True)
class ChannelCostDeleted(DomainEvent):
    """A day's cost of a channel was deleted; undo brings it back."""

    type: ClassVar[str] = "market.channel_cost_deleted"
    subject_kind: ClassVar[str] = "channel_cost"


@dataclass(frozen=True, slots=True)
class ChannelCostRestored(DomainEvent):
    """A day's cost of a channel came back."""

    type: ClassVar[str] = "market.channel_cost_restored"
    subject_kind: ClassVar[str] = "channel_cost"


@dataclass(frozen=True, slots=True)
class OtherCostCreated(DomainEvent):
    """A cost besides the channels came into being."""

    type: ClassVar[str] = "market.other_cost_created"
    subject_kind: ClassVar[str] = "other_cost"


@dataclass(frozen=True, slots=True)
class OtherCostChanged(DomainEvent):
    """A cost besides the channels was changed."""

    type: ClassVar[str] = "market.other_cost_changed"
    subject_kind: ClassVar[str] = "other_cost"


@dataclass(frozen=True, slots=True)
class OtherCostDeleted(DomainEvent):
    """A cost besides the channels was deleted; undo brings it back."""

    type: ClassVar[str] = "market.other_cost_deleted"
    subject_kind: ClassVar[str] = "other_cost"


@dataclass(frozen=True, slots=True)
class OtherCostRestored(DomainEvent):
    """A cost besides the channels came back."""

    type: ClassVar[str] = "market.other_cost_restored"
    subject_kind: ClassVar[str] = "other_cost"


@dataclass(frozen=True, slots=True)
class LeadCreated(DomainEvent):
    """A lead came into being."""

    type: ClassVar[str] = "market.lead_created"
    subject_kind: ClassVar[str] = "lead"


@dataclass(frozen=True, slots=True)
class LeadChanged(DomainEvent):
    """A lead was changed."""

    type: ClassVar[str] = "market.lead_changed"
    subject_kind: ClassVar[str] = "lead"


@dataclass(frozen=True, slots=True)
class LeadDeleted(DomainEvent):
    """A lead was deleted; undo brings it back."""

    type: ClassVar[str] = "market.lead_deleted"
    subject_kind: ClassVar[str] = "lead"


@dataclass(frozen=True, slots=True)
class LeadRestored(DomainEvent):
    """A lead came back."""

    type: ClassVar[str] = "market.lead_restored"
    subject_kind: ClassVar[str] = "lead"
