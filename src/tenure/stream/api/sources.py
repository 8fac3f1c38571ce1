"""Sources over the API: places that events come from, and their write keys."""

from __future__ import annotations

from uuid import UUID

from ninja import Router

from tenure.stream.actions.close_source import close_source
from tenure.stream.actions.create_source import create_source
from tenure.stream.actions.rotate_source_key import rotate_source_key
from tenure.stream.actions.update_source import update_source
from tenure.stream.queries.sources import activity_of_sources, get_source_for, list_sources
from tenure.stream.schemas import (
    SourceIn,
    SourceOut,
    SourcePatch,
    SourcesOut,
    SourceWithKeyOut,
    source_out,
    source_with_key_out,
)
from tenure.workspace.endpoints import ApiRequest, endpoint, given_values

router = Router(tags=["Sources"])


@router.get("/sources", response=SourcesOut, operation_id="list_sources", summary="List sources")
@endpoint("stream.view")
def sources(request: ApiRequest) -> SourcesOut:
    """The places that events come from, the open ones first, and how lively each is."""
    request.ctx.require_everywhere("stream.view")
    activity = activity_of_sources(request.ctx) or {}
    return SourcesOut(items=[source_out(source, activity.get(source.pk)) for source in list_sources()])


@router.post("/sources", response={201: SourceWithKeyOut}, operation_id="create_source", summary="Create a source")
@endpoint("stream.manage_sources")
def sources_post(request: ApiRequest, body: SourceIn) -> SourceWithKeyOut:
    """Make a place that events come from. The answer holds its write key, this once."""
    return source_with_key_out(*create_source(request.ctx, body.name, kind=body.kind.value, is_sandbox=body.is_sandbox))


@router.patch("/sources/{uuid:source_id}", response=SourceOut, operation_id="update_source", summary="Change a source")
@endpoint("stream.manage_sources")
def source_patch(request: ApiRequest, source_id: UUID, body: SourcePatch) -> SourceOut:
    """Give it another name or kind."""
    source = get_source_for(request.ctx, "stream.manage_sources", source_id)
    values = {"name": source.name, "kind": source.kind, **given_values(body)}
    return source_out(update_source(request.ctx, source_id, name=values["name"], kind=values["kind"]))


@router.post(
    "/sources/{uuid:source_id}/rotate-key",
    response=SourceWithKeyOut,
    operation_id="rotate_source_key",
    summary="Replace a source's key",
)
@endpoint("stream.manage_sources")
def source_key_rotation(request: ApiRequest, source_id: UUID) -> SourceWithKeyOut:
    """Make another write key, said this once; the old one stops within seconds. A closed source opens again."""
    return source_with_key_out(*rotate_source_key(request.ctx, source_id))


@router.post("/sources/{uuid:source_id}/close", response=SourceOut, operation_id="close_source", summary="Close a source")
@endpoint("stream.manage_sources")
def source_closure(request: ApiRequest, source_id: UUID) -> SourceOut:
    """Take no more events from it, within seconds; what it sent stays."""
    return source_out(close_source(request.ctx, source_id))
