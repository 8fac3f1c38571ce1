"""Change sets as the caller may see them: all, where they hold the permission everywhere; else their own."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db.models import Q

from tenure.kernel.errors import NotFound
from tenure.workspace.models import ChangeRow, ChangeSet
from tenure.workspace.records import record_types

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from tenure.workspace.context import Context

VIEW = "workspace.view"


def visible_change_sets(ctx: Context) -> Q:
    """The condition of the change sets the caller may see."""
    ctx.require(VIEW)
    return Q() if ctx.authority.reach(VIEW).everything else Q(actor_kind=ctx.actor.kind, actor_id=ctx.actor.id)


def get_change_set(ctx: Context, change_set_id: UUID, *, lock: bool = False) -> ChangeSet:
    """The change set, where the caller may see it; else raises NotFound."""
    rows = ChangeSet.objects.filter(visible_change_sets(ctx), pk=change_set_id)
    change_set = (rows.select_for_update() if lock else rows).first()
    if change_set is None:
        raise NotFound(kind="change set")
    return change_set


def list_change_rows(ctx: Context, change_set: ChangeSet, *, after: int, limit: int) -> QuerySet[Any]:
    """What the change set did, row by row from position `after`; of records that the caller may look at."""
    seen = [record.name for record in record_types.values() if ctx.authority.reach(record.view_permission).everything]
    rows: QuerySet[Any] = ChangeRow.objects.filter(change_set=change_set, position__gte=after, record__in=seen)
    return rows.order_by("position")[:limit]
