"""How one file is read: record type, columns to fields, and the answers to what may be wrong. The mapping file's format.

Rule: imports/README.md, "The mapping file".
"""

from __future__ import annotations

import dataclasses
import enum
from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields, replace
from typing import Any

from tenure.workspace.custom_fields.catalog import PREFIX, key_of
from tenure.workspace.enums import CustomKind
from tenure.workspace.imports.errors import PlanInvalid
from tenure.workspace.tabular.decisions import DateOrder, Decision
from tenure.workspace.tabular.dialect import ReadOptions


class Duplicates(enum.StrEnum):
    """Which row counts where a key stands several times in a file."""

    LAST = "last"
    FIRST = "first"
    SKIP = "skip"


class EmptyCells(enum.StrEnum):
    """What an empty cell does to a record that is there."""

    LEAVE = "leave"
    CLEAR = "clear"


class Answer(enum.StrEnum):
    """What becomes of a row whose cell cannot be read or names what is not there."""

    FAIL = "fail"
    SKIP = "skip"
    EMPTY = "empty"
    CREATE = "create"


@dataclass(frozen=True, slots=True)
class NewField:
    """A custom field that the import makes before its first row, unless the record has one of that name already.

    choices: of a choice; empty takes the values of the column. currency: of amounts; empty takes the column's, else the workspace's.
    """

    label: str
    kind: str = CustomKind.TEXT.value
    choices: tuple[str, ...] = ()
    currency: str = ""

    @property
    def name(self) -> str:
        """The name of the record's field."""
        return PREFIX + key_of(self.label)


@dataclass(frozen=True, slots=True)
class ColumnPlan:
    """One column: the field it goes to, and what a person decided about reading it; None leaves it to what the column says.

    new_field: where the field is one that the import makes.

    corrections: cells as they stand to what is meant. unknown: for references and choices. unreadable: for everything else.
    """

    field: str
    corrections: Mapping[str, str] = dataclasses.field(default_factory=dict)
    unknown: Answer = Answer.FAIL
    unreadable: Answer = Answer.FAIL
    decimal_mark: str | None = None
    currency: str | None = None
    date_order: DateOrder | None = None
    zone: str | None = None
    null_words: tuple[str, ...] | None = None
    separator: str | None = None
    new_field: NewField | None = None

    def over(self, decision: Decision) -> Decision:
        """The column's decision with the person's laid over it."""
        names = ("decimal_mark", "currency", "date_order", "zone", "null_words", "separator")
        return replace(decision, **{name: getattr(self, name) for name in names if getattr(self, name) is not None})


@dataclass(frozen=True, slots=True)
class FilePlan:
    """One file. record: "" leaves the kind of record to be found by the columns. columns: header name to its plan; what is not named is left out. constants: field to the text every row gets.

    match_by: the key field by which rows meet records that are there; "" makes every row a new record; None chooses.
    read: encoding, delimiter, quote, header_row, sheet, where a person decided them.
    """

    record: str = ""
    columns: Mapping[str, ColumnPlan] = dataclasses.field(default_factory=dict)
    constants: Mapping[str, str] = dataclasses.field(default_factory=dict)
    match_by: str | None = None
    duplicates: Duplicates = Duplicates.LAST
    empty_cells: EmptyCells = EmptyCells.LEAVE
    read: Mapping[str, Any] = dataclasses.field(default_factory=dict)

    @property
    def options(self) -> ReadOptions:
        """How the file is to be opened."""
        return ReadOptions(**{name: value for name, value in self.read.items() if value is not None})

    @property
    def fields(self) -> set[str]:
        """The fields that rows bring."""
        return {plan.field for plan in self.columns.values()} | set(self.constants)

    def as_dict(self) -> dict[str, Any]:
        """Plain values for JSON, without what nobody decided."""
        columns = {name: _decided(asdict(plan)) for name, plan in self.columns.items()}
        return {**_decided(asdict(self)), "columns": columns}

    @classmethod
    def from_dict(cls, plain: Mapping[str, Any]) -> FilePlan:
        """The plan of a mapping file. Raises PlanInvalid, which names what it does not understand."""
        _refuse_unknown(plain, cls, "")
        try:
            columns = {name: _column_from(name, column) for name, column in plain.get("columns", {}).items()}
            return cls(
                record=plain.get("record", ""),
                columns=columns,
                constants={name: str(value) for name, value in plain.get("constants", {}).items()},
                match_by=plain.get("match_by"),
                duplicates=Duplicates(plain.get("duplicates", "last")),
                empty_cells=EmptyCells(plain.get("empty_cells", "leave")),
                read=_read_from(plain.get("read", {})),
            )
        except (KeyError, ValueError, AttributeError, TypeError) as error:
            raise PlanInvalid(reason=str(error)) from error


def _column_from(name: str, plain: Mapping[str, Any] | str) -> ColumnPlan:
    if isinstance(plain, str):
        return ColumnPlan(plain)
    _refuse_unknown(plain, ColumnPlan, f"{name}: ")
    read: dict[str, Any] = dict(plain)
    for key in ("unknown", "unreadable"):
        if key in read:
            read[key] = Answer(read[key])
    if read.get("date_order") is not None:
        read["date_order"] = DateOrder(read["date_order"])
    if read.get("null_words") is not None:
        read["null_words"] = tuple(read["null_words"])
    if read.get("new_field") is not None:
        read["new_field"] = _new_field_from(name, read["new_field"])
        read["field"] = read["new_field"].name
    return ColumnPlan(**read)


def _new_field_from(name: str, plain: Mapping[str, Any]) -> NewField:
    _refuse_unknown(plain, NewField, f"{name}: new_field: ")
    label, kind = str(plain.get("label") or name).strip()[:80], CustomKind(plain.get("kind", CustomKind.TEXT))
    return NewField(label, kind.value, tuple(str(one) for one in plain.get("choices", ())), str(plain.get("currency", "")))


def _read_from(plain: Mapping[str, Any]) -> dict[str, Any]:
    known = {"encoding", "delimiter", "quote", "header_row", "sheet"}
    if unknown := set(plain) - known:
        raise PlanInvalid(reason=f"read: {', '.join(sorted(unknown))}")
    return dict(plain)


def _refuse_unknown(plain: Mapping[str, Any], kind: type[Any], place: str) -> None:
    known = {one.name for one in fields(kind)}
    if unknown := set(plain) - known:
        raise PlanInvalid(reason=f"{place}{', '.join(sorted(unknown))}")


def _decided(plain: dict[str, Any]) -> dict[str, Any]:
    return {name: list(value) if isinstance(value, tuple) else value for name, value in plain.items() if value not in (None, {})}
