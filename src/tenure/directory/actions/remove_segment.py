"""A segment is given up."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from tenure.directory.errors import SegmentInUse
from tenure.directory.models import Account, Segment
from tenure.kernel.errors import NotFound
from tenure.workspace.action import action

if TYPE_CHECKING:
    from tenure.workspace.context import Context


@action("directory.edit_segments")
def remove_segment(ctx: Context, segment_id: UUID) -> None:
    """Remove a segment that no account is in, deleted ones included (they may come back). Raises SegmentInUse, NotFound."""
    ctx.require_everywhere("directory.edit_segments")
    segment = Segment.objects.filter(pk=segment_id).first()
    if segment is None:
        raise NotFound(kind="segment")
    if Account.everything.filter(segment=segment).exists():
        raise SegmentInUse(name=segment.name)
    ctx.audit(segment, name=segment.name)
    segment.delete()
