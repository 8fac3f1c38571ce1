"""Domain events: what a room says has happened, frozen, with ids, amounts and codes only."""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import date, datetime
from decimal import Decimal
from typing import Any, ClassVar
from uuid import UUID


@dataclass(frozen=True, slots=True)
class DomainEvent:
    """A fact of the past. Subclasses set `type` (`room.noun_verb_past`) and `subject_kind`, and add their fields."""

    type: ClassVar[str]
    subject_kind: ClassVar[str]
    schema_version: ClassVar[int] = 1

    subject_id: UUID
    account_id: UUID | None
    row_version: int | None

    def payload(self) -> dict[str, Any]:
        """The event's own fields as JSON values."""
        return {name: json_value(getattr(self, name)) for name in _own_fields(type(self))}


def has_own_fields(kind: type[DomainEvent]) -> bool:
    """Whether events of this type say more than which row they are about."""
    return bool(_own_fields(kind))


_ENVELOPE = frozenset({"subject_id", "account_id", "row_version"})


_OWN_FIELDS: dict[type, tuple[str, ...]] = {}


def _own_fields(kind: type[DomainEvent]) -> tuple[str, ...]:
    if kind not in _OWN_FIELDS:
        _OWN_FIELDS[kind] = tuple(field.name for field in fields(kind) if field.name not in _ENVELOPE)
    return _OWN_FIELDS[kind]


def json_value(value: Any) -> Any:  # noqa: ANN401 - any column value
    """A column value as JSON keeps it: ids, instants, dates and decimals as text."""
    if value is None or value.__class__ is str:
        return value
    if isinstance(value, UUID | Decimal):
        return str(value)
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, tuple | list):
        return [json_value(item) for item in value]
    return value
