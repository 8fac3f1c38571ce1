"""Tables of the sales room."""

from tenure.sales.models.opportunity import Opportunity, OpportunityStep
from tenure.sales.models.pipeline import PipelineStage
from tenure.sales.models.seller import SalesAgent, SalesProduct

__all__ = ["Opportunity", "OpportunityStep", "PipelineStage", "SalesAgent", "SalesProduct"]
