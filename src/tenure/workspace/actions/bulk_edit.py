"""The rows somebody chose in a list get the same values, as one change set."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any
from uuid import UUID

from tenure.workspace.action import action
from tenure.workspace.actions.delete_selection import begin
from tenure.workspace.bulk import fields_in_bulk, plan_of, record_of
from tenure.workspace.enums import ChangeSetKind
from tenure.workspace.errors import FieldUnknown
from tenure.workspace.lists import ListSpec
from tenure.workspace.models import ChangeSet

if TYPE_CHECKING:
    from tenure.workspace.context import Context


@action("workspace.bulk_edit")
def bulk_edit(
    ctx: Context, spec: ListSpec, ids: Sequence[UUID], values: Mapping[str, Any], *, query: str | None = None, reason: str = ""
) -> ChangeSet:
    """Set `values` (field name to typed value) on the rows `ids`, or with `query` on all that this list state finds.

    Only rows the caller may change. Up to 5,000 rows at once, more by a job, which can be cancelled. Raises FieldUnknown, PermissionMissing.
    Idempotent by row: a row that has the values already is left.
    """
    record = record_of(spec)
    ctx.require(record.change_permission)
    known = {field.name for field in fields_in_bulk(ctx, record)}
    for name in values:
        if name not in known:
            raise FieldUnknown(name=name)
    return begin(ctx, ChangeSetKind.BULK_EDIT, record, plan_of(spec, ids, query, values), reason)
