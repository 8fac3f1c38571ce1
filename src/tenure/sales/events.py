"""What the sales room says has happened. Winning and losing are said by the stage ledger (directory.stage_entered)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from tenure.workspace.events import DomainEvent


@dataclass(frozen=True, slots=True)
class ProductCreated(DomainEvent):
    """A product came into being."""

    type: ClassVar[str] = "sales.product_created"
    subject_kind: ClassVar[str] = "product"


@dataclass(frozen=True, slots=True)
class ProductChanged(DomainEvent):
    """A product was changed."""

    type: ClassVar[str] = "sales.product_changed"
    subject_kind: ClassVar[str] = "product"


@dataclass(frozen=True, slots=True)
class ProductDeleted(DomainEvent):
    """A product was deleted; undo brings it back."""

    type: ClassVar[str] = "sales.product_deleted"
    subject_kind: ClassVar[str] = "product"


@dataclass(frozen=True, slots=True)
class ProductRestored(DomainEvent):
    """A product came back."""

    type: ClassVar[str] = "sales.product_restored"
    subject_kind: ClassVar[str] = "product"


@dataclass(frozen=True, slots=True)
class AgentCreated(DomainEvent):
    """Somebody who sells came into being."""

    type: ClassVar[str] = "sales.agent_created"
    subject_kind: ClassVar[str] = "agent"


@dataclass(frozen=True, slots=True)
class AgentChanged(DomainEvent):
    """Somebody who sells was changed."""

    type: ClassVar[str] = "sales.agent_changed"
    subject_kind: ClassVar[str] = "agent"


@dataclass(frozen=True, slots=True)
class AgentDeleted(DomainEvent):
    """Somebody who sells was deleted; undo brings it back."""

    type: ClassVar[str] = "sales.agent_deleted"
    subject_kind: ClassVar[str] = "agent"


@dataclass(frozen=True, slots=True)
class AgentRestored(DomainEvent):
    """Somebody who sells came back."""

    type: ClassVar[str] = "sales.agent_restored"
    subject_kind: ClassVar[str] = "agent"


@dataclass(frozen=True, slots=True)
class PipelineStageCreated(DomainEvent):
    """A stage of the pipeline came into being."""

    type: ClassVar[str] = "sales.pipeline_stage_created"
    subject_kind: ClassVar[str] = "pipeline_stage"


@dataclass(frozen=True, slots=True)
class PipelineStageChanged(DomainEvent):
    """A stage of the pipeline was changed."""

    type: ClassVar[str] = "sales.pipeline_stage_changed"
    subject_kind: ClassVar[str] = "pipeline_stage"


@dataclass(frozen=True, slots=True)
class PipelineStageDeleted(DomainEvent):
    """A stage of the pipeline was deleted; undo brings it back."""

    type: ClassVar[str] = "sales.pipeline_stage_deleted"
    subject_kind: ClassVar[str] = "pipeline_stage"


@dataclass(frozen=True, slots=True)
class PipelineStageRestored(DomainEvent):
    """A stage of the pipeline came back."""

    type: ClassVar[str] = "sales.pipeline_stage_restored"
    subject_kind: ClassVar[str] = "pipeline_stage"


@dataclass(frozen=True, slots=True)
class OpportunityCreated(DomainEvent):
    """An opportunity came into being."""

    type: ClassVar[str] = "sales.opportunity_created"
    subject_kind: ClassVar[str] = "opportunity"


@dataclass(frozen=True, slots=True)
class OpportunityChanged(DomainEvent):
    """An opportunity was changed."""

    type: ClassVar[str] = "sales.opportunity_changed"
    subject_kind: ClassVar[str] = "opportunity"


@dataclass(frozen=True, slots=True)
class OpportunityDeleted(DomainEvent):
    """An opportunity was deleted; undo brings it back."""

    type: ClassVar[str] = "sales.opportunity_deleted"
    subject_kind: ClassVar[str] = "opportunity"


@dataclass(frozen=True, slots=True)
class OpportunityRestored(DomainEvent):
    """An opportunity came back."""

    type: ClassVar[str] = "sales.opportunity_restored"
    subject_kind: ClassVar[str] = "opportunity"
