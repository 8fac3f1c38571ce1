"""A workspace's own fields at endpoints: read as their kind asks for, written as JSON."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Annotated, Any
from uuid import UUID

from django.utils.translation import gettext as _
from pydantic import AwareDatetime, Field, TypeAdapter, ValidationError

from tenure.kernel.errors import FieldProblem, Invalid
from tenure.workspace.custom_fields.catalog import PREFIX, custom_fields
from tenure.workspace.endpoints.schemas import Email, LongText, MoneyIn, Text, money_out
from tenure.workspace.enums import CustomKind
from tenure.workspace.events import json_value
from tenure.workspace.models import Member
from tenure.workspace.reach import scope_filter
from tenure.workspace.records import record_types

if TYPE_CHECKING:
    from tenure.workspace.context import Context
    from tenure.workspace.models.custom_field import CustomField
    from tenure.workspace.records import RecordType

LARGEST = 2**53
MOST_CHOICES = 100

_TYPES: dict[CustomKind, TypeAdapter[Any]] = {
    CustomKind.TEXT: TypeAdapter(Text),
    CustomKind.LONG_TEXT: TypeAdapter(LongText),
    CustomKind.INTEGER: TypeAdapter(Annotated[int, Field(ge=-LARGEST, le=LARGEST)]),
    CustomKind.DECIMAL: TypeAdapter(Annotated[Decimal, Field(max_digits=30, decimal_places=12, allow_inf_nan=False)]),
    CustomKind.MONEY: TypeAdapter(MoneyIn),
    CustomKind.DATE: TypeAdapter(date),
    CustomKind.INSTANT: TypeAdapter(AwareDatetime),
    CustomKind.BOOLEAN: TypeAdapter(bool),
    CustomKind.CHOICE: TypeAdapter(Text),
    CustomKind.CHOICES: TypeAdapter(Annotated[list[Text], Field(max_length=MOST_CHOICES)]),
    CustomKind.EMAIL: TypeAdapter(Email),
    CustomKind.LINK: TypeAdapter(Text),
    CustomKind.MEMBER: TypeAdapter(UUID),
    CustomKind.ACCOUNT: TypeAdapter(UUID),
    CustomKind.PERSON: TypeAdapter(UUID),
}


def custom_values(ctx: Context, record: RecordType, given: Mapping[str, Any]) -> dict[str, Any]:
    """Custom values by field name (`custom_<key>`), typed as their kind asks for. Raises Invalid with each one that is not."""
    fields = {field.key: field for field in custom_fields(ctx, record.name)} if given else {}
    values, problems = {}, []
    for key, value in given.items():
        try:
            values[PREFIX + key] = _read(ctx, fields.get(key), value)
        except ValueError as error:
            problems.append(FieldProblem(f"custom.{key}", str(error)))
    if problems:
        raise Invalid(problems)
    return values


def custom_out(ctx: Context, record: RecordType, row: Any) -> dict[str, Any]:  # noqa: ANN401 - a row of the record
    """The row's custom values by key, as JSON; of a list's row those that were loaded with the page."""
    fields = custom_fields(ctx, record.name)
    if not fields:
        return {}
    if "custom_shown" in row.__dict__:
        values = vars(row.custom_shown)
    else:
        row.__dict__.pop("custom", None)  # written by now: what is kept counts
        values = record.read_values(ctx, [row], [PREFIX + field.key for field in fields])[0]
    return {field.key: _plain(field, values.get(PREFIX + field.key)) for field in fields}


def _read(ctx: Context, field: CustomField | None, value: Any) -> Any:  # noqa: ANN401 - any JSON value
    """One value; raises ValueError with what is wrong with it."""
    if field is None:
        raise ValueError(_("There is no such field."))
    if value in (None, "", []):
        if field.is_required:
            raise ValueError(_("This field is needed."))
        return None
    kind = CustomKind(field.kind)
    try:
        read = _TYPES[kind].validate_json(json.dumps(value), strict=True)
    except ValidationError as error:
        raise ValueError(error.errors()[0]["msg"]) from error
    return _GUARDS[kind](ctx, field, read) if kind in _GUARDS else read


def _money(_ctx: Context, field: CustomField, given: MoneyIn) -> int:
    if given.currency != field.currency:
        raise ValueError(_("This field is in %(currency)s.") % {"currency": field.currency})
    return given.money().minor


def _choice(_ctx: Context, field: CustomField, given: str) -> str:
    if given not in field.choices:
        raise ValueError(_("One of these is needed: %(choices)s.") % {"choices": ", ".join(map(str, field.choices))})
    return given


def _choices(ctx: Context, field: CustomField, given: list[str]) -> list[str]:
    return [_choice(ctx, field, one) for one in given] if field.choices else given


def _reference(ctx: Context, field: CustomField, key: UUID) -> UUID:
    """The id, where the caller may see what it names."""
    if field.kind == CustomKind.MEMBER:
        is_there = Member.objects.filter(pk=key).exists()
    else:
        target = record_types[field.kind]
        is_there = target.model.objects.filter(scope_filter(ctx, target.view_permission, target.model), pk=key).exists()
    if not is_there:
        raise ValueError(_("There is no such record, or you may not see it."))
    return key


_GUARDS: dict[CustomKind, Callable[[Context, CustomField, Any], Any]] = {
    CustomKind.MONEY: _money,
    CustomKind.CHOICE: _choice,
    CustomKind.CHOICES: _choices,
    CustomKind.MEMBER: _reference,
    CustomKind.ACCOUNT: _reference,
    CustomKind.PERSON: _reference,
}


def _plain(field: CustomField, value: Any) -> Any:  # noqa: ANN401 - any value
    money = money_out(value, field.currency) if field.kind == CustomKind.MONEY else None
    return money.model_dump() if money is not None else json_value(value)
