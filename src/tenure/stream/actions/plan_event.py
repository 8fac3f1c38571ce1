"""An event comes into the tracking plan, or its plan is changed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from tenure.kernel.errors import FieldProblem, Invalid
from tenure.stream.cataloguing import MOST_NAMES
from tenure.stream.domain.plan import read_expected, written
from tenure.stream.enums_of_governance import PlanMode, PlanState
from tenure.stream.errors_of_governance import CatalogueFull
from tenure.stream.events_of_governance import EventPlanned
from tenure.stream.ingest.limits import NAME_CHARACTERS
from tenure.stream.models import EventName
from tenure.stream.queries.governance import renew_plan
from tenure.workspace.action import action

if TYPE_CHECKING:
    from tenure.workspace.context import Context


@action("stream.plan_events")
def plan_event(
    ctx: Context, name: str, *, expected: Sequence[Mapping[str, Any]] = (), mode: str = "", description: str = ""
) -> EventName:
    """Say what an event must look like; one that was never seen may be planned too. Ingest knows it within seconds.

    expected: properties as domain/plan.py reads them. mode: watch, block, or '' for the workspace's own.
    Raises PlanUnreadable, CatalogueFull, Invalid, PermissionMissing. Idempotent by the name.
    """
    ctx.require_everywhere("stream.plan_events")
    rules = read_expected(expected)
    if not 0 < len(name) <= NAME_CHARACTERS or "\x00" in name:
        raise Invalid([FieldProblem("name", "Give the event's name as it is sent.")])
    if mode not in {"", *PlanMode.values}:
        raise Invalid([FieldProblem("mode", "The mode is watch, block or empty.")])
    row: EventName | None = EventName.objects.select_for_update().filter(name=name).first()
    if row is None:
        if EventName.objects.count() >= MOST_NAMES:
            raise CatalogueFull(most=MOST_NAMES)
        row = EventName(workspace_id=ctx.workspace.pk, name=name)

    row.plan, row.mode, row.description, row.expected = PlanState.PLANNED, mode, description, written(rules)
    row.planned_by_id, row.planned_at = ctx.actor.id, ctx.now()
    row.save()
    renew_plan(ctx)
    ctx.audit(row, name=name, mode=mode, properties=[one.name for one in rules])
    ctx.emit(EventPlanned(row.pk, None, None))
    return row
