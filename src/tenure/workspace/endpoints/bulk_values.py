"""Values that many records of one kind shall have alike, as a caller sends them: read by what the record type says of each field."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Annotated, Any
from uuid import UUID

from django.utils.translation import gettext as _
from pydantic import AwareDatetime, Field, TypeAdapter, ValidationError

from tenure.kernel.errors import FieldProblem, Invalid
from tenure.workspace.bulk import fields_in_bulk
from tenure.workspace.endpoints.custom_values import custom_values
from tenure.workspace.endpoints.records import CUSTOM, chosen, lay_out_money
from tenure.workspace.endpoints.schemas import Count, Email, LongText, MoneyIn, Text
from tenure.workspace.records import FieldKind

if TYPE_CHECKING:
    from tenure.workspace.context import Context
    from tenure.workspace.records import RecordField, RecordType

MOST_CHOICES = 100

_TYPES: dict[FieldKind, TypeAdapter[Any]] = {
    FieldKind.TEXT: TypeAdapter(Text),
    FieldKind.LONG_TEXT: TypeAdapter(LongText),
    FieldKind.INTEGER: TypeAdapter(Count),
    FieldKind.DECIMAL: TypeAdapter(Annotated[Decimal, Field(max_digits=30, decimal_places=12, allow_inf_nan=False)]),
    FieldKind.MONEY: TypeAdapter(MoneyIn),
    FieldKind.CURRENCY: TypeAdapter(Annotated[str, Field(pattern="^[A-Z]{3}$")]),
    FieldKind.DATE: TypeAdapter(date),
    FieldKind.INSTANT: TypeAdapter(AwareDatetime),
    FieldKind.BOOLEAN: TypeAdapter(bool),
    FieldKind.CHOICE: TypeAdapter(Text),
    FieldKind.CHOICES: TypeAdapter(Annotated[list[Text], Field(max_length=MOST_CHOICES)]),
    FieldKind.EMAIL: TypeAdapter(Email),
    FieldKind.DOMAIN: TypeAdapter(Text),
    FieldKind.COUNTRY: TypeAdapter(Text),
    FieldKind.MEMBER: TypeAdapter(UUID),
    FieldKind.REFERENCE: TypeAdapter(UUID),
}
_WITHOUT_NULL = {FieldKind.BOOLEAN, FieldKind.CURRENCY, FieldKind.CHOICES}
_TEXTS = {FieldKind.TEXT, FieldKind.LONG_TEXT, FieldKind.EMAIL, FieldKind.DOMAIN, FieldKind.COUNTRY, FieldKind.CHOICE}


def bulk_values(ctx: Context, record: RecordType, given: Mapping[str, Any]) -> dict[str, Any]:
    """Field name to typed value, ready for bulk_edit: money in minor units, choices as text, custom fields from under `custom`.

    Raises Invalid with the pointer of each value that is wrong, or of a field that many records cannot have alike.
    """
    fields = {field.name: field for field in fields_in_bulk(ctx, record) if field.name in record.by_name}
    values: dict[str, Any] = {}
    problems = []
    for name, value in given.items():
        if name == CUSTOM:
            continue
        try:
            values[name] = _read(fields.get(name), value)
        except ValueError as error:
            problems.append(FieldProblem(f"values.{name}", str(error)))
    own = given.get(CUSTOM, {})
    if not isinstance(own, dict):
        problems.append(FieldProblem(f"values.{CUSTOM}", _("An object of custom fields is needed.")))
    if problems:
        raise Invalid(problems)
    for name in list(values):
        if fields[name].kind is FieldKind.MONEY:
            lay_out_money(fields[name], values)
        elif fields[name].kind is FieldKind.CHOICE:
            values[name] = chosen(ctx, fields[name], values[name])
    return values | custom_values(ctx, record, own)


def _read(field: RecordField | None, value: Any) -> Any:  # noqa: ANN401 - any JSON value
    """One value; raises ValueError with what is wrong with it."""
    if field is None:
        raise ValueError(_("There is no such field, or many records cannot have it alike."))
    if value in (None, "", []) and not isinstance(value, bool):
        if field.is_required:
            raise ValueError(_("This field is needed."))
        if field.kind in _TEXTS:
            return ""
        if value is None and field.kind not in _WITHOUT_NULL:
            return None
    try:
        read = _TYPES[field.kind].validate_json(json.dumps(value), strict=True)
    except ValidationError as error:
        raise ValueError(error.errors()[0]["msg"]) from error
    return read.model_dump() if isinstance(read, MoneyIn) else read
