"""What a workspace decided about its events, the plan that ingest asks, and one name of the catalogue."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import F

from tenure.kernel.errors import NotFound
from tenure.stream.domain.plan import read_expected
from tenure.stream.enums_of_governance import PlanMode, PlanState
from tenure.stream.ingest.plans import Plan
from tenure.stream.models import EventName, Governance
from tenure.workspace.reach import scope_filter
from tenure.workspace.scope import Scope, enter

if TYPE_CHECKING:
    from uuid import UUID

    from tenure.workspace.context import Context

VIEW = "stream.view"
# The plan of each workspace as it was compiled last, with its revision.
_compiled: dict[UUID, tuple[int, Plan | None]] = {}


def governance_of(ctx: Context, *, lock: bool = False) -> Governance:
    """The workspace's decisions, as they are without any."""
    governance: Governance = Governance.objects.get_or_create(workspace_id=ctx.workspace.pk)[0]
    if lock:
        governance = Governance.objects.select_for_update().get(pk=governance.pk)
    return governance


def find_governance(ctx: Context) -> Governance:
    """The same for reading: nothing is written where nothing was decided."""
    return Governance.objects.first() or Governance(workspace_id=ctx.workspace.pk)


def get_event_name(ctx: Context, event_name_id: UUID, *, lock: bool = False) -> EventName:
    """The name, where the caller sees the workspace's catalogue. Raises NotFound."""
    rows = EventName.objects.filter(scope_filter(ctx, VIEW, EventName), pk=event_name_id)
    found: EventName | None = (rows.select_for_update() if lock else rows).first()
    if found is None:
        raise NotFound(kind="event name")
    return found


def renew_plan(ctx: Context) -> None:
    """Have ingest learn the plan anew, within seconds."""
    Governance.objects.filter(pk=governance_of(ctx).pk).update(plan_revision=F("plan_revision") + 1)


def find_plan(workspace_id: UUID) -> Plan | None:
    """What ingest blocks in a workspace; None where it blocks nothing. Compiled once for each revision of the plan."""
    with enter(Scope(workspace_id)):
        governance: Governance | None = Governance.objects.first()
        if governance is None or not governance.plan_revision:
            return None
        known = _compiled.get(workspace_id)
        if known is None or known[0] != governance.plan_revision:
            known = _compiled[workspace_id] = (governance.plan_revision, _compile(governance))
        return known[1]


def _compile(governance: Governance) -> Plan | None:
    rows = list(EventName.objects.exclude(plan=PlanState.UNPLANNED).values_list("name", "plan", "mode", "expected"))
    blocked = [row for row in rows if (row[2] or governance.plan_mode) == PlanMode.BLOCK]
    expected = {name: read_expected(rules) for name, plan, _, rules in blocked if plan == PlanState.PLANNED}
    retired = frozenset(name for name, plan, *_ in blocked if plan == PlanState.RETIRED)
    blocks_unplanned = governance.unplanned_mode == PlanMode.BLOCK
    if not blocks_unplanned and not retired and not any(expected.values()):
        return None
    return Plan(expected, retired, frozenset(name for name, *_ in rows) if blocks_unplanned else None)
