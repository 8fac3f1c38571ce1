"""A saved import is changed: its name, how its files are read, where they come from and how often somebody looks there."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from tenure.workspace.action import action
from tenure.workspace.actions.save_import import SavedFrom, check_source, next_look, schedule
from tenure.workspace.imports.errors import SavedNameTaken
from tenure.workspace.imports.plan import FilePlan
from tenure.workspace.imports.reader import check_plan
from tenure.workspace.imports.tables import record_named
from tenure.workspace.models import SavedImport
from tenure.workspace.queries.imports import get_saved_import

if TYPE_CHECKING:
    from tenure.workspace.context import Context


@action("workspace.run_import")
def update_saved_import(ctx: Context, saved_id: UUID, *, name: str, plan: FilePlan, source: SavedFrom) -> SavedImport:
    """Write all of it anew; from now on it runs with the rights of whoever changed it.

    Raises NotFound, SavedNameTaken, SourceInvalid, OutboundRefused, and what is wrong with the plan. Idempotent.
    """
    saved = get_saved_import(ctx, saved_id, lock=True)
    name = name.strip()[:80] or saved.name
    if SavedImport.objects.filter(name=name).exclude(pk=saved.pk).exists():
        raise SavedNameTaken(name=name)
    check_plan(ctx, record_named(plan.record), plan, saved.header or list(plan.columns), name=name)
    check_source(ctx, source)
    if (source.kind, source.place) != (saved.source, saved.source_place):
        saved.last_digest, saved.last_message = b"", ""
    saved.name, saved.record, saved.plan = name, plan.record, plan.as_dict()
    saved.source, saved.source_place, saved.every_minutes = source.kind, source.place, source.every_minutes
    saved.actor_kind, saved.actor_id = ctx.actor.kind, ctx.actor.id
    saved.next_run_at = None if saved.switched_off_at else next_look(ctx, source)
    saved.save()
    schedule(ctx, saved)
    ctx.audit(saved, source=source.kind, every_minutes=source.every_minutes)
    return saved
