"""Opportunities over the API: deals, their moves along the pipeline, and how a lead becomes one."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from ninja import Router

from tenure.market.queries.records import get_record
from tenure.sales.actions.convert_lead import convert_lead
from tenure.sales.actions.create_opportunity import create_opportunity
from tenure.sales.actions.delete_opportunities import delete_opportunities
from tenure.sales.actions.move_opportunity import move_opportunity
from tenure.sales.actions.update_opportunity import update_opportunity
from tenure.sales.lists import OPPORTUNITIES
from tenure.sales.models import Opportunity, OpportunityStep
from tenure.sales.records import OPPORTUNITY
from tenure.sales.schemas.opportunities import (
    ConversionIn,
    MoveIn,
    OpportunityIn,
    OpportunityOut,
    OpportunityPage,
    OpportunityPatch,
    StepsOut,
    step_out,
)
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
from tenure.workspace.endpoints.lists import MOST_ROWS

router = Router(tags=["Opportunities"])


@router.get("/opportunities", response=OpportunityPage, operation_id="list_opportunities", summary="List opportunities")
@endpoint("sales.view", lists=OPPORTUNITIES)
def opportunities(request: ApiRequest) -> OpportunityPage:
    """The deals you may see, filtered, searched and sorted as on their page."""
    return cursor_page(request, OPPORTUNITIES, OpportunityPage, lambda row: _out(request, row))


@router.post("/opportunities", response={201: OpportunityOut}, operation_id="create_opportunity", summary="Create an opportunity")
@endpoint("sales.create_opportunity")
def opportunities_post(request: ApiRequest, body: OpportunityIn, response: HttpResponse) -> OpportunityOut:
    """Write one deal."""
    made = create_opportunity(request.ctx, record_values(request.ctx, OPPORTUNITY, body))
    return _out(request, tag_made(response, made, "opportunity"))


@router.get(
    "/opportunities/{uuid:opportunity_id}", response=OpportunityOut, operation_id="get_opportunity", summary="Get an opportunity"
)
@endpoint("sales.view")
def opportunity(request: ApiRequest, opportunity_id: UUID, response: HttpResponse) -> OpportunityOut:
    """One deal. Its version stands in ETag."""
    return _out(request, tag_version(response, get_record(request.ctx, OPPORTUNITY, opportunity_id)))


@router.patch(
    "/opportunities/{uuid:opportunity_id}",
    response=OpportunityOut,
    operation_id="update_opportunity",
    summary="Change an opportunity",
)
@endpoint("sales.update_opportunity", is_versioned=True)
def opportunity_patch(
    request: ApiRequest, opportunity_id: UUID, body: OpportunityPatch, response: HttpResponse
) -> OpportunityOut:
    """Change the fields sent, as a change set that can be undone. To let it move on, move it."""
    values, version = record_values(request.ctx, OPPORTUNITY, body), wanted_version(request, body.version)
    return _out(request, tag_version(response, update_opportunity(request.ctx, opportunity_id, values, version=version)))


@router.delete(
    "/opportunities/{uuid:opportunity_id}",
    response=ChangeSetOut,
    operation_id="delete_opportunity",
    summary="Delete an opportunity",
)
@endpoint("sales.delete_opportunities", is_versioned=True)
def opportunity_delete(request: ApiRequest, opportunity_id: UUID) -> ChangeSetOut:
    """Delete the deal. The change set returned can be undone."""
    return delete_record(request, OPPORTUNITY, opportunity_id, delete_opportunities)


@router.post(
    "/opportunities/{uuid:opportunity_id}/move",
    response=OpportunityOut,
    operation_id="move_opportunity",
    summary="Move an opportunity",
)
@endpoint("sales.move_opportunity")
def opportunity_move(request: ApiRequest, opportunity_id: UUID, body: MoveIn, response: HttpResponse) -> OpportunityOut:
    """Let the deal be in that stage from now on: a stage that means won or lost ends it now, an open one opens it again."""
    moved = move_opportunity(request.ctx, opportunity_id, body.stage, reason=body.reason)
    return _out(request, tag_version(response, moved))


@router.get(
    "/opportunities/{uuid:opportunity_id}/steps",
    response=StepsOut,
    operation_id="list_opportunity_steps",
    summary="List the stages an opportunity went through",
)
@endpoint("sales.view")
def opportunity_steps(request: ApiRequest, opportunity_id: UUID) -> StepsOut:
    """When the deal entered which stage, the latest first; of more than 200 the latest."""
    deal = get_record(request.ctx, OPPORTUNITY, opportunity_id)
    steps = OpportunityStep.objects.filter(opportunity_id=deal.pk).order_by("-entered_at", "-recorded_at")[:MOST_ROWS]
    return StepsOut(items=[step_out(step) for step in steps])


@router.post(
    "/leads/{uuid:lead_id}/convert",
    response={201: OpportunityOut},
    operation_id="convert_lead",
    summary="Convert a lead into an opportunity",
)
@endpoint("sales.convert_lead")
def lead_convert(request: ApiRequest, lead_id: UUID, body: ConversionIn, response: HttpResponse) -> OpportunityOut:
    """Open a deal that goes on with the lead's path, so that the chain from the first touch is never broken. Once a lead."""
    made = convert_lead(request.ctx, lead_id, record_values(request.ctx, OPPORTUNITY, body))
    return _out(request, tag_made(response, made, "opportunity"))


def _out(request: ApiRequest, row: Opportunity) -> OpportunityOut:
    return record_out(request.ctx, OpportunityOut, OPPORTUNITY, row)
