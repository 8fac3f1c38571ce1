"""Records at endpoints: a body as an action takes it, a row as an answer writes it, one row deleted. What a field is, its record type says."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from functools import cache
from typing import TYPE_CHECKING, Any, TypeVar

from django.utils.translation import gettext as _

from tenure.kernel.errors import FieldProblem, Invalid, NotFound
from tenure.kernel.money import Money
from tenure.workspace.endpoints.change_sets import ChangeSetOut, change_set_out
from tenure.workspace.endpoints.custom_values import custom_out, custom_values
from tenure.workspace.endpoints.schemas import given_values, money_out
from tenure.workspace.endpoints.versions import wanted_version
from tenure.workspace.errors import RecordChanged
from tenure.workspace.reach import scope_filter
from tenure.workspace.records import FieldKind

if TYPE_CHECKING:
    from uuid import UUID

    from ninja import Schema

    from tenure.workspace.context import Context
    from tenure.workspace.endpoints.endpoint import ApiRequest
    from tenure.workspace.models import ChangeSet
    from tenure.workspace.models.base import Record
    from tenure.workspace.records import RecordField, RecordType

Out = TypeVar("Out", bound="Schema")

CUSTOM = "custom"


def record_values(ctx: Context, record: RecordType, body: Schema) -> dict[str, Any]:
    """What the caller gave, by field name, ready for the record's action: money in minor units, choices as text, custom fields typed.

    Raises Invalid with the pointer of what is wrong.
    """
    values = given_values(body, "version", CUSTOM)
    for field in record.fields:
        if field.kind is FieldKind.MONEY and field.name in values:
            lay_out_money(field, values)
        elif field.kind is FieldKind.CHOICE and field.name in values:
            values[field.name] = chosen(ctx, field, values[field.name])
    return values | custom_values(ctx, record, getattr(body, CUSTOM, {}))


def chosen(ctx: Context, field: RecordField, value: str | None) -> str:
    """A choice as it is kept: none is empty. Raises Invalid where it is not offered."""
    if value and field.choices is not None and value not in {choice.value for choice in field.choices(ctx)}:
        raise Invalid([FieldProblem(field.name, _("This is none of the choices."))])
    return value or ""


def lay_out_money(field: RecordField, values: dict[str, Any]) -> None:
    """Put a field's money into minor units and the currency's own field. Raises Invalid for a second currency."""
    given: Mapping[str, str] | None = values[field.name]
    if given is None:
        return
    money = Money.of(given["amount"], given["currency"])
    if values.get(field.currency) not in (None, money.currency):
        raise Invalid([FieldProblem(f"{field.name}.currency", _("The amounts of one record are all in one currency."))])
    values |= {field.name: money.minor, field.currency: money.currency}


def record_out(ctx: Context, kind: type[Out], record: RecordType, row: Any, **more: object) -> Out:  # noqa: ANN401 - a row of the record
    """The row as `kind` writes it: each field from the column the record keeps it in, but for those in `more`."""
    written = {name: _written(record, row, name) for name in kind.model_fields if name not in more and name != CUSTOM}
    if CUSTOM in kind.model_fields:
        more |= {CUSTOM: custom_out(ctx, record, row)}
    return kind(**written, **more)


def _written(record: RecordType, row: Any, name: str) -> object:  # noqa: ANN401
    column = record.column_of(name)
    value = getattr(row, _keys_of(record.model).get(column, column))
    field = record.by_name.get(name)
    if field is not None and field.kind is FieldKind.MONEY:
        return money_out(value, getattr(row, record.column_of(field.currency)))
    return value or None if field is not None and field.kind is FieldKind.CHOICE else value


@cache
def _keys_of(model: type[Record]) -> dict[str, str]:
    """The columns that point at other rows by name, with the attribute that holds the id alone."""
    return {field.name: field.attname for field in model._meta.concrete_fields if field.is_relation}


def delete_record(
    request: ApiRequest, record: RecordType, key: UUID, delete: Callable[[Context, Collection[UUID]], ChangeSet]
) -> ChangeSetOut:
    """Delete one record by its room's action; the change set brings it back.

    Raises NotFound for a record the caller may not delete, RecordChanged where If-Match names another version.
    """
    reach = scope_filter(request.ctx, record.delete_permission, record.model)
    row = record.model.objects.filter(reach, pk=key).select_for_update(of=("self",)).first()
    if row is None:
        raise NotFound(kind=record.name)
    if wanted_version(request) not in (None, row.version):
        raise RecordChanged
    return change_set_out(delete(request.ctx, [key]))
