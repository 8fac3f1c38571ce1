"""Usage out of rollups (stream/store/rollups.py), where they say the same as the events: whole days from them, the rest event by event.

A day (UTC) on which a window begins or ends in the middle is read event by event. The rows of both have the same columns, so that what
follows is one statement: n (events), numbers, total, low, high.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING

from tenure.stream.store.rollups import DAY, KEYS, sums_of
from tenure.usage.domain.definitions import MeterDefinition
from tenure.usage.domain.numbers import PLACES
from tenure.usage.enums import Aggregation
from tenure.usage.queries.statement import Statement

if TYPE_CHECKING:
    from tenure.usage.queries.asking import Question

ROLLED_UP = frozenset({Aggregation.COUNT, Aggregation.SUM, Aggregation.MIN, Aggregation.MAX, Aggregation.AVERAGE})
_BY = ("account", "event")
_NAMES = ("n", "numbers", "total", "low", "high")
# With fewer whole days than others, two readings cost more than one.
_WHOLE_FOR_EACH_BROKEN = 2


@dataclass(frozen=True, slots=True)
class Days:
    """The days of a question. broken: those on which a window begins or ends in the middle."""

    first: date
    last: date
    broken: tuple[date, ...]


def is_rolled_up(definition: MeterDefinition) -> bool:
    """Whether a rollup says all that a meter counts."""
    return definition.aggregation in ROLLED_UP and not definition.filters and not definition.counts_before


def rolled_up_column(statement: Statement, definitions: Sequence[MeterDefinition]) -> str | None:
    """The one column that the meters add up, None where they only count."""
    return next((statement.number(each.value) for each in definitions if each.value), None)


def days_of(question: Question, bounds: Sequence[datetime]) -> Days | None:
    """The days of a question that a rollup can answer, None where it cannot or would not be faster."""
    asks_more = question.user or question.filters or any(key not in _BY for key in question.by)
    if asks_more or any(not span.is_whole for span in question.spans or ()):
        return None
    moments = [bound.astimezone(UTC) for bound in bounds]
    broken = sorted({each.date() for each in moments if each != each.replace(hour=0, minute=0, second=0, microsecond=0)})
    first, last = moments[0].date(), (moments[-1] - timedelta(microseconds=1)).date()
    whole = (last - first).days + 1 - len(broken)
    return Days(first, last, tuple(broken)) if whole > len(broken) * _WHOLE_FOR_EACH_BROKEN else None


def source(statement: Statement, column: str | None, days: Days, fence: Sequence[str], broken: Sequence[str]) -> str:
    """Rows of whole days and, of the broken ones, of events: subject, name, time, and the sums.

    fence: what every event fulfils, but for its time; broken: what those do that are read event by event, their time included.
    """
    conditions = [*fence, f"{DAY} >= {_day(statement, days.first)}", f"{DAY} <= {_day(statement, days.last)}"]
    if days.broken:
        conditions.append(f"{DAY} NOT IN ({_days(statement, days.broken)})")
    sums = [f"{expression} AS {name}" for expression, name in zip(sums_of(column), _NAMES, strict=False)]
    columns = ", ".join(["subject", "name", f"toDateTime64({DAY}, 6, 'UTC') AS moment", *sums])
    whole = f"SELECT {columns} FROM events WHERE {' AND '.join(conditions)} GROUP BY {KEYS}"  # noqa: S608 - our own words and placeholders
    named = "subject, name, moment AS time, * EXCEPT (subject, name, moment)"
    if not days.broken:
        return f"(SELECT {named} FROM ({whole}))"  # noqa: S608 - the same
    own = ["toUInt64(1)"]
    if column is not None:
        own += [f"toUInt64(isNotNull({column}))", f"toDecimal256({column}, {PLACES})", column, column]
    read = [*broken, f"{DAY} IN ({_days(statement, days.broken)})"]
    each = f"SELECT subject, name, time, {', '.join(own)} FROM events WHERE {' AND '.join(read)}"  # noqa: S608 - the same
    return f"(SELECT {named} FROM ({whole}) UNION ALL {each})"  # noqa: S608 - the same


def _day(statement: Statement, day: date) -> str:
    return f"toDate32({statement.bind('String', day.isoformat())})"


def _days(statement: Statement, days: Sequence[date]) -> str:
    return ", ".join(_day(statement, each) for each in days)
