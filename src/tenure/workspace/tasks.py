"""Jobs of the workspace room: long work, done in the worker with the rights of whoever asked for it."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from tenure.workspace.imports.run import carry_out
from tenure.workspace.jobs import job
from tenure.workspace.models import ImportRun
from tenure.workspace.queries.contexts import actor_context
from tenure.workspace.scope import enter
from tenure.workspace.undo import carry_out_undo

if TYPE_CHECKING:
    from tenure.workspace.context import Context


@job("workspace.undo_change_set")
def undo_change_set(ctx: Context, *, change_set: str, actor_kind: str, actor_id: str | None) -> None:
    """Take a large change set back."""
    carry_out_undo(_of(ctx, actor_kind, actor_id), UUID(change_set))


@job("workspace.run_import")
def run_import(ctx: Context, *, run: str, attempt: int) -> None:
    """Carry an import out, or go on with it."""
    with enter(ctx.scope):
        started = ImportRun.objects.get(pk=UUID(run))
    carry_out(actor_context(ctx.workspace.pk, started.actor_kind, started.actor_id), started.pk, attempt)


def _of(ctx: Context, actor_kind: str, actor_id: str | None) -> Context:
    return actor_context(ctx.workspace.pk, actor_kind, UUID(actor_id) if actor_id else None)
