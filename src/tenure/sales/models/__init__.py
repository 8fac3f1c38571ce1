"""Tables of the sales room."""

from tenure.sales.models.custom import (
    OpportunitySlots,
    PipelineStageSlots,
    SalesAgentSlots,
    SalesProductSlots,
)
from tenure.sales.models.opportunity import Opportunity, OpportunityStep
from tenure.sales.models.pipeline import PipelineStage
from tenure.sales.models.seller import SalesAgent, SalesProduct

__all__ = [
    "Opportunity",
    "OpportunitySlots",
    "OpportunityStep",
    "PipelineStage",
    "PipelineStageSlots",
    "SalesAgent",
    "SalesAgentSlots",
    "SalesProduct",
    "SalesProductSlots",
]
