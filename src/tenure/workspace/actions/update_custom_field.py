"""A custom field is renamed or its rules change; its values stay."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any
from uuid import UUID

from tenure.kernel.errors import NotFound
from tenure.workspace.action import action
from tenure.workspace.actions.create_custom_field import renew_catalog
from tenure.workspace.models import CustomField

if TYPE_CHECKING:
    from tenure.workspace.context import Context

CHANGEABLE = frozenset({"label", "help", "group", "choices", "is_required", "is_restricted", "position"})


@action("workspace.update_custom_field")
def update_custom_field(ctx: Context, field_id: UUID, values: Mapping[str, Any]) -> CustomField:
    """Set label, help, group, choices, required, restricted or position. Raises NotFound. Idempotent."""
    ctx.require_everywhere("workspace.update_custom_field")
    field = CustomField.objects.select_for_update().filter(pk=field_id, retired_at__isnull=True).first()
    if field is None:
        raise NotFound(kind="custom field")
    changed = sorted(CHANGEABLE & values.keys())
    for name in changed:
        setattr(field, name, values[name])
    field.save(update_fields=changed)
    renew_catalog(ctx)
    ctx.audit(field, fields=changed)
    return field
