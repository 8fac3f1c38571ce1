"""Problems of a file, grouped by kind and column: how many rows, examples, the answers offered, and the values that may be meant."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from tenure.workspace.imports.columns import known_values
from tenure.workspace.imports.lookup import key_fields
from tenure.workspace.imports.plan import Answer, FilePlan
from tenure.workspace.records import FieldKind, record_types
from tenure.workspace.tabular.nearest import nearest_values

if TYPE_CHECKING:
    from tenure.workspace.context import Context
    from tenure.workspace.imports.columns import BoundColumn
    from tenure.workspace.imports.draft import Fault
    from tenure.workspace.imports.reader import DraftReader

_EXAMPLES = 5
_VALUES = 200
_KNOWN = 20_000
_UNKNOWN = {"unknown_value", "unknown_reference"}
_ENOUGH = 0.6


@dataclass(slots=True)
class Problem:
    """One kind of problem in one column. values: the commonest cells, bounded."""

    fault: Fault
    rows: int = 0
    examples: list[dict[str, Any]] = field(default_factory=list)
    values: Counter[str] = field(default_factory=Counter)

    def add(self, row: int, fault: Fault) -> None:
        """One more row."""
        self.rows += 1
        if len(self.examples) < _EXAMPLES:
            self.examples.append({"row": row, "value": fault.value})
        if fault.value in self.values or len(self.values) < _VALUES:
            self.values[fault.value] += 1


class Problems:
    """All problems of one file."""

    def __init__(self, ctx: Context, reader: DraftReader, plan: FilePlan) -> None:
        self._ctx = ctx
        self._reader = reader
        self._plan = plan
        self._found: dict[tuple[str, str], Problem] = {}
        self._brought: Callable[[str, str], Iterable[str]] = lambda _record, _field: ()

    def note(self, row: int, fault: Fault) -> Answer:
        """Count a fault; the plan's answer to it."""
        key = (fault.code, fault.column)
        if key not in self._found:
            self._found[key] = Problem(fault)
        self._found[key].add(row, fault)
        return self._answer_of(fault)

    def as_list(self, brought: Callable[[str, str], Iterable[str]]) -> list[dict[str, Any]]:
        """The problems as JSON values, the commonest first.

        brought: (record, field) to the names that files of this run bring, which may be meant as well as those that are there.
        """
        self._brought = brought
        ranked = sorted(self._found.values(), key=lambda problem: -problem.rows)
        return [self._plain(problem) for problem in ranked]

    def _plain(self, problem: Problem) -> dict[str, Any]:
        fault = problem.fault
        return {
            **fault.as_dict(),
            "rows": problem.rows,
            "examples": problem.examples,
            "answers": [str(answer) for answer in self._offered(fault)],
            "answer": str(self._answer_of(fault)),
            "corrections": self._corrections(problem) if fault.code in _UNKNOWN else [],
        }

    def _column(self, fault: Fault) -> BoundColumn | None:
        return next((column for column in self._reader.columns if column.name == fault.column), None)

    def _answer_of(self, fault: Fault) -> Answer:
        plan = self._plan.columns.get(fault.column)
        if plan is None or fault.code == "value_missing":
            return Answer.FAIL
        if fault.code in _UNKNOWN:
            return plan.unknown
        return Answer.FAIL if fault.code == "ambiguous_reference" else plan.unreadable

    def _offered(self, fault: Fault) -> list[Answer]:
        column = self._column(fault)
        if column is None or fault.code in ("value_missing", "ambiguous_reference"):
            return [Answer.FAIL]
        offered = [Answer.FAIL, Answer.SKIP]
        if not column.field.is_required:
            offered.append(Answer.EMPTY)
        if fault.code == "unknown_reference" and self._can_be_created(column):
            offered.append(Answer.CREATE)
        return offered

    def _can_be_created(self, column: BoundColumn) -> bool:
        target = record_types[column.field.references]
        required = {one.name for one in target.fields if one.is_required}
        return required == {"name"} and self._ctx.holds(target.create_permission)

    def _corrections(self, problem: Problem) -> list[dict[str, Any]]:
        """For each unknown value the known one that is probably meant."""
        column = self._column(problem.fault)
        if column is None:
            return []
        near = nearest_values(problem.values, self._known_to(column))
        return [
            {"value": value, "meant": suggestion.value, "confidence": suggestion.confidence, "rows": problem.values[value]}
            for value, suggestion in near.items()
            if suggestion.confidence >= _ENOUGH
        ]

    def _known_to(self, column: BoundColumn) -> Iterable[str]:
        field = column.field
        if field.kind is FieldKind.MEMBER or field.choices is not None:
            if field.choices is not None:
                return [str(choice.label) for choice in field.choices(self._ctx)]
            return [text for text, _ in known_values(self._ctx, self._reader.record, field)]
        target = record_types[field.references]
        names = [name for name in key_fields(target) if name != "external_id"] or key_fields(target)
        rows = target.model.objects.values_list(target.column_of(names[0]), flat=True)[:_KNOWN]
        return dict.fromkeys([*(str(name) for name in rows), *self._brought(target.name, names[0])])
