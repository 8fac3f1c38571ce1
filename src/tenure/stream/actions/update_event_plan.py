"""The plan of an event is changed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from tenure.stream.actions.plan_event import plan_event
from tenure.stream.queries.governance import get_event_name
from tenure.workspace.action import action

if TYPE_CHECKING:
    from uuid import UUID

    from tenure.stream.models import EventName
    from tenure.workspace.context import Context


@action("stream.plan_events")
def update_event_plan(
    ctx: Context, event_name_id: UUID, *, expected: Sequence[Mapping[str, Any]] = (), mode: str = "", description: str = ""
) -> EventName:
    """Give an event of the catalogue a plan, or another one; a retired one may be sent again. Raises NotFound and what `plan_event` does."""
    row = get_event_name(ctx, event_name_id, lock=True)
    ctx.require_everywhere("stream.plan_events")
    changed = plan_event(ctx, row.name, expected=expected, mode=mode, description=description)
    ctx.audit(changed, name=row.name, mode=mode)
    return changed
