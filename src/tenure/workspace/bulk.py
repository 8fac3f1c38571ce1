"""Bulk work on a selection: carried out in chunks, each a transaction of its own that also moves the place where to go on.

The plan stands in the change set, so that work that was stopped goes on where it was, and undo finds what was done.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db.models import QuerySet

from tenure.kernel.errors import NotFound
from tenure.workspace.enums import ChangeSetKind, ChangeSetState
from tenure.workspace.events import json_value
from tenure.workspace.events_of_work import BulkWorkEnded
from tenure.workspace.lists import ListSpec, list_specs, selection
from tenure.workspace.models import ChangeSet
from tenure.workspace.reach import scope_filter
from tenure.workspace.records import Change, ChangeLog, RecordType, delete_records, record_types, update_records
from tenure.workspace.rows import CHUNK_ROWS
from tenure.workspace.scope import enter

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from tenure.workspace.context import Context
    from tenure.workspace.records import RecordField

BEFORE_ALL = UUID(int=0)


def plan_of(spec: ListSpec, ids: Sequence[UUID], query: str | None, values: Mapping[str, Any] | None = None) -> dict[str, Any]:
    """What a bulk change set is about, as JSON: the list, the rows chosen, the values to set, and the place (none yet)."""
    return {
        "list": spec.name,
        "ids": [str(key) for key in ids],
        "query": query,
        "values": {name: json_value(value) for name, value in (values or {}).items()},
        "after": str(BEFORE_ALL),
        "position": 0,
    }


def record_of(spec: ListSpec) -> RecordType:
    """The record type a list shows; raises NotFound where it shows none."""
    for record in record_types.values():
        if record.model is spec.model:
            return record
    raise NotFound(kind="record")


def fields_in_bulk(ctx: Context, record: RecordType) -> list[RecordField]:
    """The fields that many records can have alike: not those that name one of them."""
    return [field for field in record.fields_for(ctx) if not field.is_key or field.name == "domain"]


def chosen(ctx: Context, plan: dict[str, Any], permission: str) -> QuerySet[Any]:
    """The rows of a plan that are still ahead, on which the caller holds `permission`, by id."""
    spec = list_specs[plan["list"]]
    rows = selection(ctx, spec, [UUID(key) for key in plan["ids"]], plan["query"])
    return rows.filter(scope_filter(ctx, permission, spec.model), pk__gt=UUID(plan["after"])).order_by("pk")


def carry_out_chunk(ctx: Context, change_set: ChangeSet) -> bool:
    """Do the next chunk of a locked, running change set; False when there is none left, which closes it."""
    plan = change_set.plan
    record = record_of(list_specs[plan["list"]])
    is_edit = change_set.kind == ChangeSetKind.BULK_EDIT
    permission = record.change_permission if is_edit else record.delete_permission
    rows = [] if change_set.cancel_requested else list(chosen(ctx, plan, permission).select_for_update(of=("self",))[:CHUNK_ROWS])
    if rows:
        log = ChangeLog(change_set.pk, plan["position"])
        inside = ctx.within(log)
        if is_edit:
            values = {name: record.typed_value(ctx, name, value) for name, value in plan["values"].items()}
            changed = update_records(inside, record, [Change(row, dict(values)) for row in rows])
            change_set.updated += len(changed)
            change_set.unchanged += len(rows) - len(changed)
        else:
            delete_records(inside, record, rows)
            change_set.deleted += log.position - plan["position"]
        change_set.done += len(rows)
        change_set.plan = plan | {"after": str(rows[-1].pk), "position": log.position}
    else:
        change_set.state = ChangeSetState.CANCELLED if change_set.cancel_requested else ChangeSetState.DONE
        change_set.finished_at = ctx.now()
    change_set.heartbeat_at = ctx.now()
    change_set.save()
    return bool(rows)


def carry_out(ctx: Context, change_set_id: UUID) -> None:
    """Carry a large change set out to its end, a transaction a chunk; another worker that has it already is left alone."""
    going_on = True
    while going_on:
        with enter(ctx.scope):
            change_set = (
                ChangeSet.objects.select_for_update(skip_locked=True)
                .filter(pk=change_set_id, state=ChangeSetState.RUNNING)
                .first()
            )
            going_on = change_set is not None and carry_out_chunk(ctx, change_set)
            if change_set is not None and not going_on:
                ctx.emit(BulkWorkEnded(change_set.pk, None, None, state=change_set.state))
