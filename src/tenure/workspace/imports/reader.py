"""Rows of a file as drafts: every mapped cell read, required fields checked, the key taken."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from itertools import islice
from typing import TYPE_CHECKING, Any
from uuid import UUID

from tenure.kernel.errors import Invalid
from tenure.workspace.imports.columns import SKIP, BoundColumn, minor_units
from tenure.workspace.imports.draft import VALUE_MISSING, Draft, Fault, fault_of_row
from tenure.workspace.imports.errors import ColumnMissing, ConstantUnknown, FieldMappedTwice, FieldNotThere, RequiredFieldMissing
from tenure.workspace.imports.lookup import find_references
from tenure.workspace.imports.new_fields import fields_under
from tenure.workspace.imports.plan import ColumnPlan, EmptyCells, FilePlan
from tenure.workspace.records import FieldKind, record_types
from tenure.workspace.tabular.decisions import Decision, Kind
from tenure.workspace.tabular.errors import CellProblem
from tenure.workspace.tabular.notes import translatable as _
from tenure.workspace.tabular.rows import RowProblem
from tenure.workspace.tabular.words import folded

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tenure.workspace.context import Context
    from tenure.workspace.records import RecordField, RecordType
    from tenure.workspace.tabular.rows import Cell

_TEXT = Decision(Kind.TEXT)
_NOT_EXACT = _("“{value}” has more decimals than {currency}.")
_ANOTHER_CURRENCY = _("“{value}” is in {currency}, and the field holds {held}.")
ON_PURPOSE = "answer"


class DraftReader:
    """Reads rows under a plan. `columns` are bound to fields; `match_by` is the key field, "" where rows are always new.

    lacking: fields that every new record needs and no column brings: rows can only update.
    """

    def __init__(
        self,
        ctx: Context,
        record: RecordType,
        plan: FilePlan,
        header: Sequence[str],
        decisions: Mapping[str, Decision],
        *,
        name: str = "",
    ) -> None:
        self.record = record
        self.plan = plan
        known = {field.name: field for field in fields_under(ctx, record, plan)}
        _check(record, plan, header, known, name)
        places = {column: index for index, column in enumerate(header)}
        self.columns = [
            BoundColumn(ctx, record, known[one.field], column, places[column], one, decisions.get(column, _TEXT))
            for column, one in plan.columns.items()
        ]
        self.constants = {field: self._constant(ctx, known[field], text) for field, text in plan.constants.items()}
        self.match_by = self._match_by(known)
        self.natural = record.natural_key if not self.match_by and set(record.natural_key) <= plan.fields else ()
        self.names = sorted(
            plan.fields | {field.currency for field in known.values() if field.name in plan.fields and field.currency}
        )
        self.lacking = [field for field in known.values() if field.is_required and field.name not in plan.fields]
        self._required = [field for field in known.values() if field.is_required]
        self._money = [
            (field, self._currency_of(field))
            for field in known.values()
            if field.kind is FieldKind.MONEY and field.name in plan.fields
        ]
        self._workspace_currency = ctx.workspace.currency
        self._clears = plan.empty_cells is EmptyCells.CLEAR

    def draft(self, number: int, cells: Sequence[Cell]) -> Draft:
        """One row, read; its faults and its reason to be skipped are on it."""
        draft = Draft(number, cells)
        values = draft.values = dict(self.constants)
        for column in self.columns:
            cell = cells[column.index]
            value = column.memo.get(cell, self) if cell.__class__ is str else self
            if value is self:
                value = column.read(cell)
            if value is None:
                if self._clears:
                    values[column.field.name] = column.blank
            elif column.is_reference and value.__class__ is str:
                draft.references[column.field.name] = value
            elif value.__class__ is Fault:
                draft.faults.append(value)
            elif value is SKIP:
                draft.skip = ON_PURPOSE
            else:
                values[column.field.name] = value
        if self._money:
            self._settle_money(draft)
        self.check_required(draft)
        if self.match_by:
            value = values.get(self.match_by)
            draft.key = self.record.match_key(self.match_by, value)[1] if value not in (None, "") else None
        return draft

    def problem(self, problem: RowProblem) -> Draft:
        """A line that is no row of cells, as a faulty draft."""
        return Draft(problem.row, problem.cells, faults=[fault_of_row(problem)])

    def drafts(self, rows: Iterable[tuple[int, list[Cell]] | RowProblem]) -> list[Draft]:
        """A chunk of rows."""
        return [self.problem(row) if isinstance(row, RowProblem) else self.draft(*row) for row in rows]

    def chunks(self, rows: Iterator[tuple[int, list[Cell]] | RowProblem], size: int) -> Iterator[list[Draft]]:
        """All rows as chunks of drafts; the last one is shorter than `size`, empty where nothing is left."""
        is_over = False
        while not is_over:
            chunk = list(islice(rows, size))
            is_over = len(chunk) < size
            yield self.drafts(chunk)

    @property
    def told_apart_by(self) -> str:
        """What no two rows of the file may share: the field it is matched by, else the fields of the natural key; "" for nothing."""
        return self.match_by or "+".join(self.natural)

    def keys(self, rows: Iterable[tuple[int, list[Cell]] | RowProblem], name: str = "") -> Iterator[tuple[int, str]]:
        """(row, key) of every row that has a value in a key field, the one it is told apart by unless another is named."""
        name = name or self.told_apart_by
        if self.natural and name == self.told_apart_by:
            yield from self._natural_keys(rows)
            return
        column = next((one for one in self.columns if one.field.name == name), None)
        if column is None:
            return
        for row in rows:
            if isinstance(row, tuple):
                value = column.read(row[1][column.index])
                if isinstance(value, str | int | UUID) and value != "":
                    yield row[0], str(self.record.match_key(name, value)[1])

    def _natural_keys(self, rows: Iterable[tuple[int, list[Cell]] | RowProblem]) -> Iterator[tuple[int, str]]:
        by_field = {column.field.name: column for column in self.columns}
        for row in rows:
            if not isinstance(row, tuple):
                continue
            parts = [
                column.read(row[1][column.index]) if (column := by_field.get(name)) else self.constants[name]
                for name in self.natural
            ]
            if all(isinstance(part, str | date | UUID) and part != "" for part in parts):
                yield row[0], "\x1f".join(folded(str(part)) for part in parts)

    def _constant(self, ctx: Context, field: RecordField, text: str) -> Any:  # noqa: ANN401 - any field's value
        column = BoundColumn(ctx, self.record, field, field.name, -1, ColumnPlan(field.name), _TEXT)
        value = column.read(text)
        if column.is_reference and isinstance(value, str):
            return self._constant_reference(ctx, field, value)
        if isinstance(value, Fault):
            raise CellProblem("not_a_number", text, value.sentence())
        return value

    def _constant_reference(self, ctx: Context, field: RecordField, text: str) -> UUID:
        """The record that every row of the file refers to. Raises ConstantUnknown."""
        target = record_types[field.references]
        found = find_references(ctx, target, [text])
        if text not in found.ids:
            raise ConstantUnknown(field=str(field.label), record=str(target.label), value=text)
        return found.ids[text]

    def _match_by(self, known: Mapping[str, RecordField]) -> str:
        if self.plan.match_by is not None:
            return self.plan.match_by
        keys = [field.name for field in known.values() if field.is_key and field.name in self.plan.fields]
        return "external_id" if "external_id" in keys else keys[0] if keys else ""

    def check_required(self, draft: Draft) -> None:
        """Find out whether a field is empty that every record needs."""
        for field in self._required:
            name = field.name
            if (
                name in self.plan.fields
                and draft.values.get(name) in (None, "")
                and name not in draft.references
                and not draft.faults
            ):
                column = next((one.name for one in self.columns if one.field.name == name), "")
                draft.faults.append(Fault("value_missing", VALUE_MISSING, {"field": str(field.label)}, column))

    def _currency_of(self, field: RecordField) -> str | None:
        return next((one.decision.currency for one in self.columns if one.field.name == field.name), None)

    def _settle_money(self, draft: Draft) -> None:
        """Amounts become minor units of the row's currency, else the column's, else the workspace's."""
        for field, of_column in self._money:
            amount = draft.values.get(field.name)
            if amount is None:
                continue
            currency = draft.values.get(field.currency) or of_column or field.fixed_currency or self._workspace_currency
            if field.fixed_currency not in ("", currency):
                facts = {"value": str(amount), "currency": currency, "held": field.fixed_currency}
                draft.faults.append(Fault("another_currency", _ANOTHER_CURRENCY, facts, field.name, str(amount)))
                continue
            try:
                draft.values[field.name] = minor_units(amount, currency)
            except Invalid:
                draft.faults.append(
                    Fault("not_exact", _NOT_EXACT, {"value": str(amount), "currency": currency}, field.name, str(amount))
                )
            if field.currency:
                draft.values[field.currency] = currency


def check_plan(ctx: Context, record: RecordType, plan: FilePlan, header: Sequence[str], *, name: str) -> None:
    """Raise where the plan does not fit files with this header, or the record."""
    _check(record, plan, header, {field.name: field for field in fields_under(ctx, record, plan)}, name)


def _check(record: RecordType, plan: FilePlan, header: Sequence[str], known: Mapping[str, RecordField], name: str) -> None:
    """Raise where the plan does not fit the file or the record."""
    by_field: dict[str, str] = {}
    for column, one in plan.columns.items():
        if column not in header:
            raise ColumnMissing(name=name, column=column, columns=", ".join(header))
        if one.field in by_field:
            raise FieldMappedTwice(columns=f"{by_field[one.field]}, {column}", field=one.field)
        by_field[one.field] = column
    for wanted in (*by_field, *plan.constants, *([plan.match_by] if plan.match_by else [])):
        if wanted not in known:
            raise FieldNotThere(record=str(record.label), field=wanted)
    updates_only = plan.match_by and not known[plan.match_by].is_required and plan.match_by in plan.fields
    for field in known.values():
        if field.is_required and field.name not in plan.fields and not updates_only:
            raise RequiredFieldMissing(record=str(record.label), field=str(field.label))
