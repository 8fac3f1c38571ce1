"""Writing records set-based: insert, update, delete, restore; each keeps keys, side tables, events and the change set in step."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from tenure.workspace.custom_fields.catalog import is_custom
from tenure.workspace.custom_fields.values import write_custom
from tenure.workspace.enums import ChangeKind
from tenure.workspace.errors import ExternalIdTaken, RecordChanged
from tenure.workspace.events import json_value
from tenure.workspace.records.log import Touched
from tenure.workspace.records.references import Written, guard_references
from tenure.workspace.records.types import record_types
from tenure.workspace.rows import insert_rows, update_rows

if TYPE_CHECKING:
    from uuid import UUID

    from tenure.workspace.context import Context
    from tenure.workspace.events import DomainEvent
    from tenure.workspace.records.types import RecordType


@dataclass(frozen=True, slots=True)
class Change:
    """New values (field name to typed value) for one loaded row."""

    row: Any
    values: dict[str, Any]


def insert_records(ctx: Context, record: RecordType, rows: Sequence[Any], names: Collection[str] = ()) -> None:
    """Write new rows built by `record.build`. names: the fields that were given, kept as `after` in the change set."""
    if not rows:
        return
    now = ctx.now()
    for row in rows:
        row.__dict__.update(workspace_id=ctx.workspace.pk, created_at=now, updated_at=now, version=1)
    guard_references(ctx, record, [Written(row) for row in rows], record.create_permission)
    record.derive(ctx, rows)
    record.guard(ctx, rows, None)
    insert_rows(record.model, rows)
    record.written(ctx, rows, None)
    write_custom(ctx, record, rows, is_new=True)
    _emit(ctx, record, record.events.created, rows)
    if ctx.change_log is not None:
        given = record.read_values(ctx, rows, names)
        touched = [Touched(row.id, 1, None, _json(values)) for row, values in zip(rows, given, strict=True)]
        ctx.change_log.write(ctx.workspace.pk, record.name, ChangeKind.CREATED, touched)


def update_records(ctx: Context, record: RecordType, changes: Sequence[Change]) -> list[Any]:
    """Write the changes that differ from what stands there; returns the rows that changed.

    Raises RecordChanged where a row was changed or deleted by somebody else since it was loaded.
    """
    names = {name for change in changes for name in change.values}
    before = record.read_values(ctx, [change.row for change in changes], names)
    differing = []
    for change, old in zip(changes, before, strict=True):
        fresh = {name: value for name, value in change.values.items() if old[name] != value}
        if fresh:
            differing.append((change.row, {name: old[name] for name in fresh}, fresh))
    if not differing:
        return []
    rows = [row for row, _, _ in differing]
    for row, _, fresh in differing:
        row.updated_at = ctx.now()
        for name, value in fresh.items():
            record.assign_value(row, name, value)
    changed = {name for _, _, fresh in differing for name in fresh}
    written = [Written(row, {record.column_of(name) for name in fresh}) for row, _, fresh in differing]
    guard_references(ctx, record, written, record.change_permission)
    record.derive(ctx, rows)
    record.guard(ctx, rows, {name for name in changed if not is_custom(name)})
    own = {name for name in changed if not is_custom(name)}
    _write(record, rows, {*record.columns(own), "updated_at"})
    record.written(ctx, rows, own)
    write_custom(ctx, record, rows, is_new=False)
    _emit(ctx, record, record.events.changed, rows)
    if ctx.change_log is not None:
        touched = [Touched(row.pk, row.version, _json(old), _json(fresh)) for row, old, fresh in differing]
        ctx.change_log.write(ctx.workspace.pk, record.name, ChangeKind.UPDATED, touched)
    return rows


def delete_records(ctx: Context, record: RecordType, rows: Sequence[Any]) -> None:
    """Delete rows, and before them the records that belong to them. They come back by undo."""
    if not rows:
        return
    for other in record_types.values():
        column = other.belongs_to.get(record.name)
        if column:
            delete_records(ctx, other, list(other.model.objects.filter(**{f"{column}__any_of": [row.pk for row in rows]})))
    now = ctx.now()
    for row in rows:
        row.deleted_at = row.updated_at = now
    _write(record, rows, {"deleted_at", "updated_at"})
    record.removed(ctx, rows)
    _emit(ctx, record, record.events.deleted, rows)
    if ctx.change_log is not None:
        touched = [Touched(row.pk, row.version, None, None) for row in rows]
        ctx.change_log.write(ctx.workspace.pk, record.name, ChangeKind.DELETED, touched)


def restore_records(ctx: Context, record: RecordType, rows: Sequence[Any]) -> None:
    """Bring deleted rows back."""
    if not rows:
        return
    now = ctx.now()
    for row in rows:
        row.deleted_at, row.updated_at = None, now
    _write(record, rows, {"deleted_at", "updated_at"})
    record.revived(ctx, rows)
    _emit(ctx, record, record.events.restored, rows)


def guard_external_id(record: RecordType, values: Mapping[str, Any], *, but: UUID | None = None) -> None:
    """Raise ExternalIdTaken where another living record of this kind has the external id in `values`."""
    external_id = values.get("external_id")
    if external_id and record.model.objects.filter(external_id=external_id).exclude(pk=but).exists():
        raise ExternalIdTaken(external_id=external_id)


def _write(record: RecordType, rows: Sequence[Any], columns: Collection[str]) -> None:
    """Update the columns and raise the versions, or raise RecordChanged with nothing written."""
    concrete = {field.attname: field.name for field in record.model._meta.concrete_fields}
    written = update_rows(record.model, rows, sorted(concrete[column] for column in columns if column in concrete))
    if len(written) != len(rows):
        raise RecordChanged
    for row in rows:
        row.version += 1


def _emit(ctx: Context, record: RecordType, kind: type[DomainEvent], rows: Sequence[Any]) -> None:
    ctx.emit(kind(row.id, record.account_of(row), row.version) for row in rows)


def _json(values: dict[str, Any]) -> dict[str, Any]:
    return {name: value if value is None or value.__class__ is str else json_value(value) for name, value in values.items()}
