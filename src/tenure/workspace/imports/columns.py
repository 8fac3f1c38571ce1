"""A column bound to its field: from a cell to the field's value, with the person's corrections and answers applied."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.db import connection, models
from django.utils import translation

from tenure.kernel.money import Money
from tenure.workspace.imports.draft import OUT_OF_RANGE, TOO_LONG, UNKNOWN_VALUE, Fault, fault_of_cell
from tenure.workspace.imports.plan import Answer, ColumnPlan
from tenure.workspace.models import Member
from tenure.workspace.records import FieldKind
from tenure.workspace.tabular.decisions import Decision, Kind
from tenure.workspace.tabular.errors import CellProblem
from tenure.workspace.tabular.parsers import parser_for
from tenure.workspace.tabular.words import folded

if TYPE_CHECKING:
    from tenure.workspace.context import Context
    from tenure.workspace.records import RecordField, RecordType
    from tenure.workspace.tabular.rows import Cell

# Cells that come again come early. Each keeps two texts in memory, in each of the columns.
_MEMO = 5_000
_KINDS: dict[FieldKind, Kind] = {
    FieldKind.INTEGER: Kind.INTEGER,
    FieldKind.DECIMAL: Kind.DECIMAL,
    FieldKind.MONEY: Kind.DECIMAL,
    FieldKind.DATE: Kind.DATE,
    FieldKind.INSTANT: Kind.INSTANT,
    FieldKind.BOOLEAN: Kind.BOOLEAN,
    FieldKind.CHOICES: Kind.LIST,
    FieldKind.EMAIL: Kind.EMAIL,
    FieldKind.DOMAIN: Kind.URL,
}
_TEXTS = (
    FieldKind.TEXT,
    FieldKind.LONG_TEXT,
    FieldKind.EMAIL,
    FieldKind.DOMAIN,
    FieldKind.COUNTRY,
    FieldKind.CURRENCY,
    FieldKind.CHOICE,
)

Value = Any  # a field's typed value, None for an empty cell, a Fault, or SKIP


class _Skip:
    """The answer that a row with this cell is skipped."""


SKIP = _Skip()


class BoundColumn:
    """Reads the cells of one column (or one constant) for one field.

    is_reference: what `read` returns is text that names another record, to be found for a whole chunk at once.
    """

    def __init__(
        self, ctx: Context, record: RecordType, field: RecordField, name: str, index: int, plan: ColumnPlan, decision: Decision
    ) -> None:
        self.name = name
        self.index = index
        self.field = field
        self.plan = plan
        self.is_reference = field.kind is FieldKind.REFERENCE and field.choices is None
        self.is_lookup = field.choices is not None or field.kind is FieldKind.MEMBER
        self.blank: Any = [] if field.kind is FieldKind.CHOICES else "" if field.kind in _TEXTS else None
        self.memo: dict[str, Value] = {"": None}
        self.decision = plan.over(decision)
        self.kind = self._kind_of(field)
        self._parse = parser_for(self.kind, self.decision)
        self._known = dict(known_values(ctx, record, field)) if self.is_lookup else {}
        self._refine = _refinement(record, field)

    def _kind_of(self, field: RecordField) -> Kind:
        if field.kind is FieldKind.MONEY:
            return Kind.MONEY if self.decision.currency else Kind.DECIMAL
        if field.kind is FieldKind.DECIMAL and self.decision.kind is Kind.PERCENT:
            return Kind.PERCENT
        return _KINDS.get(field.kind, Kind.TEXT)

    def read(self, cell: Cell) -> Value:
        """The cell's value: None for empty, a Fault, or SKIP where the plan answers so. Remembers what it has read."""
        if cell.__class__ is not str:
            return self._read(cell)
        value = self._read(cell)
        if len(self.memo) < _MEMO:
            self.memo[str(cell)] = value
        return value

    def _read(self, cell: Cell) -> Value:
        if self.plan.corrections and isinstance(cell, str):
            cell = self.plan.corrections.get(cell.strip(), cell)
        try:
            value = self._parse(cell)
        except CellProblem as problem:
            return self._answered(self.plan.unreadable, fault_of_cell(problem, self.name))
        if value is None:
            return None
        if self.is_lookup:
            return self._looked_up(value)
        refined = self._refine(value)
        if isinstance(refined, Fault):
            fault = Fault(refined.code, refined.message, refined.facts, self.name, str(value)[:200])
            return self._answered(self.plan.unreadable, fault)
        return refined

    def _looked_up(self, value: Any) -> Value:  # noqa: ANN401 - text or a tuple of texts
        if isinstance(value, tuple):
            found = [self._known.get(folded(one)) for one in value]
            if None not in found:
                return found
        elif (known := self._known.get(folded(str(value)))) is not None:
            return known
        fault = Fault("unknown_value", UNKNOWN_VALUE, {"value": str(value)}, self.name, str(value)[:200])
        return self._answered(self.plan.unknown, fault)

    @staticmethod
    def _answered(answer: Answer, fault: Fault) -> Value:
        return None if answer is Answer.EMPTY else SKIP if answer is Answer.SKIP else fault


def known_values(ctx: Context, record: RecordType, field: RecordField) -> Iterable[tuple[str, Any]]:
    """What a cell may say for a choice or a member, without case and accents, and the value it stands for."""
    if field.kind is FieldKind.MEMBER:
        members = list(Member.objects.order_by("-state"))
        yield from ((folded(member.name), member.pk) for member in members)
        yield from ((folded(member.email), member.pk) for member in members)
        return
    assert field.choices is not None
    for language in ("en", ctx.language):
        with translation.override(language):
            for choice in field.choices(ctx):
                value = record.typed(field.name, choice.value)
                yield folded(str(choice.label)), value
                yield folded(str(choice.value)), value


def _refinement(record: RecordType, field: RecordField) -> Callable[[Any], Any]:
    """From a parsed value to what the record's column holds, or a Fault without its column."""
    if field.kind is FieldKind.CHOICES:
        return list
    if field.kind is FieldKind.INTEGER:
        return _within(_range_of(record, field))
    if field.kind is FieldKind.CURRENCY:
        return lambda value: str(value).upper()
    if field.kind in _TEXTS or field.kind is FieldKind.REFERENCE:
        return _no_longer_than(field.max_length)
    return lambda value: value


def _no_longer_than(limit: int) -> Callable[[Any], Any]:
    def check(value: Any) -> Any:  # noqa: ANN401
        return value if len(value) <= limit else Fault("too_long_for_field", TOO_LONG, {"length": len(value), "limit": limit})

    return check


def _within(bounds: tuple[int, int]) -> Callable[[Any], Any]:
    def check(value: int) -> Any:  # noqa: ANN401
        return value if bounds[0] <= value <= bounds[1] else Fault("out_of_range", OUT_OF_RANGE)

    return check


def _range_of(record: RecordType, field: RecordField) -> tuple[int, int]:
    column = record.column_of(field.name)
    for one in record.model._meta.concrete_fields:
        if one.attname == column and isinstance(one, models.IntegerField):
            low, high = connection.ops.integer_field_range(one.get_internal_type())
            return int(low or 0), int(high or 0)
    return -(2**63), 2**63 - 1


def minor_units(value: Decimal | Money, currency: str) -> int:
    """An amount in whole minor units of its currency. Raises Invalid where it has more decimals than the currency."""
    return value.minor if isinstance(value, Money) else Money.of(value, currency).minor
