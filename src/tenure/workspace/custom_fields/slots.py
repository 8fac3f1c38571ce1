"""From kinds to slots: which column keeps a value, and how the value stands in it."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import TYPE_CHECKING, Any
from uuid import UUID

from tenure.workspace.enums import CustomKind
from tenure.workspace.events import json_value
from tenure.workspace.models.slots import BOOLEANS, INSTANTS, LINKS, NUMBERS, TEXTS

if TYPE_CHECKING:
    from collections.abc import Collection

    from tenure.workspace.models.custom_field import CustomField

FAMILY: dict[str, str] = {
    CustomKind.TEXT: "t",
    CustomKind.CHOICE: "t",
    CustomKind.EMAIL: "t",
    CustomKind.LINK: "t",
    CustomKind.INTEGER: "n",
    CustomKind.DECIMAL: "n",
    CustomKind.MONEY: "n",
    CustomKind.DATE: "d",
    CustomKind.INSTANT: "d",
    CustomKind.BOOLEAN: "b",
    CustomKind.MEMBER: "u",
    CustomKind.ACCOUNT: "u",
    CustomKind.PERSON: "u",
}
COUNTS = {"t": TEXTS, "n": NUMBERS, "d": INSTANTS, "b": BOOLEANS, "u": LINKS}


def free_slot(kind: str, taken: Collection[str]) -> str:
    """The first free slot for a kind; empty where it has none or all are taken: the overflow."""
    family = FAMILY.get(kind, "")
    return next((slot for number in range(1, COUNTS.get(family, 0) + 1) if (slot := f"{family}{number:02}") not in taken), "")


def stored(field: CustomField, value: Any) -> dict[str, Any]:  # noqa: ANN401 - any value
    """The slot columns that keep `value`: a number stands exact beside its float, a date at midnight UTC."""
    if field.slot.startswith("n"):
        exact = None if value is None else Decimal(value)
        return {field.slot: None if exact is None else float(exact), "x" + field.slot[1:]: exact}
    if field.kind == CustomKind.DATE and value is not None:
        value = dt.datetime.combine(value, dt.time(), dt.UTC)
    return {field.slot: value}


def loaded(field: CustomField, slots: Any) -> Any:  # noqa: ANN401 - a slots row or None
    """A field's value from a slots row, in the type its kind has in Python."""
    if slots is None:
        return None
    if not field.slot:
        return typed(field, slots.overflow.get(field.key))
    if field.slot.startswith("n"):
        exact = getattr(slots, "x" + field.slot[1:])
        return None if exact is None else typed(field, exact)
    value = getattr(slots, field.slot)
    return value.date() if field.kind == CustomKind.DATE and value is not None else value


def typed(field: CustomField, value: Any) -> Any:  # noqa: ANN401 - any value
    """A value from its JSON form, as change sets and the overflow keep it."""
    if value is None or value == "":
        return None
    readers = {
        CustomKind.INTEGER: lambda one: int(Decimal(one)),
        CustomKind.MONEY: lambda one: int(Decimal(one)),
        CustomKind.DECIMAL: lambda one: Decimal(one).normalize() + 0,
        CustomKind.DATE: lambda one: one if isinstance(one, dt.date) else dt.date.fromisoformat(one),
        CustomKind.INSTANT: lambda one: one if isinstance(one, dt.datetime) else dt.datetime.fromisoformat(one),
        CustomKind.MEMBER: _uuid,
        CustomKind.ACCOUNT: _uuid,
        CustomKind.PERSON: _uuid,
        CustomKind.CHOICES: list,
    }
    read = readers.get(CustomKind(field.kind))
    return read(value) if read else value


def in_overflow(value: Any) -> Any:  # noqa: ANN401 - any value
    """A value as the overflow's JSON keeps it."""
    return json_value(value)


def _uuid(value: Any) -> UUID:  # noqa: ANN401 - text or id
    return value if isinstance(value, UUID) else UUID(str(value))
