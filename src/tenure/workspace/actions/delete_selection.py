"""The rows somebody ticked in a list are deleted, as one change set."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING
from uuid import UUID

from tenure.kernel.errors import NotFound
from tenure.workspace.action import action
from tenure.workspace.actions.bulk_delete import bulk_delete
from tenure.workspace.lists import ListSpec, selection
from tenure.workspace.models import ChangeSet
from tenure.workspace.reach import scope_filter
from tenure.workspace.records import RecordType, record_types

if TYPE_CHECKING:
    from tenure.workspace.context import Context


@action("workspace.bulk_delete")
def delete_selection(ctx: Context, spec: ListSpec, ids: Sequence[UUID], *, query: str | None = None, reason: str = "") -> ChangeSet:
    """Delete the rows `ids`, or with `query` all that this state of the list finds; only rows the caller may delete.

    Raises PermissionMissing. Idempotent by row: one that is deleted already is not found again.
    """
    record = record_of(spec)
    rows = selection(ctx, spec, ids, query).filter(scope_filter(ctx, record.delete_permission, spec.model))
    return bulk_delete(ctx, record, list(rows.select_for_update(of=("self",))), reason=reason)


def record_of(spec: ListSpec) -> RecordType:
    """The record type a list shows; raises NotFound where it shows none."""
    for record in record_types.values():
        if record.model is spec.model:
            return record
    raise NotFound(kind="record")
