"""Many records of one kind are deleted at once, and can be brought back at once."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from tenure.workspace.action import action
from tenure.workspace.change_sets import finish_change_set, start_change_set
from tenure.workspace.enums import ChangeSetKind
from tenure.workspace.models import ChangeSet
from tenure.workspace.records import RecordType, delete_records

if TYPE_CHECKING:
    from tenure.workspace.context import Context


@action("workspace.bulk_delete")
def bulk_delete(ctx: Context, record: RecordType, rows: Sequence[Any], *, reason: str = "") -> ChangeSet:
    """Delete the loaded rows as one change set. Part of a room's own delete action, which checks rights."""
    title = str(rows[0]) if len(rows) == 1 else f"{len(rows)} {record.label_plural}"
    change_set, log = start_change_set(ctx, ChangeSetKind.BULK_DELETE, title=title, reason=reason)
    delete_records(ctx.within(log), record, rows)
    finish_change_set(ctx, change_set, deleted=log.position)
    ctx.audit(change_set, record=record.name, rows=len(rows))
    return change_set
