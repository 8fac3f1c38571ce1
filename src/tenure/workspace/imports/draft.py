"""One row on its way into a record: what was read of it, and what is wrong with it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

from django.utils.translation import gettext

from tenure.kernel.errors import DomainError
from tenure.workspace.tabular.errors import CellProblem
from tenure.workspace.tabular.notes import translatable as _
from tenure.workspace.tabular.rows import Cell, RowProblem


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with a row: in which column (empty: the row as a whole), which value, and what to do about it.

    message, remedy: English templates over facts, translated when they are shown.
    """

    code: str
    message: str
    facts: dict[str, Any] = field(default_factory=dict)
    column: str = ""
    value: str = ""
    remedy: str = ""

    def sentence(self) -> str:
        """Column, problem and remedy in the language that is active now."""
        said = [gettext(self.message).format_map(_Open(self.facts))]
        if self.remedy:
            said.append(gettext(self.remedy).format_map(_Open(self.facts)))
        return f"{self.column}: {' '.join(said)}" if self.column else " ".join(said)

    def as_dict(self) -> dict[str, Any]:
        """Plain values for JSON."""
        plain = asdict(self)
        plain["facts"] = {
            name: value if isinstance(value, int | str | bool) else str(value) for name, value in self.facts.items()
        }
        return {name: value for name, value in plain.items() if value}

    @classmethod
    def from_dict(cls, plain: dict[str, Any]) -> Fault:
        """The fault that `as_dict` wrote."""
        return cls(**plain)


class _Open(dict[str, Any]):
    def __missing__(self, key: str) -> str:
        return "{" + key + "}"


UNKNOWN_VALUE = _("“{value}” is not known here.")
UNKNOWN_REFERENCE = _("There is no {record} “{value}”, and none came with this import.")
AMBIGUOUS_REFERENCE = _("“{value}” names more than one {record}.")
VALUE_MISSING = _("The field {field} is needed and the cell is empty.")
TOO_LONG = _("The text has {length} characters; at most {limit} fit.")
OUT_OF_RANGE = _("The number is too large for this field.")
TAKEN = _("Another record has this value already.")
AGAINST_RULE = _("The database refuses the row: {reason}.")


@dataclass(slots=True)
class Draft:
    """One row: values by field, references by field as they stand in the file, its key, its faults, or why it is skipped."""

    row: int
    cells: Sequence[Cell]
    values: dict[str, Any] = field(default_factory=dict)
    references: dict[str, str] = field(default_factory=dict)
    key: Any = None
    faults: list[Fault] = field(default_factory=list)
    skip: str = ""


@dataclass(slots=True)
class Settled:
    """What became of a chunk of rows. skips: count by reason. faulty and waiting are put aside."""

    created: int = 0
    updated: int = 0
    unchanged: int = 0
    skips: Counter[str] = field(default_factory=Counter)
    faulty: list[Draft] = field(default_factory=list)
    waiting: list[Draft] = field(default_factory=list)

    @property
    def count(self) -> int:
        """Rows that came to an end."""
        return self.created + self.updated + self.unchanged + self.skips.total() + len(self.faulty)


def fault_of_cell(problem: CellProblem, column: str) -> Fault:
    """A cell that cannot be read."""
    return Fault(problem.problem, problem.message, dict(problem.facts), column, str(problem.value), problem.remedy_template)


def fault_of_row(problem: RowProblem) -> Fault:
    """A line that is no row of cells."""
    return Fault(problem.code, problem.message, dict(problem.facts))


def fault_of_error(error: Exception) -> Fault:
    """A rule of the domain or of the database that stands against the row."""
    if isinstance(error, DomainError):
        return Fault(error.code, error.message, dict(error.facts))
    cause = error.__cause__
    if getattr(cause, "sqlstate", "") == "23505":
        return Fault("taken", TAKEN)
    if getattr(cause, "sqlstate", "").startswith("22"):
        return Fault("out_of_range", OUT_OF_RANGE)
    diagnosis = getattr(cause, "diag", None)
    reason = getattr(diagnosis, "constraint_name", None) or getattr(diagnosis, "message_primary", None) or type(error).__name__
    return Fault("against_rule", AGAINST_RULE, {"reason": reason})
