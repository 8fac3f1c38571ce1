"""The catalogue, the tracking plan and retention over the API."""

from __future__ import annotations

from uuid import UUID

from ninja import Router

from tenure.stream.actions.plan_event import plan_event
from tenure.stream.actions.retire_event import retire_event
from tenure.stream.actions.set_plan_mode import set_plan_mode
from tenure.stream.actions.set_retention import set_retention
from tenure.stream.actions.update_event_plan import update_event_plan
from tenure.stream.governance_schemas import (
    EventNameDetail,
    EventNameIn,
    EventNameOut,
    EventNamePage,
    EventPlanIn,
    GovernanceOut,
    OldMonthOut,
    PlanModesIn,
    RetentionIn,
    RetentionPreviewOut,
    event_name_detail,
    event_name_out,
    governance_out,
)
from tenure.stream.lists import EVENT_NAMES
from tenure.stream.models import EventProperty, PlanViolation
from tenure.stream.queries.governance import find_governance, get_event_name
from tenure.stream.retention import list_old_months
from tenure.workspace.endpoints import ApiRequest, cursor_page, endpoint

router = Router(tags=["Product events"])


@router.get("/event-names", response=EventNamePage, operation_id="list_event_names", summary="List event names")
@endpoint("stream.view", lists=EVENT_NAMES)
def event_names(request: ApiRequest) -> EventNamePage:
    """The catalogue: every name that was seen or planned."""
    return cursor_page(request, EVENT_NAMES, EventNamePage, event_name_out)


@router.post("/event-names", response={201: EventNameOut}, operation_id="plan_event", summary="Plan an event")
@endpoint("stream.plan_events")
def event_names_post(request: ApiRequest, body: EventNameIn) -> tuple[int, EventNameOut]:
    """Put an event into the tracking plan by its name, seen or not."""
    return 201, event_name_out(plan_event(request.ctx, body.name, **body.given()))


@router.get("/event-names/{event_name_id}", response=EventNameDetail, operation_id="get_event_name", summary="Get an event name")
@endpoint("stream.view")
def event_name(request: ApiRequest, event_name_id: UUID) -> EventNameDetail:
    """One name with its properties by kind, and what breaks the plan."""
    row = get_event_name(request.ctx, event_name_id)
    properties = list(EventProperty.objects.filter(event_name=row).order_by("-volume", "name"))
    return event_name_detail(row, properties, list(PlanViolation.objects.filter(event_name=row).order_by("-count", "code")))


@router.put(
    "/event-names/{event_name_id}/plan", response=EventNameOut, operation_id="update_event_plan", summary="Change an event's plan"
)
@endpoint("stream.plan_events")
def event_plan(request: ApiRequest, event_name_id: UUID, body: EventPlanIn) -> EventNameOut:
    """Say what the event must look like. Ingest knows it within seconds."""
    return event_name_out(update_event_plan(request.ctx, event_name_id, **body.given()))


@router.post(
    "/event-names/{event_name_id}/retirements", response=EventNameOut, operation_id="retire_event", summary="Retire an event"
)
@endpoint("stream.plan_events")
def event_retirements(request: ApiRequest, event_name_id: UUID) -> EventNameOut:
    """Say that it must not be sent any more."""
    return event_name_out(retire_event(request.ctx, event_name_id))


@router.get(
    "/event-governance", response=GovernanceOut, operation_id="get_event_governance", summary="Get plan modes and retention"
)
@endpoint("stream.view")
def event_governance(request: ApiRequest) -> GovernanceOut:
    """What happens to events that break the plan, and how long events are kept."""
    return governance_out(find_governance(request.ctx))


@router.put(
    "/event-governance/plan-modes",
    response=GovernanceOut,
    operation_id="set_plan_modes",
    summary="Watch or block plan violations",
)
@endpoint("stream.plan_events")
def plan_modes(request: ApiRequest, body: PlanModesIn) -> GovernanceOut:
    """Set the workspace's modes; an event's own goes before them."""
    modes = {"plan_mode": body.plan_mode.value, "unplanned_mode": body.unplanned_mode.value}
    return governance_out(set_plan_mode(request.ctx, **modes))


@router.put(
    "/event-governance/retention",
    response=GovernanceOut,
    operation_id="set_event_retention",
    summary="Set how long events are kept",
)
@endpoint("stream.set_retention")
def retention(request: ApiRequest, body: RetentionIn) -> GovernanceOut:
    """What is older goes with the next daily run, and cannot come back."""
    return governance_out(set_retention(request.ctx, body.kept_months))


@router.post(
    "/event-governance/retention/previews",
    response=RetentionPreviewOut,
    operation_id="preview_event_retention",
    summary="Preview what a retention would let go",
)
@endpoint("stream.set_retention")
def retention_previews(request: ApiRequest, body: RetentionIn) -> RetentionPreviewOut:
    """The whole months that would go. Changes nothing."""
    request.ctx.require_everywhere("stream.set_retention")
    months = list_old_months(request.ctx, body.kept_months) if body.kept_months else []
    return RetentionPreviewOut(months=[OldMonthOut(month=one.month, events=one.events) for one in months])
