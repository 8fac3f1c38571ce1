"""Costs that no channel bears over the API: salaries, tools, agencies."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from ninja import Router

from tenure.market.actions.create_other_cost import create_other_cost
from tenure.market.actions.delete_other_costs import delete_other_costs
from tenure.market.actions.update_other_cost import update_other_cost
from tenure.market.lists import OTHER_COSTS
from tenure.market.models import OtherCost
from tenure.market.queries.records import get_record
from tenure.market.records import OTHER_COST
from tenure.market.schemas.costs import OtherCostIn, OtherCostOut, OtherCostPage, OtherCostPatch
from tenure.workspace.endpoints import (
    ApiRequest,
    cursor_page,
    delete_record,
    endpoint,
    record_out,
    record_values,
    tag_made,
    tag_version,
    wanted_version,
)
from tenure.workspace.endpoints.change_sets import ChangeSetOut

router = Router(tags=["Costs"])


@router.get("/other-costs", response=OtherCostPage, operation_id="list_other_costs", summary="List other costs")
@endpoint("market.view", lists=OTHER_COSTS)
def other_costs(request: ApiRequest) -> OtherCostPage:
    """What winning customers costs besides the channels, filtered and sorted as on its page."""
    return cursor_page(request, OTHER_COSTS, OtherCostPage, lambda row: _out(request, row))


@router.post(
    "/other-costs", response={201: OtherCostOut}, operation_id="create_other_cost", summary="Create a cost that no channel bears"
)
@endpoint("market.create_other_cost")
def other_costs_post(request: ApiRequest, body: OtherCostIn, response: HttpResponse) -> OtherCostOut:
    """Write a cost."""
    made = create_other_cost(request.ctx, record_values(request.ctx, OTHER_COST, body))
    return _out(request, tag_made(response, made, "other_cost"))


@router.get(
    "/other-costs/{uuid:other_cost_id}",
    response=OtherCostOut,
    operation_id="get_other_cost",
    summary="Get a cost that no channel bears",
)
@endpoint("market.view")
def other_cost(request: ApiRequest, other_cost_id: UUID, response: HttpResponse) -> OtherCostOut:
    """One cost. Its version stands in ETag."""
    return _out(request, tag_version(response, get_record(request.ctx, OTHER_COST, other_cost_id)))


@router.patch(
    "/other-costs/{uuid:other_cost_id}",
    response=OtherCostOut,
    operation_id="update_other_cost",
    summary="Change a cost that no channel bears",
)
@endpoint("market.update_other_cost", is_versioned=True)
def other_cost_patch(request: ApiRequest, other_cost_id: UUID, body: OtherCostPatch, response: HttpResponse) -> OtherCostOut:
    """Change the fields sent, as a change set that can be undone."""
    values, version = record_values(request.ctx, OTHER_COST, body), wanted_version(request, body.version)
    return _out(request, tag_version(response, update_other_cost(request.ctx, other_cost_id, values, version=version)))


@router.delete(
    "/other-costs/{uuid:other_cost_id}",
    response=ChangeSetOut,
    operation_id="delete_other_cost",
    summary="Delete a cost that no channel bears",
)
@endpoint("market.delete_other_costs", is_versioned=True)
def other_cost_delete(request: ApiRequest, other_cost_id: UUID) -> ChangeSetOut:
    """Delete the cost. The change set returned can be undone."""
    return delete_record(request, OTHER_COST, other_cost_id, delete_other_costs)


def _out(request: ApiRequest, row: OtherCost) -> OtherCostOut:
    return record_out(request.ctx, OtherCostOut, OTHER_COST, row)
