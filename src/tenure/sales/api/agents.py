"""Sales agents over the API: whom deals are credited to, members or not."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from ninja import Router

from tenure.market.queries.records import get_record
from tenure.sales.actions.create_agent import create_agent
from tenure.sales.actions.delete_agents import delete_agents
from tenure.sales.actions.update_agent import update_agent
from tenure.sales.lists import AGENTS
from tenure.sales.models import SalesAgent
from tenure.sales.records import AGENT
from tenure.sales.schemas.selling import AgentIn, AgentOut, AgentPage, AgentPatch
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

router = Router(tags=["Sales agents"])


@router.get("/agents", response=AgentPage, operation_id="list_agents", summary="List sales agents")
@endpoint("sales.view", lists=AGENTS)
def agents(request: ApiRequest) -> AgentPage:
    """Those deals are credited to, filtered, searched and sorted as on their page."""
    return cursor_page(request, AGENTS, AgentPage, lambda row: _out(request, row))


@router.post("/agents", response={201: AgentOut}, operation_id="create_agent", summary="Create a sales agent")
@endpoint("sales.create_agent")
def agents_post(request: ApiRequest, body: AgentIn, response: HttpResponse) -> AgentOut:
    """Write somebody who sells. Two never share a name."""
    made = create_agent(request.ctx, record_values(request.ctx, AGENT, body))
    return _out(request, tag_made(response, made, "agent"))


@router.get("/agents/{uuid:agent_id}", response=AgentOut, operation_id="get_agent", summary="Get a sales agent")
@endpoint("sales.view")
def agent(request: ApiRequest, agent_id: UUID, response: HttpResponse) -> AgentOut:
    """One sales agent. Its version stands in ETag."""
    return _out(request, tag_version(response, get_record(request.ctx, AGENT, agent_id)))


@router.patch("/agents/{uuid:agent_id}", response=AgentOut, operation_id="update_agent", summary="Change a sales agent")
@endpoint("sales.update_agent", is_versioned=True)
def agent_patch(request: ApiRequest, agent_id: UUID, body: AgentPatch, response: HttpResponse) -> AgentOut:
    """Change the fields sent, as a change set that can be undone."""
    values, version = record_values(request.ctx, AGENT, body), wanted_version(request, body.version)
    return _out(request, tag_version(response, update_agent(request.ctx, agent_id, values, version=version)))


@router.delete("/agents/{uuid:agent_id}", response=ChangeSetOut, operation_id="delete_agent", summary="Delete a sales agent")
@endpoint("sales.delete_agents", is_versioned=True)
def agent_delete(request: ApiRequest, agent_id: UUID) -> ChangeSetOut:
    """Delete the sales agent. The change set returned can be undone."""
    return delete_record(request, AGENT, agent_id, delete_agents)


def _out(request: ApiRequest, row: SalesAgent) -> AgentOut:
    return record_out(request.ctx, AgentOut, AGENT, row)
