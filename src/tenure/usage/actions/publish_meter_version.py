"""A meter counts otherwise."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

from tenure.usage.domain.definition_texts import definition_json
from tenure.usage.domain.definitions import MeterDefinition, numeric_properties
from tenure.usage.errors import MeterIsArchived
from tenure.usage.events import MeterVersionPublished
from tenure.usage.models import MeterVersion
from tenure.usage.queries.meters import get_meter, latest_version
from tenure.workspace.action import action

if TYPE_CHECKING:
    from tenure.workspace.context import Context


@action("usage.publish_meter_version")
def publish_meter_version(
    ctx: Context, meter_id: UUID, definition: MeterDefinition, *, effective_at: datetime | None, note: str = ""
) -> MeterVersion:
    """Publish the meter's next version. effective_at: the instant from which it counts; None for everything, also before.

    A window is counted by the version in force when the window begins. Raises NotFound, MeterIsArchived. Idempotent: what the latest
    version says already makes no other.
    """
    meter = get_meter(ctx, meter_id, permission="usage.publish_meter_version", lock=True)
    ctx.require_everywhere("usage.publish_meter_version")
    if meter.is_archived:
        raise MeterIsArchived
    latest = latest_version(meter)
    said = definition_json(definition)
    if latest.definition == said and latest.effective_at == effective_at:
        return latest
    version: MeterVersion = MeterVersion.objects.create(
        workspace_id=ctx.workspace.pk,
        meter=meter,
        number=latest.number + 1,
        definition=said,
        effective_at=effective_at,
        published_at=ctx.now(),
        published_by=ctx.actor.name,
        note=note.strip(),
    )
    ctx.defer("usage.ensure_columns", properties=numeric_properties(definition))
    ctx.audit(meter, number=version.number, effective_at=effective_at.isoformat() if effective_at else None)
    ctx.emit(MeterVersionPublished(meter.pk, None, None, version.number, effective_at))
    return version
