"""Months of events that are older than the workspace keeps them go."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tenure.stream.cataloguing import recount_names
from tenure.stream.events_of_governance import EventsExpired
from tenure.stream.queries.governance import find_governance
from tenure.stream.retention import drop_month, first_kept_month, list_old_months
from tenure.workspace.action import action

if TYPE_CHECKING:
    from tenure.workspace.context import Context


@action("stream.set_retention")
def drop_expired_events(ctx: Context) -> int:
    """Drop the whole months that are too old; returns how many events went. The daily run calls it, once a day.

    Raises StoreUnavailable. Idempotent: months that are gone are found no more.
    """
    governance = find_governance(ctx)
    months = list_old_months(ctx, governance.kept_months) if governance.kept_months else []
    for one in months:
        drop_month(ctx.workspace.pk, one.month)
    events = sum(one.events for one in months)
    if months:
        recount_names(ctx)
        first = first_kept_month(ctx.now().date(), governance.kept_months or 0)
        ctx.emit(EventsExpired(governance.pk, None, None, before=first, events=events))
    ctx.audit(governance, months=[one.month for one in months], events=events)
    return events
