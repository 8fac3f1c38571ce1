"""A segment is named, with its top three needs and how the product answers each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

from tenure.directory.errors import NameMissing, SegmentNameTaken, SegmentPositionUnknown
from tenure.directory.models import Segment
from tenure.directory.models.segment import MAX_SEGMENTS
from tenure.workspace.action import action

if TYPE_CHECKING:
    from tenure.workspace.context import Context

MAX_NEEDS = 3


@dataclass(frozen=True, slots=True)
class Need:
    """What customers of a segment want most, and how the product gives it to them."""

    need: str
    answer: str = ""


@action("directory.edit_segments")
def save_segment(ctx: Context, position: int, *, name: str, description: str = "", needs: Sequence[Need] = ()) -> Segment:
    """Write the segment at `position` (1 to 3), new or not; the first three needs that say something are kept.

    Raises NameMissing, SegmentNameTaken, SegmentPositionUnknown. Idempotent by position.
    """
    ctx.require_everywhere("directory.edit_segments")
    if not 1 <= position <= MAX_SEGMENTS:
        raise SegmentPositionUnknown(most=MAX_SEGMENTS)
    name = name.strip()
    if not name:
        raise NameMissing
    if Segment.objects.filter(name=name).exclude(position=position).exists():
        raise SegmentNameTaken(name=name)
    kept = [asdict(Need(need.need.strip(), need.answer.strip())) for need in needs if need.need.strip()][:MAX_NEEDS]
    segment, _is_new = Segment.objects.update_or_create(
        workspace_id=ctx.workspace.pk,
        position=position,
        defaults={"name": name, "description": description.strip(), "needs": kept},
        create_defaults={"name": name, "description": description.strip(), "needs": kept, "created_at": ctx.now()},
    )
    ctx.audit(segment, position=position)
    return segment
