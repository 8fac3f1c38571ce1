"""A statement for the event store: what it asks is bound, never written into it.

Expressions are SQL made of this module's own words and of placeholders; whatever somebody typed (names, values, zones) is a parameter.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

from tenure.stream.store.property_columns import decimal_of
from tenure.usage.domain.definitions import EVENT_NAME, USER, WHO_IS_WHO, Filter, MeterDefinition
from tenure.usage.domain.numbers import PLACES, shown
from tenure.usage.enums import FilterOperator

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_COMPARED = {FilterOperator.LT: "<", FilterOperator.LTE: "<=", FilterOperator.GT: ">", FilterOperator.GTE: ">="}
_NEGATED = frozenset({FilterOperator.NE, FilterOperator.NOT_IN})
MOMENT = "toUnixTimestamp64Micro(time)"
PLACE = "(time, seq, idx)"


def microseconds(moment: datetime) -> int:
    """An instant as the store counts it."""
    return (moment - EPOCH) // timedelta(microseconds=1)


def aware(moment: datetime) -> datetime:
    """An instant as the store answers it: in UTC, whether it says so or not."""
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


class Statement:
    """Parameters of one statement, and the expressions over events that need them.

    columns: the store's column of each property that has one of its own (stream/store/property_columns.py).
    """

    def __init__(self, workspace_id: UUID, columns: Mapping[str, str] | None = None) -> None:
        """A statement over the events of one workspace."""
        self.parameters: dict[str, Any] = {"workspace": workspace_id}
        self._columns = columns or {}
        self._names: dict[tuple[str, object], str] = {}

    def bind(self, kind: str, value: Any) -> str:  # noqa: ANN401 - any value of a parameter
        """A placeholder of the ClickHouse type `kind` for `value`; the same value is bound once."""
        key = (kind, tuple(value) if isinstance(value, list) else value)
        name = self._names.get(key)
        if name is None:
            name = self._names[key] = f"b{len(self._names)}"
            self.parameters[name] = value
        return f"{{{name}:{kind}}}"

    def strings(self, values: object) -> str:
        """A placeholder for a list of texts."""
        return self.bind("Array(String)", [str(value) for value in values])  # type: ignore[attr-defined]

    def instant(self, moment: datetime) -> str:
        """An instant, to the microsecond."""
        return f"fromUnixTimestamp64Micro({self.bind('Int64', microseconds(moment))}, 'UTC')"

    def text(self, property_name: str) -> str:
        """A property's value as text, '' where there is none."""
        return f"JSONExtractString(properties, {self.bind('String', property_name)})"

    @property
    def all_columns(self) -> list[str]:
        """Everything an event has; `*` alone leaves out what the store makes of its properties."""
        return ["*", *self._columns.values()]

    def has_column(self, property_name: str) -> bool:
        """Whether the store keeps the property as a number by itself."""
        return property_name in self._columns

    def number(self, property_name: str) -> str:
        """A property's value as Nullable(Decimal(38, 12)), NULL where it is no number."""
        if property_name in self._columns:
            return self._columns[property_name]
        return decimal_of(self.bind("String", property_name))

    def field(self, name: str) -> str:
        """What a filter or a group key names, as text."""
        if name == EVENT_NAME:
            return "toString(name)"
        return "user_id" if name == USER else self.text(name)

    def named(self, definition: MeterDefinition) -> str:
        """Whether an event has one of the meter's names."""
        names = definition.events
        if not names:
            return f"name NOT IN {self.strings(WHO_IS_WHO)}"
        return f"name = {self.bind('String', names[0])}" if len(names) == 1 else f"name IN {self.strings(names)}"

    def condition(self, definition: MeterDefinition) -> str:
        """Whether the meter counts an event."""
        return " AND ".join([self.named(definition), *(self.holds(each) for each in definition.filters)])

    def holds(self, condition: Filter) -> str:
        """Whether a filter lets an event through: 0 or 1, never NULL. domain/evaluation.py says the same event by event."""
        if condition.values and isinstance(condition.values[0], Decimal):
            return self._holds_number(condition)
        text, operator = self.field(condition.field), condition.operator
        if operator is FilterOperator.EXISTS:
            return f"{text} != ''"
        if operator is FilterOperator.NOT_EXISTS:
            return f"{text} = ''"
        if operator is FilterOperator.CONTAINS:
            return f"({text} != '' AND position({text}, {self.bind('String', condition.values[0])}) > 0)"
        if operator in _COMPARED:
            return f"({text} != '' AND {text} {_COMPARED[operator]} {self.bind('String', condition.values[0])})"
        given = self.strings(value for value in condition.values if value != "")
        return f"NOT has({given}, {text})" if operator in _NEGATED else f"has({given}, {text})"

    def _holds_number(self, condition: Filter) -> str:
        number, operator = self.number(condition.field), condition.operator
        values = [
            f"toDecimal128({self.bind('String', shown(value))}, {PLACES})"
            for value in condition.values
            if isinstance(value, Decimal)
        ]
        if operator in _COMPARED:
            return f"ifNull({number} {_COMPARED[operator]} {values[0]}, 0)"
        if operator in (FilterOperator.EXISTS, FilterOperator.NOT_EXISTS, FilterOperator.CONTAINS):
            return "0"
        same = " OR ".join(f"{number} = {value}" for value in values)
        return f"NOT ifNull({same}, 0)" if operator in _NEGATED else f"ifNull({same}, 0)"
