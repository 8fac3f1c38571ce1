"""A piece of work is taken back: an edit, a bulk edit or delete, a merge, a whole import."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from tenure.workspace.action import action
from tenure.workspace.context import as_arguments
from tenure.workspace.enums import ChangeSetState
from tenure.workspace.errors import ChangeSetNotUndoable
from tenure.workspace.models import ChangeRow, ChangeSet, ImportRun
from tenure.workspace.queries.change_sets import get_change_set
from tenure.workspace.rows import CHUNK_ROWS
from tenure.workspace.undo import undo_chunk

if TYPE_CHECKING:
    from tenure.workspace.context import Context

_UNDOABLE = {ChangeSetState.DONE, ChangeSetState.CANCELLED, ChangeSetState.INTERRUPTED}


@action("workspace.undo_change_set")
def undo_change_set(ctx: Context, change_set_id: UUID) -> ChangeSet:
    """Take back what the change set did, row by row; rows that were changed since, or that others refer to, are kept and listed.

    Up to 5,000 rows are taken back at once; more by a job, a transaction each 5,000 rows (undo.carry_out_undo), which goes on
    after a crash when this is called again. Raises NotFound (also where the caller may not see it), ChangeSetNotUndoable.
    """
    change_set = get_change_set(ctx, change_set_id, lock=True)
    if change_set.standing not in _UNDOABLE and not (change_set.state == ChangeSetState.UNDOING and change_set.is_stale):
        raise ChangeSetNotUndoable(state=change_set.get_state_display())
    for run in ImportRun.objects.select_for_update().filter(change_set=change_set):
        run.attempt += 1
        run.save(update_fields=["attempt"])
    change_set.state, change_set.heartbeat_at = ChangeSetState.UNDOING, ctx.now()
    change_set.save()
    ctx.audit(change_set, kind=change_set.kind)
    if ChangeRow.objects.filter(change_set=change_set)[: CHUNK_ROWS + 1].count() > CHUNK_ROWS:
        ctx.defer("workspace.undo_change_set", change_set=str(change_set.pk), **as_arguments(ctx.actor))
        return change_set
    while undo_chunk(ctx, change_set):
        pass
    return change_set
