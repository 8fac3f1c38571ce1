"""An import under way is stopped between two chunks."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from tenure.workspace.action import action
from tenure.workspace.enums import ChangeSetState
from tenure.workspace.imports.errors import ImportNotReady
from tenure.workspace.models import ChangeSet, ImportRun
from tenure.workspace.queries.imports import get_import

if TYPE_CHECKING:
    from tenure.workspace.context import Context


@action("workspace.run_import")
def cancel_import(ctx: Context, run_id: UUID) -> ImportRun:
    """Ask a running import to stop after the chunk it is at; what was written stays, to be gone on with or undone.

    Raises NotFound, ImportNotReady. Idempotent.
    """
    run = get_import(ctx, run_id)
    asked = ChangeSet.objects.filter(pk=run.change_set_id, state=ChangeSetState.RUNNING).update(cancel_requested=True)
    if not asked:
        raise ImportNotReady(state=run.change_set.get_state_display() if run.change_set else run.get_state_display())
    ctx.audit(run)
    return run
