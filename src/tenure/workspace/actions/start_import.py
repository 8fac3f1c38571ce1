"""A drafted import is carried out by a job."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from tenure.workspace.action import action
from tenure.workspace.context import as_arguments
from tenure.workspace.imports.starting import begin
from tenure.workspace.models import ImportRun

if TYPE_CHECKING:
    from tenure.workspace.context import Context


@action("workspace.run_import")
def start_import(ctx: Context, run_id: UUID) -> ImportRun:
    """Open the change set of a drafted or previewed import and have a worker carry it out.

    Raises NotFound, ImportNotReady (it was started already), PermissionMissing for the records it writes, and what is wrong with a plan.
    """
    run = begin(ctx, run_id)
    ctx.defer("workspace.run_import", run=str(run.pk), attempt=run.attempt, **as_arguments(ctx.actor))
    return run
