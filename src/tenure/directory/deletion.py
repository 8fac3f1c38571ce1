"""Deleting records of one kind as far as the caller may: a change set, so that all of it comes back by undo."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING
from uuid import UUID

from tenure.kernel.errors import NotFound
from tenure.workspace.actions.bulk_delete import bulk_delete
from tenure.workspace.models import ChangeSet
from tenure.workspace.reach import scope_filter

if TYPE_CHECKING:
    from tenure.workspace.context import Context
    from tenure.workspace.records import RecordType


def delete_within_reach(ctx: Context, record: RecordType, ids: Collection[UUID], *, reason: str = "") -> ChangeSet:
    """Delete those of `ids` that the caller may delete. Raises NotFound where there are none."""
    rows = record.model.objects.filter(scope_filter(ctx, record.delete_permission, record.model), pk__in=list(ids))
    found = list(rows.select_for_update(of=("self",)))
    if not found:
        raise NotFound(kind=record.name)
    return bulk_delete(ctx, record, found, reason=reason)
