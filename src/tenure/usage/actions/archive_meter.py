"""A meter is offered no more."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from tenure.usage.events import MeterArchived
from tenure.usage.models import Meter
from tenure.usage.queries.meters import get_meter
from tenure.workspace.action import action

if TYPE_CHECKING:
    from tenure.workspace.context import Context


@action("usage.archive_meter")
def archive_meter(ctx: Context, meter_id: UUID) -> Meter:
    """Archive the meter: it is offered no more, its quotas are checked no more; what it counted can still be asked.

    Raises NotFound. Idempotent: an archived meter stays archived since then.
    """
    meter = get_meter(ctx, meter_id, permission="usage.archive_meter", lock=True)
    ctx.require_everywhere("usage.archive_meter")
    if not meter.is_archived:
        meter.archived_at = ctx.now()
        meter.save(update_fields=["archived_at"])
        ctx.emit(MeterArchived(meter.pk, None, None))
    return meter
