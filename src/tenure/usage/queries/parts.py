"""What the store adds up for a meter, and how the usage comes of it.

A part is asked of events, subject by subject where usage is asked by account (`state`), merged over the subjects of an account (`merged`),
or asked at once (`whole`). All divisions are made here, once, over exact numbers.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from fractions import Fraction
from zoneinfo import ZoneInfo

from tenure.usage.domain.definitions import MeterDefinition
from tenure.usage.domain.numbers import PLACES, mean, settled
from tenure.usage.domain.windows import days_left, last_day
from tenure.usage.enums import Aggregation
from tenure.usage.queries.statement import MOMENT, PLACE, Statement, microseconds


@dataclass(frozen=True, slots=True)
class Part:
    """One column: asked at once, or as a state per subject that `merge` makes whole (`{}` is the state's column)."""

    whole: str
    state: str
    merge: str


def parts_of(  # noqa: PLR0911 - one line an aggregation
    statement: Statement, definition: MeterDefinition, condition: str, end: datetime, zone: ZoneInfo
) -> list[Part]:
    """The columns that the meter needs. end: of the period; levels are weighed by how long they last until then."""
    if definition.aggregation is Aggregation.COUNT:
        return [_part(f"countIf({condition})", "sum")]
    if definition.aggregation is Aggregation.UNIQUE_COUNT:
        # What `if` does not need is not read out of the text.
        text = f"if({condition}, {statement.field(definition.value)}, '')"
        arguments = f"({text}, {text} != '')"
        return [Part(f"uniqExactIf{arguments}", f"uniqExactStateIf{arguments}", "uniqExactMerge({})")]
    number = statement.number(definition.value)
    if not statement.has_column(definition.value):
        number = f"if({condition}, {number}, NULL)"
    wide = f"toDecimal256({number}, {PLACES})"
    total = _part(f"sumIf({wide}, {condition})", "sum")
    match definition.aggregation:
        case Aggregation.MAX:
            return [_part(f"maxIf({number}, {condition})", "max")]
        case Aggregation.MIN:
            return [_part(f"minIf({number}, {condition})", "min")]
        case Aggregation.AVERAGE:
            return [total, _part(f"countIf(({condition}) AND isNotNull({number}))", "sum")]
        case Aggregation.LATEST:
            latest = f"argMaxIf(({number}, {PLACE}), {PLACE}, ({condition}) AND isNotNull({number}))"
            return [Part(f"({latest}).1", latest, "(argMaxIf({0}, ({0}).2, isNotNull(({0}).1))).1")]
        case Aggregation.WEIGHTED_SUM:
            left = f"({statement.bind('Int64', microseconds(end))} - {MOMENT})"
            return [total, _part(f"sumIf({wide} * {left}, {condition})", "sum")]
        case Aggregation.PRORATED_RECURRING_SUM:
            last = statement.bind("Int64", last_day(end, zone).toordinal() - _EPOCH_DAY)
            left = f"({last} - toInt64(toInt32(toDate32(time, {statement.bind('String', zone.key)}))) + 1)"
            return [total, _part(f"sumIf({wide} * {left}, {condition})", "sum")]
        case _:
            return [total]


def parts_of_rollup(aggregation: Aggregation, condition: str) -> list[Part]:
    """The same columns for a meter of what happened within the windows, out of a rollup (rollup.py)."""
    match aggregation:
        case Aggregation.COUNT:
            return [_part(f"sumIf(n, {condition})", "sum")]
        case Aggregation.MAX:
            return [_part(f"maxIf(high, {condition})", "max")]
        case Aggregation.MIN:
            return [_part(f"minIf(low, {condition})", "min")]
        case Aggregation.AVERAGE:
            return [_part(f"sumIf(total, {condition})", "sum"), _part(f"sumIf(numbers, {condition})", "sum")]
        case _:
            return [_part(f"sumIf(total, {condition})", "sum")]


_EPOCH_DAY = datetime(1970, 1, 1).toordinal()  # noqa: DTZ001 - a civil day


def _part(whole: str, merge: str) -> Part:
    return Part(whole, whole, merge + "({})")


def values_of(
    definition: MeterDefinition,
    found: Sequence[Sequence[object] | None],
    before: object,
    bounds: Sequence[datetime],
    zone: ZoneInfo,
) -> list[Decimal | None]:
    """The usage in each window. found: the parts of each window, None where the store has none; before: the total before the first."""
    if definition.is_level:
        return _levels(definition, found, before, bounds, zone)
    read = reader_of(definition)
    return [read(parts or _NO_PARTS) for parts in found]


def reader_of(definition: MeterDefinition) -> Callable[[Sequence[object]], Decimal | None]:
    """How the parts of one window become the value of a meter of what happened within it."""
    nothing = Decimal(0) if definition.is_zero_for_nothing else None
    if definition.aggregation is Aggregation.AVERAGE:
        return _average_of

    def read(parts: Sequence[object]) -> Decimal | None:
        first = parts[0]
        if first is None:
            return nothing
        return first if isinstance(first, Decimal) else Decimal(first) if isinstance(first, int) else nothing

    return read


_NO_PARTS = (None, None)


def _average_of(parts: Sequence[object]) -> Decimal | None:
    total, count = parts
    return mean(total, count) if isinstance(total, Decimal) and isinstance(count, int) and count else None


def _levels(
    definition: MeterDefinition,
    found: Sequence[Sequence[object] | None],
    before: object,
    bounds: Sequence[datetime],
    zone: ZoneInfo,
) -> list[Decimal | None]:
    level, end, values = _exact(before), bounds[-1], []
    for position, parts in enumerate(found):
        change = _exact(parts[0] if parts else 0)
        weighed = _exact(parts[1] if parts and len(parts) > 1 else 0)
        opens, closes = bounds[position], bounds[position + 1]
        if definition.aggregation is Aggregation.WEIGHTED_SUM:
            lasts = microseconds(closes) - microseconds(opens)
            inside = weighed - change * (microseconds(end) - microseconds(closes))
            values.append(settled(level + inside / lasts))
        elif definition.aggregation is Aggregation.PRORATED_RECURRING_SUM:
            inside = weighed - change * (last_day(end, zone) - last_day(closes, zone)).days
            values.append(settled(level + inside / days_left(opens, closes, zone)))
        else:
            values.append(settled(level + change))
        level += change
    return list(values)


def _exact(value: object) -> Fraction:
    return Fraction(value) if isinstance(value, int | Decimal) else Fraction(0)
