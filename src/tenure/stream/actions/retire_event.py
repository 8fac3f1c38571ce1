"""An event should not be sent any more."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tenure.stream.enums_of_governance import PlanState
from tenure.stream.events_of_governance import EventRetired
from tenure.stream.queries.governance import get_event_name, renew_plan
from tenure.workspace.action import action

if TYPE_CHECKING:
    from uuid import UUID

    from tenure.stream.models import EventName
    from tenure.workspace.context import Context


@action("stream.plan_events")
def retire_event(ctx: Context, event_name_id: UUID) -> EventName:
    """Retire it: what is sent under the name breaks the plan from now on. What was sent stays. Raises NotFound. Idempotent."""
    row = get_event_name(ctx, event_name_id, lock=True)
    ctx.require_everywhere("stream.plan_events")
    if row.plan != PlanState.RETIRED:
        row.plan, row.planned_by_id, row.planned_at = PlanState.RETIRED, ctx.actor.id, ctx.now()
        row.save(update_fields=["plan", "planned_by_id", "planned_at"])
        renew_plan(ctx)
        ctx.emit(EventRetired(row.pk, None, None))
    ctx.audit(row, name=row.name)
    return row
