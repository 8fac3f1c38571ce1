"""Addresses of the sales room, below /<workspace>/."""

from __future__ import annotations

from django.urls import path

from tenure.sales.views import opportunities, selling

app_name = "sales"
urlpatterns = [
    path("opportunities/", opportunities.opportunities, name="opportunities"),
    path("opportunities/new/", opportunities.opportunity_new, name="opportunity_new"),
    path("opportunities/<uuid:opportunity_id>/", opportunities.opportunity, name="opportunity"),
    path("opportunities/<uuid:opportunity_id>/edit/", opportunities.opportunity_edit, name="opportunity_edit"),
    path("opportunities/<uuid:opportunity_id>/peek/", opportunities.opportunity_peek, name="opportunity_peek"),
    path("opportunities/<uuid:opportunity_id>/moves/", opportunities.opportunity_moves, name="opportunity_moves"),
    path("opportunities/<uuid:opportunity_id>/removals/", opportunities.opportunity_removals, name="opportunity_removals"),
    path("leads/<uuid:lead_id>/opportunities/", opportunities.lead_opportunity, name="lead_opportunity"),
    path("agents/", selling.agents, name="agents"),
    path("agents/new/", selling.agent_new, name="agent_new"),
    path("agents/<uuid:agent_id>/", selling.agent, name="agent"),
    path("agents/<uuid:agent_id>/removals/", selling.agent_removals, name="agent_removals"),
    path("products/", selling.products, name="products"),
    path("products/new/", selling.product_new, name="product_new"),
    path("products/<uuid:product_id>/", selling.product, name="product"),
    path("products/<uuid:product_id>/removals/", selling.product_removals, name="product_removals"),
    path("pipeline-stages/", selling.pipeline_stages, name="pipeline_stages"),
    path("pipeline-stages/new/", selling.pipeline_stage_new, name="pipeline_stage_new"),
    path("pipeline-stages/<uuid:pipeline_stage_id>/", selling.pipeline_stage, name="pipeline_stage"),
    path("pipeline-stages/<uuid:pipeline_stage_id>/removals/", selling.pipeline_stage_removals, name="pipeline_stage_removals"),
]
