"""A meter is made, with what it counts as its first version."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tenure.usage.domain.definition_texts import definition_json
from tenure.usage.domain.definitions import MeterDefinition, numeric_properties
from tenure.usage.domain.naming import checked_key, checked_name
from tenure.usage.errors import KeyTaken
from tenure.usage.events import MeterCreated
from tenure.usage.models import Meter, MeterVersion
from tenure.workspace.action import action

if TYPE_CHECKING:
    from tenure.workspace.context import Context


@action("usage.create_meter")
def create_meter(
    ctx: Context, definition: MeterDefinition, *, name: str, key: str = "", unit: str = "", description: str = ""
) -> Meter:
    """Publish a meter. Its first version counts everything, also events of before.

    key: made of the name where none is given. Raises NameMissing, KeyInvalid, KeyTaken. Not idempotent: a key is given once.
    """
    ctx.require_everywhere("usage.create_meter")
    name = checked_name(name)
    key = checked_key(key, name)
    if Meter.objects.filter(key=key).exists():
        raise KeyTaken(key=key)
    meter: Meter = Meter.objects.create(
        workspace_id=ctx.workspace.pk,
        key=key,
        name=name,
        unit=unit.strip(),
        description=description.strip(),
        created_at=ctx.now(),
    )
    MeterVersion.objects.create(
        workspace_id=ctx.workspace.pk,
        meter=meter,
        number=1,
        definition=definition_json(definition),
        published_at=ctx.now(),
        published_by=ctx.actor.name,
    )
    ctx.defer("usage.ensure_columns", properties=numeric_properties(definition))
    ctx.audit(meter, key=key)
    ctx.emit(MeterCreated(meter.pk, None, None, key))
    return meter
