"""What happens to events that break the plan, or are not in it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tenure.kernel.errors import FieldProblem, Invalid
from tenure.stream.enums_of_governance import PlanMode
from tenure.stream.events_of_governance import PlanModeChanged
from tenure.stream.queries.governance import governance_of
from tenure.workspace.action import action

if TYPE_CHECKING:
    from tenure.stream.models import Governance
    from tenure.workspace.context import Context


@action("stream.plan_events")
def set_plan_mode(ctx: Context, *, plan_mode: str, unplanned_mode: str) -> Governance:
    """Watch or block, for the whole workspace; an event's own mode goes before it. Ingest knows it within seconds.

    Raises Invalid, PermissionMissing. Idempotent.
    """
    ctx.require_everywhere("stream.plan_events")
    if {plan_mode, unplanned_mode} - set(PlanMode.values):
        raise Invalid([FieldProblem("plan_mode", "The mode is watch or block.")])
    governance = governance_of(ctx, lock=True)
    if (governance.plan_mode, governance.unplanned_mode) != (plan_mode, unplanned_mode):
        governance.plan_mode, governance.unplanned_mode = plan_mode, unplanned_mode
        governance.plan_revision += 1
        governance.save(update_fields=["plan_mode", "unplanned_mode", "plan_revision"])
        ctx.emit(PlanModeChanged(governance.pk, None, None, plan_mode=plan_mode, unplanned_mode=unplanned_mode))
    ctx.audit(governance, plan_mode=plan_mode, unplanned_mode=unplanned_mode)
    return governance
