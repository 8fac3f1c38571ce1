"""A saved import rests: it no longer runs by itself until it is switched on again. By hand it still runs."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from tenure.workspace.action import action
from tenure.workspace.actions.save_import import SavedFrom, next_look, schedule
from tenure.workspace.models import SavedImport
from tenure.workspace.queries.imports import get_saved_import

if TYPE_CHECKING:
    from tenure.workspace.context import Context


@action("workspace.run_import")
def switch_off_saved_import(ctx: Context, saved_id: UUID) -> SavedImport:
    """Let it rest; its schedule is kept. Raises NotFound. Idempotent."""
    saved = get_saved_import(ctx, saved_id, lock=True)
    saved.switched_off_at = saved.switched_off_at or ctx.now()
    saved.next_run_at = None
    saved.save(update_fields=["switched_off_at", "next_run_at"])
    ctx.audit(saved)
    return saved


@action("workspace.run_import")
def switch_on_saved_import(ctx: Context, saved_id: UUID) -> SavedImport:
    """Have it run by its schedule again, with the rights of whoever saved it. Raises NotFound. Idempotent."""
    saved = get_saved_import(ctx, saved_id, lock=True)
    if saved.switched_off_at is not None:
        saved.switched_off_at = None
        saved.next_run_at = next_look(ctx, SavedFrom(saved.source, saved.source_place, saved.every_minutes))
        saved.save(update_fields=["switched_off_at", "next_run_at"])
        schedule(ctx, saved)
    ctx.audit(saved)
    return saved
