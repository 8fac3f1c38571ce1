"""Custom fields as record fields: for forms, imports and the API."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tenure.workspace.custom_fields.catalog import PREFIX, custom_fields
from tenure.workspace.enums import CustomKind
from tenure.workspace.lists.columns import Choice
from tenure.workspace.records.fields import FieldKind, RecordField

if TYPE_CHECKING:
    from tenure.workspace.context import Context
    from tenure.workspace.models.custom_field import CustomField

_REFERENCES = {CustomKind.ACCOUNT: "account", CustomKind.PERSON: "person"}
_KINDS = {CustomKind.LINK: FieldKind.TEXT, CustomKind.ACCOUNT: FieldKind.REFERENCE, CustomKind.PERSON: FieldKind.REFERENCE}


def record_fields(ctx: Context, record: str) -> list[RecordField]:
    """The record's custom fields for forms, imports and the API."""
    return [record_field(field) for field in custom_fields(ctx, record)]


def record_field(field: CustomField) -> RecordField:
    """One custom field, kept already or still to be."""
    kind = CustomKind(field.kind)
    offered = [Choice(str(value), str(value)) for value in field.choices]
    return RecordField(
        PREFIX + field.key,
        field.label,
        _KINDS.get(kind) or FieldKind(kind.value),
        is_required=field.is_required,
        references=_REFERENCES.get(kind, ""),
        choices=(lambda _ctx: offered) if kind is CustomKind.CHOICE else None,
        synonyms=(field.key,),
        help=field.help,
        fixed_currency=field.currency if kind is CustomKind.MONEY else "",
    )
