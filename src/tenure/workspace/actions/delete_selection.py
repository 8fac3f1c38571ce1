"""The rows somebody chose in a list are deleted, as one change set that brings them back when undone."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any
from uuid import UUID

from tenure.workspace.action import action
from tenure.workspace.bulk import carry_out_chunk, chosen, plan_of, record_of
from tenure.workspace.change_sets import start_change_set
from tenure.workspace.enums import ChangeSetKind
from tenure.workspace.lists import ListSpec
from tenure.workspace.models import ChangeSet
from tenure.workspace.records import RecordType
from tenure.workspace.rows import CHUNK_ROWS

if TYPE_CHECKING:
    from tenure.workspace.context import Context


@action("workspace.bulk_delete")
def delete_selection(
    ctx: Context, spec: ListSpec, ids: Sequence[UUID], *, query: str | None = None, reason: str = ""
) -> ChangeSet:
    """Delete the rows `ids`, or with `query` all that this state of the list finds; only rows the caller may delete.

    Up to 5,000 rows at once, more by a job. Raises PermissionMissing. Idempotent by row: one that is deleted already is not found again.
    """
    record = record_of(spec)
    ctx.require(record.delete_permission)
    return begin(ctx, ChangeSetKind.BULK_DELETE, record, plan_of(spec, ids, query), reason)


def begin(ctx: Context, kind: str, record: RecordType, plan: dict[str, Any], reason: str) -> ChangeSet:
    """Open the change set of a plan and carry it out: small ones here, large ones by a job."""
    permission = record.change_permission if kind == ChangeSetKind.BULK_EDIT else record.delete_permission
    ahead = list(chosen(ctx, plan, permission)[: CHUNK_ROWS + 1])
    is_large = len(ahead) > CHUNK_ROWS
    title = str(ahead[0]) if len(ahead) == 1 else str(record.label_plural)
    change_set, _log = start_change_set(ctx, kind, title=title, reason=reason, total=None if is_large else len(ahead))
    change_set.plan = plan
    change_set.save(update_fields=["plan"])
    ctx.audit(change_set, record=record.name, values=sorted(plan["values"]), rows=None if is_large else len(ahead))
    if is_large:
        actor = str(ctx.actor.id) if ctx.actor.id else None
        ctx.defer("workspace.carry_out_bulk", change_set=str(change_set.pk), actor_kind=ctx.actor.kind, actor_id=actor)
        return change_set
    while carry_out_chunk(ctx, change_set):
        pass
    return change_set
