"""A record type: the words, fields and hooks of one kind of record."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any, ClassVar
from uuid import UUID

from django.db import models
from django.db.models.base import ModelState

from tenure.kernel.ids import uuid7
from tenure.workspace.custom_fields.catalog import custom_field_named, is_custom
from tenure.workspace.custom_fields.slots import typed
from tenure.workspace.custom_fields.values import read_custom
from tenure.workspace.records.custom import record_fields

if TYPE_CHECKING:
    from tenure.kernel.errors import DomainError
    from tenure.workspace.context import Context
    from tenure.workspace.events import DomainEvent
    from tenure.workspace.lists.columns import Label
    from tenure.workspace.models import ChangeRow
    from tenure.workspace.models.base import Record
    from tenure.workspace.models.slots import Slots
    from tenure.workspace.records.fields import RecordField


@dataclass(frozen=True, slots=True)
class RecordEvents:
    """What a record type says when rows of it come, change, go and come back."""

    created: type[DomainEvent]
    changed: type[DomainEvent]
    deleted: type[DomainEvent]
    restored: type[DomainEvent]


class RecordType:
    """One kind of record. A room subclasses it, sets the class variables, and overrides the hooks it needs.

    Hooks run set-based over a chunk of rows, inside the transaction of the write.
    """

    name: ClassVar[str]
    label: ClassVar[Label]
    label_plural: ClassVar[Label]
    icon: ClassVar[str] = "file"
    model: ClassVar[type[Record]]
    fields: ClassVar[Sequence[RecordField]]
    events: ClassVar[RecordEvents]
    view_permission: ClassVar[str]
    create_permission: ClassVar[str]
    change_permission: ClassVar[str]
    delete_permission: ClassVar[str]
    # Where custom fields of this kind are kept (models/slots.py); None: it takes none.
    slots: ClassVar[type[Slots] | None] = None
    # Whether files can bring records of this kind.
    is_importable: ClassVar[bool] = True
    # Fields that together name one record: by them a row without a key meets the record that is there.
    natural_key: ClassVar[tuple[str, ...]] = ()
    # The field by which a record stands below another of its kind; none may stand below itself.
    tree_field: ClassVar[str] = ""
    # Fields with which `assign` does more than set their column; where it is overridden and none is named, that may be any.
    assigned_apart: ClassVar[frozenset[str]] = frozenset()
    # Records that belong to another record and go with it: {record type name: column that points at it}.
    belongs_to: ClassVar[dict[str, str]] = {}

    @cached_property
    def by_name(self) -> dict[str, RecordField]:
        """The fields by name."""
        return {field.name: field for field in self.fields}

    def fields_for(self, ctx: Context) -> list[RecordField]:
        """The fields in this workspace, custom ones last."""
        return [*self.fields, *(record_fields(ctx, self.name) if self.slots else ())]

    def assign_value(self, row: Any, name: str, value: Any) -> None:  # noqa: ANN401 - any field's value
        """Set one field, its own or a custom one; custom values wait on the row until it is written."""
        if is_custom(name):
            row.__dict__.setdefault("custom", {})[name] = value
        else:
            self.assign(row, name, value)

    def read_values(self, ctx: Context, rows: Sequence[Any], names: Collection[str]) -> list[dict[str, Any]]:
        """The present values of the named fields, own and custom, a mapping a row."""
        custom = [name for name in names if is_custom(name)]
        if not custom:
            return self.read(ctx, rows, names)
        own = self.read(ctx, rows, [name for name in names if not is_custom(name)])
        return [mine | more for mine, more in zip(own, read_custom(ctx, self, rows, custom), strict=True)]

    def build(self, ctx: Context, values: dict[str, Any]) -> Record:
        """A row with `values` (field name to typed value), not yet written."""
        row = self.blank_row(ctx)
        state, plain = row.__dict__, self._plain_columns
        for name, value in values.items():
            column = plain.get(name)
            if column is None:
                self.assign_value(row, name, value)
            else:
                state[column] = value
        return row

    def blank_row(self, ctx: Context) -> Record:
        """A row with its defaults and a new id. Set up from a pattern: Django's own construction costs five times as much."""
        row = self.model.__new__(self.model)
        row.__dict__ = {**self._pattern, "_state": ModelState(), "id": uuid7(), "workspace_id": ctx.workspace.pk}
        return row

    @cached_property
    def _plain_columns(self) -> dict[str, str]:
        """Fields that are nothing but their column: on a row that nobody has seen yet they need no `assign`."""
        if type(self).assign is not RecordType.assign and not self.assigned_apart:
            return {}
        kept = {field.attname for field in self.model._meta.concrete_fields}
        plain = {name: column for name, column in self._columns.items() if column in kept}
        return {name: column for name, column in plain.items() if name not in self.assigned_apart}

    @cached_property
    def _pattern(self) -> dict[str, Any]:
        return dict(self.model().__dict__)

    def assign(self, row: Record, name: str, value: Any) -> None:  # noqa: ANN401 - any field's value
        """Set one field on a row; fields without a column are kept on the row until `written`."""
        setattr(row, self.column_of(name), value)

    def column_of(self, name: str) -> str:
        """The attribute a field is kept in."""
        return self._columns.get(name, name)

    @cached_property
    def _columns(self) -> dict[str, str]:
        return {field.name: field.column or field.name for field in self.fields}

    def read(self, _ctx: Context, rows: Sequence[Any], names: Collection[str]) -> list[dict[str, Any]]:
        """The present values of the named fields, a mapping a row. Override to load fields without a column, set-based."""
        places = [(name, self.column_of(name)) for name in names]
        return [{name: getattr(row, column) for name, column in places} for row in rows]

    def columns(self, names: Iterable[str]) -> set[str]:
        """Model columns to write when the named fields change; derived ones included by overriding."""
        return {self.column_of(name) for name in names}

    def derive(self, ctx: Context, rows: Sequence[Any]) -> None:
        """Compute stored keys of rows about to be written."""

    def guard(self, ctx: Context, rows: Sequence[Any], names: Collection[str] | None) -> None:
        """Raise where the rows may not be written so. names: the fields that change (None: new rows)."""

    def written(self, ctx: Context, rows: Sequence[Any], names: Collection[str] | None) -> None:
        """Keep side tables in step after rows were written. names: the fields that changed (None: new rows)."""

    def removed(self, ctx: Context, rows: Sequence[Any]) -> None:
        """Keep side tables in step after rows were deleted."""

    def revived(self, ctx: Context, rows: Sequence[Any]) -> None:
        """Keep side tables in step after deleted rows came back."""

    def reverse(self, ctx: Context, facts: Sequence[ChangeRow]) -> None:
        """Close ledger facts that a change set recorded by reversing entries; only record types that write facts have it."""
        raise NotImplementedError(self.name)

    def loop_error(self, name: str, parent: str) -> DomainError:
        """What is said where `name` would stand below itself, by standing below `parent`; only record types with a tree have it."""
        raise NotImplementedError(f"{name} below {parent}")

    def match_key(self, name: str, value: Any) -> tuple[str, Any]:  # noqa: ANN401 - any key field's value
        """The column and the value in it by which rows are found that have `value` in the key field `name`."""
        return self.column_of(name), value

    def typed(self, name: str, value: Any) -> Any:  # noqa: ANN401 - any field's value
        """A field's value from its JSON form, as change sets keep it."""
        column = self.column_of(name)
        field = next((field for field in self.model._meta.concrete_fields if field.attname == column), None)
        if value is None or field is None:
            return value
        return (field.target_field if isinstance(field, models.ForeignKey) else field).to_python(value)

    def typed_value(self, ctx: Context, name: str, value: Any) -> Any:  # noqa: ANN401 - any field's value
        """A field's value, own or custom, from its JSON form; of a custom field that is gone, the JSON itself."""
        field = custom_field_named(ctx, self.name, name) if is_custom(name) else None
        if is_custom(name):
            return typed(field, value) if field else value
        return self.typed(name, value)

    def account_of(self, row: Any) -> UUID | None:  # noqa: ANN401 - a row of this type
        """The account a row belongs to."""
        column = self.model.fence_account
        return getattr(row, column) if column else None


record_types: dict[str, RecordType] = {}


def register_record(record: RecordType) -> None:
    """Make a record type known to imports, bulk work and undo."""
    record_types[record.name] = record


def referring_columns(target: RecordType) -> list[tuple[RecordType, str]]:
    """Every (record type, column) that points at records of `target`, belonging ones included."""
    found = {
        (other.name, other.column_of(field.name)): other
        for other in record_types.values()
        for field in other.fields
        if field.references == target.name
    }
    found |= {
        (other.name, other.belongs_to[target.name]): other for other in record_types.values() if target.name in other.belongs_to
    }
    return [(other, column) for (_, column), other in found.items()]
