"""How a column is read: its kind and everything that the kind leaves open, each decision to be seen and overridden."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from tenure.workspace.tabular.notes import Note


class Kind(StrEnum):
    """What a column's values are."""

    EMPTY = "empty"
    TEXT = "text"
    INTEGER = "integer"
    DECIMAL = "decimal"
    MONEY = "money"
    PERCENT = "percent"
    BOOLEAN = "boolean"
    DATE = "date"
    INSTANT = "instant"
    EMAIL = "email"
    URL = "url"
    UUID = "uuid"
    IDENTIFIER = "identifier"
    LIST = "list"


class DateOrder(StrEnum):
    """The order of day, month and year in dates written with digits."""

    DMY = "day-month-year"
    MDY = "month-day-year"
    YMD = "year-month-day"


@dataclass(frozen=True, slots=True)
class Decision:
    """All that is needed to read a cell of the column; `parser_for` turns it into a function.

    null_words: cells that count as empty. decimal_mark: "." or ",". currency: of amounts without a sign of their own.
    zone: of instants without an offset (IANA name). serials: whole numbers are spreadsheet day numbers.
    pivot_year: two-digit years below its last two digits are of its century (2050: 49 is 2049, 50 is 1950).
    separator: between the choices of a list. digits_order: where dates are written without separators (20240305).
    """

    kind: Kind
    null_words: tuple[str, ...] = ()
    decimal_mark: str = "."
    currency: str | None = None
    date_order: DateOrder = DateOrder.YMD
    pivot_year: int = 2050
    zone: str = "UTC"
    serials: bool = False
    separator: str = ";"

    def as_dict(self) -> dict[str, Any]:
        """The decision as plain values, to be kept with a saved mapping."""
        return {
            "kind": self.kind.value,
            "null_words": list(self.null_words),
            "decimal_mark": self.decimal_mark,
            "currency": self.currency,
            "date_order": self.date_order.value,
            "pivot_year": self.pivot_year,
            "zone": self.zone,
            "serials": self.serials,
            "separator": self.separator,
        }

    @classmethod
    def from_dict(cls, plain: dict[str, Any]) -> Decision:
        """The decision that `as_dict` wrote."""
        return cls(
            **{
                **plain,
                "kind": Kind(plain["kind"]),
                "date_order": DateOrder(plain["date_order"]),
                "null_words": tuple(plain["null_words"]),
            }
        )


@dataclass(frozen=True, slots=True)
class Candidate:
    """One way to read the column: how many of its filled cells fit, how many do not, and why.

    fits, misfits: cells (not distinct values). examples: of cells that do not fit.
    """

    decision: Decision
    fits: int
    misfits: int
    evidence: tuple[Note, ...] = ()
    examples: tuple[str, ...] = ()

    @property
    def kind(self) -> Kind:
        """The kind that the decision gives the column."""
        return self.decision.kind

    @property
    def share(self) -> float:
        """The share of filled cells that fit, from 0 to 1."""
        return self.fits / (self.fits + self.misfits) if self.fits else 0.0


@dataclass(frozen=True, slots=True)
class ColumnProfile:
    """What a whole column holds.

    count: rows. empties: cells with nothing in them. null_words: cells per word that stands for nothing.
    distinct: different values, exact where distinct_is_exact, else at least so many. frequent: most frequent first.
    minimum, maximum: as text under the best candidate. candidates: best first, never none. warnings: to be shown.
    mends: values that a spreadsheet program damaged, with what they were.
    """

    index: int
    name: str
    count: int
    empties: int
    null_words: dict[str, int]
    distinct: int
    distinct_is_exact: bool
    frequent: tuple[tuple[str, int], ...]
    minimum: str
    maximum: str
    candidates: tuple[Candidate, ...]
    warnings: tuple[Note, ...] = ()
    mends: dict[str, str] = field(default_factory=dict)

    @property
    def best(self) -> Candidate:
        """The reading that is suggested."""
        return self.candidates[0]

    @property
    def filled(self) -> int:
        """Cells that hold a value."""
        return self.count - self.empties - sum(self.null_words.values())

    def candidate(self, kind: Kind) -> Candidate | None:
        """The best candidate of that kind, if the column has one."""
        return next((one for one in self.candidates if one.kind == kind), None)
