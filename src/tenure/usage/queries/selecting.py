"""The statement behind a question: one pass over the events, by subject first where usage is asked by account."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise
from typing import TYPE_CHECKING, Any
from uuid import UUID

from tenure.usage.domain.definitions import ADD, REMOVE, MeterDefinition
from tenure.usage.queries import rollup, whose
from tenure.usage.queries.columns import kept_in
from tenure.usage.queries.parts import Part, parts_of, parts_of_rollup
from tenure.usage.queries.statement import MOMENT, Statement, microseconds

if TYPE_CHECKING:
    from tenure.stream.store.client import EventStore
    from tenure.usage.queries.asking import Question
    from tenure.workspace.context import Context

BEFORE = -1


@dataclass(frozen=True, slots=True)
class Selection:
    """A statement whose rows are keys, window, parts. widths: how many parts each meter has.

    window_of: the position of the window by the number in the row; None where the row has the position itself.
    """

    sql: str
    parameters: dict[str, Any]
    widths: list[int]
    window_of: dict[int, int] | None


def select(
    ctx: Context, store: EventStore, definitions: Sequence[MeterDefinition], question: Question, bounds: tuple[datetime, ...]
) -> Selection:
    """One statement for meters of one shape (asking.py says which go together)."""
    statement = Statement(ctx.workspace.pk, kept_in(store).columns)
    window, window_of = _window(statement, bounds)
    if definitions[0].counts_before:
        window = f"if(time < {statement.instant(bounds[0])}, {BEFORE}, {window})"
    keys = [_key(statement, name) for name in question.by]
    shape = _Shape(ctx, store, statement, question, keys, window)
    where = _where(statement, definitions, question, bounds)
    if definitions[0].operation:
        return Selection(shape.present(definitions[0], where), statement.parameters, [1], window_of)
    grouped = [parts_of(statement, each, statement.condition(each), bounds[-1], question.zone_for(each)) for each in definitions]
    read = _Read("events", where, [part for parts in grouped for part in parts])
    sql = shape.parts(_from_rollup(store, statement, definitions, question, bounds) or read, read)
    return Selection(sql, statement.parameters, [len(parts) for parts in grouped], window_of)


@dataclass(frozen=True, slots=True)
class _Read:
    """Where rows are read, which of them, and the parts asked of them."""

    source: str
    where: str
    parts: list[Part]


def _from_rollup(
    store: EventStore,
    statement: Statement,
    definitions: Sequence[MeterDefinition],
    question: Question,
    bounds: Sequence[datetime],
) -> _Read | None:
    """The same out of a rollup, None where none says it."""
    if not all(rollup.is_rolled_up(each) for each in definitions):
        return None
    column = rollup.rolled_up_column(statement, definitions)
    days = rollup.days_of(question, bounds) if kept_in(store).rolls_up(column) else None
    if days is None:
        return None
    fences = [_conditions(statement, definitions, question, start, end) for start, end in ((None, None), (bounds[0], bounds[-1]))]
    source = rollup.source(statement, column, days, *fences)
    return _Read(source, "", [part for each in definitions for part in parts_of_rollup(each.aggregation, statement.named(each))])


def _conditions(
    statement: Statement, definitions: Sequence[MeterDefinition], question: Question, start: datetime | None, end: datetime | None
) -> list[str]:
    """What every event of the answer fulfils, between two instants."""
    conditions = fence(statement, question, start, end)
    if all(each.events for each in definitions):
        names = sorted({name for each in definitions for name in each.events})
        conditions.append(f"name IN {statement.strings(names)}")
    return conditions


def _where(statement: Statement, definitions: Sequence[MeterDefinition], question: Question, bounds: Sequence[datetime]) -> str:
    """What every event of the answer fulfils."""
    start = None if definitions[0].counts_before else bounds[0]
    return " AND ".join(_conditions(statement, definitions, question, start, bounds[-1]))


def fence(statement: Statement, question: Question, start: datetime | None, end: datetime | None) -> list[str]:
    """The conditions of a question, without the meters' own. The workspace stands first."""
    conditions = ["workspace = {workspace:UUID}"]
    if question.spans is not None:
        conditions.append(whose.theirs(statement, question.spans))
    if start is not None:
        conditions.append(f"time >= {statement.instant(start)}")
    if end is not None:
        conditions.append(f"time < {statement.instant(end)}")
    if question.user:
        conditions.append(f"user_id = {statement.bind('String', question.user)}")
    return [*conditions, *(statement.holds(each) for each in question.filters)]


def _key(statement: Statement, name: str) -> str | None:
    """The expression of a key; None for the account, which is no column of events."""
    if name == "account":
        return None
    if name == "event":
        return "toString(name)"
    return "user_id" if name == "user" else statement.text(name.removeprefix("property:"))


def _window(statement: Statement, bounds: tuple[datetime, ...]) -> tuple[str, dict[int, int] | None]:
    """In which window an event lies: by division where all windows last equally long, else by search among their starts."""
    starts = [microseconds(bound) for bound in bounds]
    lengths = {later - sooner for sooner, later in pairwise(starts[:-1])}
    if len(starts) == 2:  # noqa: PLR2004 - one window
        return "0", None
    if len(lengths) == 1 and starts[-1] - starts[-2] <= max(lengths):
        return f"intDiv({MOMENT} - {statement.bind('Int64', starts[0])}, {statement.bind('Int64', lengths.pop())})", None
    search = f"roundDown({MOMENT}, {statement.bind('Array(Int64)', starts[:-1])})"
    return search, {start: position for position, start in enumerate(starts[:-1])}


@dataclass(frozen=True, slots=True)
class _Shape:
    """The frame of a statement: which keys, which windows, and how an event finds its account."""

    ctx: Context
    store: EventStore
    statement: Statement
    question: Question
    keys: list[str | None]
    window: str

    @property
    def by_account(self) -> bool:
        return None in self.keys

    def parts(self, read: _Read, events: _Read) -> str:
        """The parts of every combination of keys and window. events: the same as `read`, event by event."""
        if not self.by_account:
            columns = self._own([f"{part.whole} AS p{position}" for position, part in enumerate(read.parts)])
            return _select(columns, read.source, read.where, [*self._own_names(), "w"])
        merged = [part.merge.format(f"p{position}") for position, part in enumerate(read.parts)]
        names = [*self._names(), "w"]
        return _select([*names, *merged], f"({self._states(read, events)})", self._only(), names)

    def _states(self, read: _Read, events: _Read) -> str:
        """(account, keys, window, states): by subject, then joined; subjects that have moved event by event."""
        merged = whose.merged_accounts(self.ctx)
        own_names = [*self._own_names(), "w"]
        states = _states_of(read)
        by_subject = _select(["subject", *self._own(states)], read.source, read.where, ["subject", *own_names])
        owners = whose.owners(self.statement, merged)
        joined = f"({by_subject}) AS part LEFT JOIN ({owners}) AS owner ON owner.subject = part.subject"
        columns = ["owner.account AS account", *own_names, *(f"p{position}" for position in range(len(states)))]
        if not whose.has_moved(self.store, self.statement):
            return _select(columns, joined)
        moved = whose.moved(self.statement)
        tied = self._tied(f"{events.where} AND subject IN ({moved})", merged)
        each = _select(["account", *self._own(_states_of(events))], tied, "", ["account", *own_names])
        return f"{_select(columns, joined, f'part.subject NOT IN ({moved})')} UNION ALL {each}"

    def present(self, definition: MeterDefinition, where: str) -> str:
        """How many values came and went in each window: +1 where one is added that was not there, -1 where it is removed."""
        statement = self.statement
        operation = statement.text(definition.operation)
        source = f"({_select(statement.all_columns, 'events', where)}) AS event"
        if self.by_account:
            source = self._tied(where, whose.merged_accounts(self.ctx))
        columns = [
            *(["account"] if self.by_account else []),
            *self._own([f"{statement.field(definition.value)} AS value"]),
            f"toInt64({operation} = {statement.bind('String', ADD)}) AS added",
            *("time", "seq", "idx"),
        ]
        told = f"{statement.condition(definition)} AND value != '' AND {operation} IN {statement.strings([ADD, REMOVE])}"
        names = self._names()
        frame = "ORDER BY time, seq, idx ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING"
        over = f"(PARTITION BY {', '.join([*names, 'value'])} {frame})"
        step = f"added - lagInFrame(added, 1, toInt64(0)) OVER {over} AS step"
        steps = _select([*names, "w", step], f"({_select(columns, source, told)})")
        return _select([*names, "w", "sum(step)"], f"({steps})", self._only(), [*names, "w"])

    def _tied(self, where: str, merged: dict[UUID, UUID]) -> str:
        """Events with the account that their subject was at their time."""
        ties = _select(["subject AS tied", "since", "account"], f"({whose.moves(self.statement, merged)})")
        events = _select(self.statement.all_columns, "events", where)
        return f"({events}) AS event ASOF LEFT JOIN ({ties}) AS tie ON event.subject = tie.tied AND event.time >= tie.since"

    def _only(self) -> str:
        if not self.by_account or self.question.accounts is None:
            return ""
        return f"account IN {self.statement.bind('Array(UUID)', list(self.question.accounts))}"

    def _names(self) -> list[str]:
        return ["account" if key is None else f"k{position}" for position, key in enumerate(self.keys)]

    def _own_names(self) -> list[str]:
        return [f"k{position}" for position, key in enumerate(self.keys) if key is not None]

    def _own(self, columns: list[str]) -> list[str]:
        own = [f"{key} AS k{position}" for position, key in enumerate(self.keys) if key is not None]
        return [*own, f"{self.window} AS w", *columns]


def _states_of(read: _Read) -> list[str]:
    return [f"{part.state} AS p{position}" for position, part in enumerate(read.parts)]


def _select(columns: Sequence[str], source: str, where: str = "", group: Sequence[str] = ()) -> str:
    """A SELECT of expressions that this room has made; what anybody typed is a placeholder in them."""
    pieces = ["SELECT", ", ".join(columns), "FROM", source]
    if where:
        pieces += ["WHERE", where]
    if group:
        pieces += ["GROUP BY", ", ".join(group)]
    return " ".join(pieces)
