"""A field of a record, as forms, imports and the API know it."""

from __future__ import annotations

import enum
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tenure.workspace.context import Context
    from tenure.workspace.lists.columns import Choice, Label


class FieldKind(enum.StrEnum):
    """What a field's values are."""

    TEXT = "text"
    LONG_TEXT = "long_text"
    INTEGER = "integer"
    DECIMAL = "decimal"
    MONEY = "money"
    CURRENCY = "currency"
    DATE = "date"
    INSTANT = "instant"
    BOOLEAN = "boolean"
    CHOICE = "choice"
    CHOICES = "choices"
    EMAIL = "email"
    DOMAIN = "domain"
    COUNTRY = "country"
    MEMBER = "member"
    REFERENCE = "reference"


@dataclass(frozen=True, slots=True)
class RecordField:
    """One field. `column` is the model attribute it is kept in; without one, the record type keeps it elsewhere (tags).

    references: the record type a REFERENCE points to. is_key: rows may be matched by it. currency: the field that holds a MONEY
    field's currency; fixed_currency: the one that all its amounts are in. synonyms: other words for it in files' headers.
    """

    name: str
    label: Label
    kind: FieldKind = FieldKind.TEXT
    column: str = ""
    is_required: bool = False
    is_key: bool = False
    references: str = ""
    currency: str = ""
    choices: Callable[[Context], Iterable[Choice]] | None = None
    synonyms: tuple[str, ...] = ()
    help: Label = ""
    max_length: int = 500
    fixed_currency: str = ""
