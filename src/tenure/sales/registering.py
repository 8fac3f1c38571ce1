"""What the sales room tells the rooms below it when Tenure starts."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from tenure.sales.enums import Outcome
from tenure.sales.events import OpportunityChanged, OpportunityCreated, OpportunityDeleted, OpportunityRestored
from tenure.sales.lists import AGENTS, OPPORTUNITIES, PIPELINE_STAGES, PRODUCTS
from tenure.sales.own_panels import register_own_panels
from tenure.sales.pipeline import lay_out_pipeline
from tenure.sales.receivers import project_opportunities
from tenure.sales.records import AGENT, OPPORTUNITY, PIPELINE_STAGE, PRODUCT
from tenure.workspace.furnishing import register_furnishing
from tenure.workspace.lists import register_list
from tenure.workspace.lists.cells import register_tones
from tenure.workspace.navigation import NavigationItem, register_navigation
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
    register_own_panels()
    register_navigation(
        NavigationItem(_("Opportunities"), "heart-handshake", "sales:opportunities", "sales.view", "win", 30),
        NavigationItem(_("Sales agents"), "user-star", "sales:agents", "sales.update_agent", "data", 60),
        NavigationItem(_("Products"), "package", "sales:products", "sales.update_product", "data", 61),
        NavigationItem(_("Pipeline stages"), "route", "sales:pipeline_stages", "sales.update_pipeline_stage", "data", 62),
    )
