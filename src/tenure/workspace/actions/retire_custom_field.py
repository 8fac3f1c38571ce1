"""A custom field is no longer wanted: it disappears from pages and files. Its values stay, so that it can come back."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from tenure.kernel.errors import NotFound
from tenure.workspace.action import action
from tenure.workspace.actions.create_custom_field import renew_catalog
from tenure.workspace.models import CustomField

if TYPE_CHECKING:
    from tenure.workspace.context import Context


@action("workspace.retire_custom_field")
def retire_custom_field(ctx: Context, field_id: UUID) -> CustomField:
    """Retire the field; it keeps its slot and its values. Raises NotFound. Idempotent."""
    ctx.require_everywhere("workspace.retire_custom_field")
    field = CustomField.objects.filter(pk=field_id).first()
    if field is None:
        raise NotFound(kind="custom field")
    field.retired_at = field.retired_at or ctx.now()
    field.save(update_fields=["retired_at"])
    renew_catalog(ctx)
    ctx.audit(field, record=field.record, key=field.key)
    return field


@action("workspace.retire_custom_field")
def reinstate_custom_field(ctx: Context, field_id: UUID) -> CustomField:
    """Bring a retired field back, with its values. Raises NotFound. Idempotent."""
    ctx.require_everywhere("workspace.retire_custom_field")
    field = CustomField.objects.filter(pk=field_id).first()
    if field is None:
        raise NotFound(kind="custom field")
    field.retired_at = None
    field.save(update_fields=["retired_at"])
    renew_catalog(ctx)
    ctx.audit(field, record=field.record, key=field.key)
    return field
