"""Custom fields as list columns: shown, filtered and sorted through their slots."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tenure.workspace.custom_fields.catalog import PREFIX, custom_fields
from tenure.workspace.custom_fields.slots import loaded
from tenure.workspace.enums import CustomKind
from tenure.workspace.lists.columns import Choice, Column, ColumnKind

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tenure.workspace.context import Context
    from tenure.workspace.models.custom_field import CustomField

_KINDS = {
    CustomKind.INTEGER: ColumnKind.NUMBER,
    CustomKind.DECIMAL: ColumnKind.NUMBER,
    CustomKind.MONEY: ColumnKind.MONEY,
    CustomKind.DATE: ColumnKind.INSTANT,
    CustomKind.INSTANT: ColumnKind.INSTANT,
    CustomKind.BOOLEAN: ColumnKind.BOOLEAN,
    CustomKind.CHOICE: ColumnKind.CHOICE,
    CustomKind.MEMBER: ColumnKind.MEMBER,
    CustomKind.ACCOUNT: ColumnKind.REFERENCE,
    CustomKind.PERSON: ColumnKind.REFERENCE,
}


def list_columns(ctx: Context, record: str) -> list[Column]:
    """The record's custom fields as columns, hidden until somebody shows them; those in the overflow neither filter nor sort."""
    return [_column(field) for field in custom_fields(ctx, record)]


def _column(field: CustomField) -> Column:
    kind = CustomKind(field.kind)
    column_kind = _KINDS.get(kind, ColumnKind.TEXT)
    offered = [Choice(str(value), str(value)) for value in field.choices]
    path = f"slots__{field.slot}" if field.slot else ""
    return Column(
        PREFIX + field.key,
        field.label,
        column_kind,
        path=path,
        sort=path if field.slot and field.slot[0] in "tnd" else "",
        show=f"custom_shown.{PREFIX}{field.key}",
        is_default=False,
        is_filter=bool(field.slot),
        is_civil=kind is CustomKind.DATE,
        choices=(lambda _ctx: offered) if kind is CustomKind.CHOICE else None,
    )


class Shown:
    """A row's custom values by attribute, for list cells."""

    def __init__(self, values: dict[str, Any]) -> None:
        self.__dict__.update(values)


def load_custom(ctx: Context, record: str, rows: Sequence[Any]) -> None:
    """Put `custom_shown` on rows whose slots were joined."""
    fields = custom_fields(ctx, record)
    for row in rows if fields else ():
        slots = getattr(row, "slots", None)
        row.custom_shown = Shown({PREFIX + field.key: loaded(field, slots) for field in fields})
