"""What channels cost over the API, and how often they were seen: one row a channel and day."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from ninja import Router

from tenure.market.actions.create_channel_cost import create_channel_cost
from tenure.market.actions.delete_channel_costs import delete_channel_costs
from tenure.market.actions.update_channel_cost import update_channel_cost
from tenure.market.lists import CHANNEL_COSTS
from tenure.market.models import ChannelDay
from tenure.market.queries.records import get_record
from tenure.market.records import CHANNEL_COST
from tenure.market.schemas.costs import ChannelCostIn, ChannelCostOut, ChannelCostPage, ChannelCostPatch
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


@router.get("/channel-costs", response=ChannelCostPage, operation_id="list_channel_costs", summary="List costs of channels")
@endpoint("market.view", lists=CHANNEL_COSTS)
def channel_costs(request: ApiRequest) -> ChannelCostPage:
    """Costs, exposures and clicks of channels by day, filtered and sorted as on their page."""
    return cursor_page(request, CHANNEL_COSTS, ChannelCostPage, lambda row: _out(request, row))


@router.post(
    "/channel-costs",
    response={201: ChannelCostOut},
    operation_id="create_channel_cost",
    summary="Create a channel's cost of a day",
)
@endpoint("market.create_channel_cost")
def channel_costs_post(request: ApiRequest, body: ChannelCostIn, response: HttpResponse) -> ChannelCostOut:
    """Write what a channel cost on one day. A day that is there already is changed, not written twice."""
    made = create_channel_cost(request.ctx, record_values(request.ctx, CHANNEL_COST, body))
    return _out(request, tag_made(response, made, "channel_cost"))


@router.get(
    "/channel-costs/{uuid:channel_cost_id}",
    response=ChannelCostOut,
    operation_id="get_channel_cost",
    summary="Get a channel's cost of a day",
)
@endpoint("market.view")
def channel_cost(request: ApiRequest, channel_cost_id: UUID, response: HttpResponse) -> ChannelCostOut:
    """One channel's day. Its version stands in ETag."""
    return _out(request, tag_version(response, get_record(request.ctx, CHANNEL_COST, channel_cost_id)))


@router.patch(
    "/channel-costs/{uuid:channel_cost_id}",
    response=ChannelCostOut,
    operation_id="update_channel_cost",
    summary="Change a channel's cost of a day",
)
@endpoint("market.update_channel_cost", is_versioned=True)
def channel_cost_patch(
    request: ApiRequest, channel_cost_id: UUID, body: ChannelCostPatch, response: HttpResponse
) -> ChannelCostOut:
    """Change the fields sent, as a change set that can be undone."""
    values, version = record_values(request.ctx, CHANNEL_COST, body), wanted_version(request, body.version)
    return _out(request, tag_version(response, update_channel_cost(request.ctx, channel_cost_id, values, version=version)))


@router.delete(
    "/channel-costs/{uuid:channel_cost_id}",
    response=ChangeSetOut,
    operation_id="delete_channel_cost",
    summary="Delete a channel's cost of a day",
)
@endpoint("market.delete_channel_costs", is_versioned=True)
def channel_cost_delete(request: ApiRequest, channel_cost_id: UUID) -> ChangeSetOut:
    """Delete the channel's day. The change set returned can be undone."""
    return delete_record(request, CHANNEL_COST, channel_cost_id, delete_channel_costs)


def _out(request: ApiRequest, row: ChannelDay) -> ChannelCostOut:
    return record_out(request.ctx, ChannelCostOut, CHANNEL_COST, row)
