"""Refused calls and their replays over the API."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated
from uuid import UUID

from ninja import Query, Router

from tenure.stream.actions.cancel_replay import cancel_replay
from tenure.stream.actions.dismiss_refusals import dismiss_refusals
from tenure.stream.actions.replay_refusal import replay_refusal
from tenure.stream.actions.start_replay import start_replay
from tenure.stream.governance_schemas import (
    DismissalsIn,
    DismissedOut,
    MendedIn,
    RefusalFilterIn,
    RefusalOut,
    RefusalPage,
    ReplayOut,
    refusal_out,
    replay_out,
)
from tenure.stream.queries.refusals import VIEW, Place, RefusalFilter, get_refusal, list_refusals
from tenure.stream.queries.replays import get_replay
from tenure.workspace.endpoints import ApiRequest, endpoint

router = Router(tags=["Product events"])
MOST_ROWS = 200


@router.get("/refusals", response=RefusalPage, operation_id="list_refusals", summary="List refused calls")
@endpoint(VIEW)
def refusals(
    request: ApiRequest,
    code: Annotated[str, Query(max_length=256)] = "",
    source: UUID | None = None,
    name: Annotated[str, Query(max_length=256, description="The event's name.")] = "",
    since: datetime | None = None,
    until: datetime | None = None,
    after: Annotated[str, Query(max_length=80, description="The cursor `next` of the page before.")] = "",
    limit: Annotated[int, Query(ge=1, le=MOST_ROWS)] = 50,
) -> RefusalPage:
    """Calls of the last 90 days that were not accepted, the newest first, each with its body."""
    request.ctx.require_everywhere(VIEW)
    wanted = RefusalFilter(code, source, name, since, until)
    rows = list_refusals(request.ctx, wanted, after=Place.read(after), limit=limit + 1, with_body=True)
    following = str(rows[limit - 1].place) if len(rows) > limit else None
    return RefusalPage(items=[refusal_out(one) for one in rows[:limit]], next=following, previous=None)


@router.post("/refusals/dismissals", response=DismissedOut, operation_id="dismiss_refusals", summary="Dismiss refused calls")
@endpoint("stream.replay_refusals")
def refusal_dismissals(request: ApiRequest, body: DismissalsIn) -> DismissedOut:
    """Put refused calls aside that nobody needs."""
    return DismissedOut(dismissed=dismiss_refusals(request.ctx, body.ids))


@router.post("/refusals/replays", response={202: ReplayOut}, operation_id="start_replay", summary="Replay refused calls")
@endpoint("stream.replay_refusals")
def replays(request: ApiRequest, body: RefusalFilterIn) -> tuple[int, ReplayOut]:
    """Send all open calls of a filter through acceptance again. Each counts once, however often it is replayed."""
    return 202, replay_out(start_replay(request.ctx, body.wanted()))


@router.get("/refusals/replays/{replay_id}", response=ReplayOut, operation_id="get_replay", summary="Get a replay")
@endpoint("stream.replay_refusals")
def replay(request: ApiRequest, replay_id: UUID) -> ReplayOut:
    """How far it is."""
    return replay_out(get_replay(request.ctx, replay_id))


@router.post(
    "/refusals/replays/{replay_id}/cancellations", response=ReplayOut, operation_id="cancel_replay", summary="Cancel a replay"
)
@endpoint("stream.replay_refusals")
def replay_cancellations(request: ApiRequest, replay_id: UUID) -> ReplayOut:
    """Stop it; what was replayed stays so."""
    return replay_out(cancel_replay(request.ctx, replay_id))


@router.get("/refusals/{refusal_key}", response=RefusalOut, operation_id="get_refusal", summary="Get a refused call")
@endpoint(VIEW)
def refusal(request: ApiRequest, refusal_key: str) -> RefusalOut:
    """One refused call with its body."""
    return refusal_out(get_refusal(request.ctx, refusal_key))


@router.post(
    "/refusals/{refusal_key}/replays",
    response=RefusalOut,
    operation_id="replay_refusal",
    summary="Mend and replay a refused call",
)
@endpoint("stream.replay_refusals")
def refusal_replays(request: ApiRequest, refusal_key: str, body: MendedIn) -> RefusalOut:
    """Accept it after all, at the time it first came."""
    replay_refusal(request.ctx, refusal_key, body=body.body)
    return refusal_out(get_refusal(request.ctx, refusal_key))
