"""What the sales room tells the rooms below it when Tenure starts."""

from __future__ import annotations

from tenure.sales.enums import Outcome
from tenure.sales.events import OpportunityChanged, OpportunityCreated, OpportunityDeleted, OpportunityRestored
from tenure.sales.lists import AGENTS, OPPORTUNITIES, PIPELINE_STAGES, PRODUCTS
from tenure.sales.pipeline import lay_out_pipeline
from tenure.sales.receivers import project_opportunities
from tenure.sales.records import AGENT, OPPORTUNITY, PIPELINE_STAGE, PRODUCT
from tenure.workspace.furnishing import register_furnishing
from tenure.workspace.lists import register_list
from tenure.workspace.lists.cells import register_tones
from tenure.workspace.outbox import register_projection
from tenure.workspace.records import register_record

OUTCOME_TONES = {Outcome.OPEN: "sky", Outcome.WON: "leaf", Outcome.LOST: "rose"}


def register_room() -> None:
    """Records, lists, projections, navigation, palette and panels."""
    for record in (PRODUCT, AGENT, PIPELINE_STAGE, OPPORTUNITY):
        register_record(record)
    for spec in (OPPORTUNITIES, PRODUCTS, AGENTS, PIPELINE_STAGES):
        register_list(spec)
    register_tones({str(outcome): tone for outcome, tone in OUTCOME_TONES.items()})
    register_projection([OpportunityCreated, OpportunityChanged, OpportunityDeleted, OpportunityRestored], project_opportunities)
    register_furnishing(lay_out_pipeline)
