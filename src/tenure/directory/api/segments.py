"""Segments over the API: three kinds of customer at most, each with three needs and the product's answers."""

from __future__ import annotations

from typing import Annotated

from ninja import Path, Router

from tenure.directory.actions.remove_segment import remove_segment
from tenure.directory.actions.save_segment import save_segment
from tenure.directory.models import Segment
from tenure.directory.models.segment import MAX_SEGMENTS
from tenure.directory.schemas.segments import SegmentIn, SegmentOut, SegmentsOut, needs_of, segment_out
from tenure.kernel.errors import NotFound
from tenure.workspace.endpoints import ApiRequest, endpoint

router = Router(tags=["Segments"])

Position = Annotated[int, Path(ge=1, le=MAX_SEGMENTS, description="Its place among the segments.")]


@router.get("/segments", response=SegmentsOut, operation_id="list_segments", summary="List segments")
@endpoint("directory.view")
def segments(request: ApiRequest) -> SegmentsOut:
    """The workspace's segments; three at most, so there are no pages."""
    del request
    return SegmentsOut(items=[segment_out(one) for one in Segment.objects.all()])


@router.put("/segments/{int:position}", response=SegmentOut, operation_id="save_segment", summary="Save a segment")
@endpoint("directory.edit_segments")
def segment_put(request: ApiRequest, position: Position, body: SegmentIn) -> SegmentOut:
    """Write the segment at this place, whether there was one or not."""
    saved = save_segment(request.ctx, position, name=body.name, description=body.description, needs=needs_of(body))
    return segment_out(saved)


@router.delete("/segments/{int:position}", response={204: None}, operation_id="remove_segment", summary="Remove a segment")
@endpoint("directory.edit_segments")
def segment_delete(request: ApiRequest, position: Position) -> None:
    """Give the segment up. One that accounts are in stays."""
    segment = Segment.objects.filter(position=position).first()
    if segment is None:
        raise NotFound(kind="segment")
    remove_segment(request.ctx, segment.pk)
