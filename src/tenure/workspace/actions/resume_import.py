"""An import that stopped before its end goes on where it is."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from tenure.workspace.action import action
from tenure.workspace.context import as_arguments
from tenure.workspace.imports.starting import go_on
from tenure.workspace.models import ImportRun

if TYPE_CHECKING:
    from tenure.workspace.context import Context


@action("workspace.run_import")
def resume_import(ctx: Context, run_id: UUID) -> ImportRun:
    """Have a worker go on with an interrupted or cancelled import after its last committed row. Raises NotFound, ImportNotReady."""
    run = go_on(ctx, run_id)
    ctx.defer("workspace.run_import", run=str(run.pk), attempt=run.attempt, **as_arguments(ctx.actor))
    return run
