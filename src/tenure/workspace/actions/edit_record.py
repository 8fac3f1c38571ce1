"""One record is edited: a change set of one row, so that it can be undone like any larger work."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from tenure.workspace.action import action
from tenure.workspace.change_sets import finish_change_set, start_change_set
from tenure.workspace.enums import ChangeSetKind
from tenure.workspace.errors import RecordChanged
from tenure.workspace.models import ChangeSet
from tenure.workspace.records import Change, RecordType, guard_external_id, update_records

if TYPE_CHECKING:
    from tenure.workspace.context import Context
    from tenure.workspace.models.base import Record


@action("workspace.edit_record")
def edit_record(
    ctx: Context, record: RecordType, row: Record, values: Mapping[str, Any], *, version: int | None = None
) -> ChangeSet | None:
    """Set `values` on a loaded row; None where nothing differs. Part of a room's own update action, which checks rights.

    Raises RecordChanged where `version` is given and no longer the row's, ExternalIdTaken.
    """
    if version is not None and version != row.version:
        raise RecordChanged
    guard_external_id(record, values, but=row.pk)
    before = record.read_values(ctx, [row], values.keys())[0]
    if all(before[name] == value for name, value in values.items()):
        return None
    change_set, log = start_change_set(ctx, ChangeSetKind.EDIT, title=str(row))
    update_records(ctx.within(log), record, [Change(row, dict(values))])
    finish_change_set(ctx, change_set, updated=1)
    row.last_change_set = change_set
    ctx.audit(row, fields=sorted(values), change_set=str(change_set.pk))
    return change_set
