"""Rows of a file as events, with everything that could not be taken or is worth knowing."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time
from decimal import Decimal
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from tenure.kernel.errors import FieldProblem, Invalid
from tenure.stream.ingest.accepting import Accepting, CallRefused, microseconds
from tenure.workspace.tabular.decisions import ColumnProfile, Decision, Kind
from tenure.workspace.tabular.errors import CellProblem
from tenure.workspace.tabular.parsers import Parser, parser_for
from tenure.workspace.tabular.profiling import profile
from tenure.workspace.tabular.rows import Cell, RowProblem
from tenure.workspace.tabular.table import Table, open_table

if TYPE_CHECKING:
    from pathlib import Path

    from tenure.stream.files.plan import EventFilePlan, Part, Through
    from tenure.stream.ingest.sources import Source

CHUNK_ROWS = 5_000
EXAMPLES = 5
_NUMBERS = {Kind.INTEGER, Kind.DECIMAL}


@dataclass(slots=True)
class Findings:
    """What came of the rows. Of each kind of trouble a count and some examples (row, text)."""

    rows: int = 0
    accepted: int = 0
    repeated: int = 0
    known: int = 0
    early: int = 0
    refused: dict[str, int] = field(default_factory=dict)
    examples: dict[str, list[tuple[int, str]]] = field(default_factory=dict)

    def note(self, code: str, row: int, text: str) -> None:
        """Keep an example."""
        kept = self.examples.setdefault(code, [])
        if len(kept) < EXAMPLES:
            kept.append((row, text))

    def refuse(self, code: str, row: int, text: str) -> None:
        """Count a row that is no event."""
        self.refused[code] = self.refused.get(code, 0) + 1
        self.note(code, row, text)


class EventFile:
    """A file under a plan, read as often as needed. Raises Invalid where columns are missing."""

    def __init__(self, path: Path, plan: EventFilePlan) -> None:
        """The whole file is read once, so that dates and numbers are decided over all rows."""
        self.table = open_table(path)
        self.plan = plan
        missing = sorted(plan.columns() - set(self.table.header))
        if missing:
            raise Invalid(
                FieldProblem(name, f"The file has no such column; it has {', '.join(self.table.header)}.") for name in missing
            )
        self.columns = {column.name: column for column in profile(self.table, zone=plan.zone)}
        self._place = {name: index for index, name in enumerate(self.table.header)}
        self._digest = _digest_of(path)
        self._read_time = _instants(self.columns[plan.time], plan)
        self._properties = [
            (self._place[column], name, _values(self.columns[column])) for column, name in plan.properties.items()
        ]
        self._through = _read_through(path, plan.account.through) if plan.account and plan.account.through else {}

    def chunks(self, source: Source, received_at: int, findings: Findings) -> Iterator[Accepting]:
        """Events of up to CHUNK_ROWS rows each; what is no event goes into the findings. An id that stands twice counts once, its first row."""
        seen: set[str] = set()
        accepting = Accepting(source, received_at)
        for row in self.table.rows():
            findings.rows += 1
            if isinstance(row, RowProblem):
                findings.refuse(row.code, row.row, str(row))
                continue
            number, cells = row
            self._accept(accepting, number, cells, seen, findings)
            if len(accepting.run.ids) >= CHUNK_ROWS:
                yield accepting
                accepting = Accepting(source, received_at)
        if accepting.run.ids:
            yield accepting

    def _accept(self, accepting: Accepting, number: int, cells: list[Cell], seen: set[str], findings: Findings) -> None:
        event_id = self._text(self.plan.id, number, cells) if self.plan.id else f"{self._digest}-{number}"
        try:
            at = self._read_time(cells[self._place[self.plan.time]])
            account = self._account(number, cells, at, findings)
            if event_id in seen:
                findings.repeated += 1
                findings.note("repeated", number, event_id)
                return
            accepting.accept(
                id=event_id,
                name=self._text(self.plan.name, number, cells),
                user_id=self._text(self.plan.user, number, cells),
                anonymous_id=self._text(self.plan.visitor, number, cells),
                group_id=account,
                client_time=microseconds(at),
                properties=_as_json({name: read(cells[place]) for place, name, read in self._properties}),
                context=b'{"file":%d}' % number,
            )
        except CallRefused as refused:
            findings.refuse(refused.code, number, refused.reason)
        except CellProblem as problem:
            findings.refuse(problem.problem, number, str(problem))
        else:
            seen.add(event_id)
            findings.accepted += 1

    def _account(self, number: int, cells: list[Cell], at: datetime, findings: Findings) -> str:
        part = self.plan.account
        if part is None or part.through is None:
            return self._text(part, number, cells)
        cell = self._text(part, number, cells)
        account, starts = self._through.get(cell, ("", None))
        if not account:
            raise CallRefused("account_not_found", f"{part.through.file} has no {part.through.key} {cell!r}.")
        if starts is not None and at.date() < starts:
            findings.early += 1
            findings.note("early", number, f"{at.date()} < {starts}")
        return account

    def _text(self, part: Part | None, number: int, cells: list[Cell]) -> str:
        if part is None:
            return ""
        if part.column:
            return str(cells[self._place[part.column]]).strip()
        return f"{part.spread_prefix}{number % part.spread_over}" if part.spread_over else part.constant


def _instants(column: ColumnProfile, plan: EventFilePlan) -> Callable[[Cell], datetime]:
    """A reader of the time's column: instants, or civil days as their midnight in the plan's zone."""
    found = column.candidate(Kind.INSTANT) or column.candidate(Kind.DATE)
    decision = found.decision if found else Decision(Kind.INSTANT, zone=plan.zone)
    if plan.date_order is not None:
        decision = Decision(**{**_fields(decision), "date_order": plan.date_order})
    parse, zone = parser_for(decision.kind, decision), ZoneInfo(plan.zone)

    def read(cell: Cell) -> datetime:
        value = parse(cell)
        if isinstance(value, datetime):
            return value.astimezone(UTC)
        if isinstance(value, date):
            return datetime.combine(value, time.min, zone).astimezone(UTC)
        raise CallRefused("time_missing", "The row says no time.")

    return read


def _values(column: ColumnProfile) -> Parser:
    """A reader of a property: numbers and yes-or-no as such, everything else as text."""
    kind = column.best.kind
    if kind in _NUMBERS or kind is Kind.BOOLEAN:
        return parser_for(kind, column.best.decision)
    return parser_for(Kind.TEXT, column.best.decision)


def _read_through(path: Path, through: Through) -> dict[str, tuple[str, date | None]]:
    """Key -> (account, first day) of the other file, which lies beside the first."""
    table: Table = open_table(path.with_name(through.file))
    place = {name: index for index, name in enumerate(table.header)}
    starts: Callable[[Cell], Any] = lambda _cell: None  # noqa: E731 - one of two
    if through.starts:
        column = next(one for one in profile(table) if one.name == through.starts)
        starts = parser_for(Kind.DATE, (column.candidate(Kind.DATE) or column.best).decision)
    return {
        str(cells[place[through.key]]): (
            str(cells[place[through.value]]),
            starts(cells[place[through.starts]]) if through.starts else None,
        )
        for _number, cells in (row for row in table.rows() if not isinstance(row, RowProblem))
    }


def _fields(decision: Decision) -> dict[str, Any]:
    return {name: getattr(decision, name) for name in Decision.__dataclass_fields__}


def _as_json(values: dict[str, Any]) -> bytes:
    """Properties as JSON; decimals are written as they are, never through a float. Empty cells are left out."""
    parts = [f"{json.dumps(name)}:{_json(value)}" for name, value in values.items() if value is not None]
    return ("{" + ",".join(parts) + "}").encode()


def _json(value: Any) -> str:  # noqa: ANN401 - any parsed cell
    if isinstance(value, Decimal):
        return f"{value:f}"
    return json.dumps(value if isinstance(value, bool | int) else str(value), ensure_ascii=False)


def _digest_of(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()[:16]
