"""Leads over the API: who was identified, how they came, and whether they are worth an offer."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from ninja import Router

from tenure.market.actions.create_lead import create_lead
from tenure.market.actions.delete_leads import delete_leads
from tenure.market.actions.disqualify_lead import disqualify_lead
from tenure.market.actions.qualify_lead import qualify_lead
from tenure.market.actions.update_lead import update_lead
from tenure.market.lists import LEADS
from tenure.market.queries.records import get_record
from tenure.market.records import LEAD
from tenure.market.schemas.leads import DisqualificationIn, LeadIn, LeadOut, LeadPage, LeadPatch, lead_out, lead_values
from tenure.workspace.endpoints import (
    ApiRequest,
    cursor_page,
    delete_record,
    endpoint,
    tag_made,
    tag_version,
    wanted_version,
)
from tenure.workspace.endpoints.change_sets import ChangeSetOut

router = Router(tags=["Leads"])


@router.get("/leads", response=LeadPage, operation_id="list_leads", summary="List leads")
@endpoint("market.view", lists=LEADS)
def leads(request: ApiRequest) -> LeadPage:
    """The leads you may see, filtered, searched and sorted as on their page."""
    return cursor_page(request, LEADS, LeadPage, lambda row: lead_out(request.ctx, row))


@router.post("/leads", response={201: LeadOut}, operation_id="create_lead", summary="Create a lead")
@endpoint("market.create_lead")
def leads_post(request: ApiRequest, body: LeadIn, response: HttpResponse) -> LeadOut:
    """Write one lead with its first and last touch as they came in."""
    made = create_lead(request.ctx, lead_values(request.ctx, body))
    return lead_out(request.ctx, tag_made(response, made, "lead"))


@router.get("/leads/{uuid:lead_id}", response=LeadOut, operation_id="get_lead", summary="Get a lead")
@endpoint("market.view")
def lead(request: ApiRequest, lead_id: UUID, response: HttpResponse) -> LeadOut:
    """One lead. Its version stands in ETag."""
    return lead_out(request.ctx, tag_version(response, get_record(request.ctx, LEAD, lead_id)))


@router.patch("/leads/{uuid:lead_id}", response=LeadOut, operation_id="update_lead", summary="Change a lead")
@endpoint("market.update_lead", is_versioned=True)
def lead_patch(request: ApiRequest, lead_id: UUID, body: LeadPatch, response: HttpResponse) -> LeadOut:
    """Change the fields sent, as a change set that can be undone."""
    values, version = lead_values(request.ctx, body), wanted_version(request, body.version)
    return lead_out(request.ctx, tag_version(response, update_lead(request.ctx, lead_id, values, version=version)))


@router.delete("/leads/{uuid:lead_id}", response=ChangeSetOut, operation_id="delete_lead", summary="Delete a lead")
@endpoint("market.delete_leads", is_versioned=True)
def lead_delete(request: ApiRequest, lead_id: UUID) -> ChangeSetOut:
    """Delete the lead. The change set returned can be undone."""
    return delete_record(request, LEAD, lead_id, delete_leads)


@router.post("/leads/{uuid:lead_id}/qualify", response=LeadOut, operation_id="qualify_lead", summary="Qualify a lead")
@endpoint("market.qualify_lead")
def lead_qualify(request: ApiRequest, lead_id: UUID, response: HttpResponse) -> LeadOut:
    """Find the lead worth an offer, now; one that was given up comes back."""
    return lead_out(request.ctx, tag_version(response, qualify_lead(request.ctx, lead_id)))


@router.post("/leads/{uuid:lead_id}/disqualify", response=LeadOut, operation_id="disqualify_lead", summary="Give a lead up")
@endpoint("market.disqualify_lead")
def lead_disqualify(request: ApiRequest, lead_id: UUID, body: DisqualificationIn, response: HttpResponse) -> LeadOut:
    """Give the lead up, now, with the reason."""
    return lead_out(request.ctx, tag_version(response, disqualify_lead(request.ctx, lead_id, reason=body.reason)))
