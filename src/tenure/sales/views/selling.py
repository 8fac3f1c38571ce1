"""Pages of what selling goes by: agents, products, the pipeline's stages."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from django.http import HttpResponse
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_POST

from tenure.market.queries.records import get_record
from tenure.sales.actions.create_agent import create_agent
from tenure.sales.actions.create_pipeline_stage import create_pipeline_stage
from tenure.sales.actions.create_product import create_product
from tenure.sales.actions.delete_agents import delete_agents
from tenure.sales.actions.delete_pipeline_stages import delete_pipeline_stages
from tenure.sales.actions.delete_products import delete_products
from tenure.sales.actions.update_agent import update_agent
from tenure.sales.actions.update_pipeline_stage import update_pipeline_stage
from tenure.sales.actions.update_product import update_product
from tenure.sales.lists import AGENTS, PIPELINE_STAGES, PRODUCTS
from tenure.sales.records import AGENT, PIPELINE_STAGE, PRODUCT
from tenure.workspace.list_page import Surroundings, list_page
from tenure.workspace.pages import page
from tenure.workspace.record_pages import RecordPlaces, edit_record_page, new_record_page, record_removal

if TYPE_CHECKING:
    from tenure.workspace.pages import Request

AROUND_AGENTS = Surroundings(
    record="agent",
    row_url="sales:agent",
    new_url="sales:agent_new",
    import_record="agent",
    empty_title=gettext_lazy("No sales agents yet"),
    empty_text=gettext_lazy(
        "Those whom deals are credited to, with their team and manager. A member of this workspace can be one of them; those who left need not be members."
    ),
)
AGENT_PLACES = RecordPlaces(AGENT, "sales:agents", removal_url="sales:agent_removals")
AROUND_PRODUCTS = Surroundings(
    record="product",
    row_url="sales:product",
    new_url="sales:product_new",
    import_record="product",
    empty_title=gettext_lazy("No products yet"),
    empty_text=gettext_lazy("What deals are about, with its list price. Deals that are imported find their product here."),
)
PRODUCT_PLACES = RecordPlaces(PRODUCT, "sales:products", removal_url="sales:product_removals")
AROUND_PIPELINE_STAGES = Surroundings(
    record="pipeline_stage",
    row_url="sales:pipeline_stage",
    new_url="sales:pipeline_stage_new",
    import_record="pipeline_stage",
    empty_title=gettext_lazy("No stages yet"),
    empty_text=gettext_lazy("The stages a deal moves along, in your own words; each means open, won or lost."),
)
PIPELINE_STAGE_PLACES = RecordPlaces(PIPELINE_STAGE, "sales:pipeline_stages", removal_url="sales:pipeline_stage_removals")


@page("sales.view")
@require_GET
def agents(request: Request) -> HttpResponse:
    """The list of agents."""
    return list_page(request, AGENTS, AROUND_AGENTS)


@page("sales.create_agent")
def agent_new(request: Request) -> HttpResponse:
    """The form of somebody who sells that is new."""
    return new_record_page(request, AGENT_PLACES, create_agent)


@page("sales.update_agent")
def agent(request: Request, agent_id: UUID) -> HttpResponse:
    """The form of somebody who sells."""
    return edit_record_page(request, AGENT_PLACES, get_record(request.ctx, AGENT, agent_id), update_agent)


@page("sales.delete_agents")
@require_POST
def agent_removals(request: Request, agent_id: UUID) -> HttpResponse:
    """Delete somebody who sells."""
    return record_removal(request, AGENT_PLACES, get_record(request.ctx, AGENT, agent_id), delete_agents)


@page("sales.view")
@require_GET
def products(request: Request) -> HttpResponse:
    """The list of products."""
    return list_page(request, PRODUCTS, AROUND_PRODUCTS)


@page("sales.create_product")
def product_new(request: Request) -> HttpResponse:
    """The form of a product that is new."""
    return new_record_page(request, PRODUCT_PLACES, create_product)


@page("sales.update_product")
def product(request: Request, product_id: UUID) -> HttpResponse:
    """The form of a product."""
    return edit_record_page(request, PRODUCT_PLACES, get_record(request.ctx, PRODUCT, product_id), update_product)


@page("sales.delete_products")
@require_POST
def product_removals(request: Request, product_id: UUID) -> HttpResponse:
    """Delete a product."""
    return record_removal(request, PRODUCT_PLACES, get_record(request.ctx, PRODUCT, product_id), delete_products)


@page("sales.view")
@require_GET
def pipeline_stages(request: Request) -> HttpResponse:
    """The list of pipeline stages."""
    return list_page(request, PIPELINE_STAGES, AROUND_PIPELINE_STAGES)


@page("sales.create_pipeline_stage")
def pipeline_stage_new(request: Request) -> HttpResponse:
    """The form of a stage of the pipeline that is new."""
    return new_record_page(request, PIPELINE_STAGE_PLACES, create_pipeline_stage)


@page("sales.update_pipeline_stage")
def pipeline_stage(request: Request, pipeline_stage_id: UUID) -> HttpResponse:
    """The form of a stage of the pipeline."""
    return edit_record_page(
        request, PIPELINE_STAGE_PLACES, get_record(request.ctx, PIPELINE_STAGE, pipeline_stage_id), update_pipeline_stage
    )


@page("sales.delete_pipeline_stages")
@require_POST
def pipeline_stage_removals(request: Request, pipeline_stage_id: UUID) -> HttpResponse:
    """Delete a stage of the pipeline."""
    return record_removal(
        request, PIPELINE_STAGE_PLACES, get_record(request.ctx, PIPELINE_STAGE, pipeline_stage_id), delete_pipeline_stages
    )
