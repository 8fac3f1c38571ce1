"""The events under a number: page by page, the latest first, each with what the meter takes from it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import TYPE_CHECKING
from uuid import UUID

from tenure.usage.domain.definitions import NEEDS_NUMBER, MeterDefinition
from tenure.usage.enums import Aggregation
from tenure.usage.errors import CursorMalformed
from tenure.usage.queries.columns import kept_in
from tenure.usage.queries.selecting import fence
from tenure.usage.queries.statement import PLACE, Statement, aware

if TYPE_CHECKING:
    from tenure.stream.store.client import EventStore
    from tenure.usage.queries.asking import Question
    from tenure.workspace.context import Context

LONGEST_VALUE = 200

# Where a page ends: time, seq, idx of its last event.
Place = tuple[datetime, int, int]


@dataclass(frozen=True, slots=True)
class CountedEvent:
    """An event that a meter counts. value: the number it takes, None where it takes none; text: what stands in the event."""

    time: datetime
    seq: int
    idx: int
    name: str
    subject: str
    user: str
    id: str
    source: UUID
    value: Decimal | None
    text: str
    properties: str

    @property
    def place(self) -> Place:
        """Where the next page begins after."""
        return self.time, self.seq, self.idx


def list_counted_events(
    ctx: Context,
    store: EventStore,
    definition: MeterDefinition,
    question: Question,
    *,
    after: Place | None = None,
    limit: int = 50,
) -> list[CountedEvent]:
    """Events of the question's period that the meter counts, the latest first."""
    return _listed(ctx, store, definition, question, [], after, limit)


def list_events_without_number(
    ctx: Context,
    store: EventStore,
    definition: MeterDefinition,
    question: Question,
    *,
    after: Place | None = None,
    limit: int = 50,
) -> list[CountedEvent]:
    """Events that the meter would count, were their value a number (or, for different values, any value at all)."""
    if definition.aggregation is Aggregation.COUNT:
        return []
    missing = "isNull(value)" if definition.aggregation in NEEDS_NUMBER else "empty(text)"
    return _listed(ctx, store, definition, question, [missing], after, limit)


def place_text(place: Place) -> str:
    """A place in the stream as a cursor."""
    time, seq, idx = place
    return f"{time.isoformat()}~{seq}~{idx}"


def read_place(text: str) -> Place | None:
    """The place that a cursor says; None for none. Raises CursorMalformed."""
    if not text:
        return None
    try:
        time, seq, idx = text.replace(" ", "+").split("~")
        place = datetime.fromisoformat(time), int(seq), int(idx)
    except ValueError as error:
        raise CursorMalformed from error
    if place[0].tzinfo is None or min(place[1:]) < 0 or place[1] >= 1 << 64 or place[2] >= 1 << 32:
        raise CursorMalformed
    return place


def _listed(
    ctx: Context,
    store: EventStore,
    definition: MeterDefinition,
    question: Question,
    more: list[str],
    after: Place | None,
    limit: int,
) -> list[CountedEvent]:
    statement = Statement(ctx.workspace.pk, kept_in(store).columns)
    number = statement.number(definition.value) if definition.aggregation in NEEDS_NUMBER else "NULL"
    text = f"substringUTF8({statement.field(definition.value)}, 1, {LONGEST_VALUE})" if definition.value else "''"
    conditions = [*fence(statement, question, question.period.start, question.period.end), statement.condition(definition), *more]
    if after is not None:
        time, seq, idx = after
        place = f"({statement.instant(time)}, {statement.bind('UInt64', seq)}, {statement.bind('UInt32', idx)})"
        conditions += [f"time <= {statement.instant(time)}", f"{PLACE} < {place}"]
    columns = f"time, seq, idx, toString(name), subject, user_id, id, source, {number} AS value, {text} AS text, properties"
    pieces = ["SELECT", columns, "FROM events WHERE", " AND ".join(conditions), "ORDER BY time DESC, seq DESC, idx DESC"]
    pieces += ["LIMIT", statement.bind("UInt32", limit)]
    rows = store.rows(" ".join(pieces), **statement.parameters)
    return [CountedEvent(aware(time), *row) for time, *row in rows]
