"""Definitions as JSON: how versions keep them, and what a definition that was sent lacks.

Numbers stand as texts, so that no digit is lost.
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from tenure.kernel.errors import FieldProblem
from tenure.usage.domain import definitions
from tenure.usage.domain.definitions import Filter, MeterDefinition
from tenure.usage.domain.numbers import number_of, shown
from tenure.usage.domain.unit_conversion import UnitConversion
from tenure.usage.domain.windows import zone_of
from tenure.usage.enums import Aggregation, FilterOperator, UnitRounding, WindowSize
from tenure.usage.errors import DefinitionInvalid, ZoneUnknown

MAX_NAMES, MAX_FILTERS, MAX_VALUES, MAX_KEYS, MAX_LENGTH = 50, 20, 200, 4, 200
_ONE_VALUE = frozenset(
    {FilterOperator.EQ, FilterOperator.NE, FilterOperator.CONTAINS, *definitions.NUMERIC_OPERATORS},
)
_NO_VALUE = frozenset({FilterOperator.EXISTS, FilterOperator.NOT_EXISTS})


def definition_json(definition: MeterDefinition) -> dict[str, Any]:
    """The definition as plain JSON values."""
    unit = definition.unit
    return {
        "aggregation": str(definition.aggregation),
        "events": list(definition.events),
        "value": definition.value,
        "operation": definition.operation,
        "filters": [filter_json(each) for each in definition.filters],
        "group_by": list(definition.group_by),
        "bucket": str(definition.bucket) if definition.bucket else None,
        "carries_over": definition.carries_over,
        "zone": definition.zone,
        "unit": {"divide_by": shown(unit.divide_by), "round": str(unit.rounding)} if unit else None,
    }


def filter_json(condition: Filter) -> dict[str, Any]:
    """A filter as plain JSON values."""
    numeric = bool(condition.values) and isinstance(condition.values[0], Decimal)
    values = [shown(value) if isinstance(value, Decimal) else value for value in condition.values]
    return {"field": condition.field, "operator": str(condition.operator), "values": values, "as_number": numeric}


def read_definition(raw: Mapping[str, Any]) -> MeterDefinition:
    """The definition that JSON values describe. Raises DefinitionInvalid, which names every part that is wrong."""
    reading = _Reading(raw)
    definition = reading.definition()
    problems = [*reading.problems, *_problems_of(definition)]
    if problems:
        raise DefinitionInvalid(problems, problem=problems[0].message)
    return definition


def read_filter(raw: Mapping[str, Any], path: str = "filters") -> Filter:
    """One filter, as definitions have them and questions add them. Raises DefinitionInvalid."""
    reading = _Reading({"filters": [raw]})
    found = reading.filters()
    problems = [*reading.problems, *(problem for each in found for problem in _problems_of_filter(each, path))]
    if problems:
        raise DefinitionInvalid(problems, problem=problems[0].message)
    return found[0]


class _Reading:
    """Typed values out of JSON, with a problem for each that is of the wrong kind."""

    def __init__(self, raw: Mapping[str, Any]) -> None:
        self.raw = raw
        self.problems: list[FieldProblem] = []

    def definition(self) -> MeterDefinition:
        bucket = self._choice("bucket", WindowSize, None)
        return MeterDefinition(
            aggregation=self._choice("aggregation", Aggregation, Aggregation.COUNT, required=True) or Aggregation.COUNT,
            events=self._texts("events", MAX_NAMES),
            value=self._text("value"),
            operation=self._text("operation"),
            filters=self.filters(),
            group_by=self._texts("group_by", MAX_KEYS),
            bucket=bucket,
            carries_over=self.raw.get("carries_over") is True,
            zone=self._text("zone"),
            unit=self._unit(),
        )

    def filters(self) -> tuple[Filter, ...]:
        found = self.raw.get("filters") or []
        if not isinstance(found, list) or len(found) > MAX_FILTERS:
            self._problem("filters", _("At most %(most)s filters.") % {"most": MAX_FILTERS})
            return ()
        return tuple(each for position, one in enumerate(found) if (each := self._filter(one, f"filters/{position}")) is not None)

    def _filter(self, one: object, path: str) -> Filter | None:
        if not isinstance(one, Mapping):
            self._problem(path, _("A filter is an object with field, operator and values."))
            return None
        part = _Reading(one)
        operator = part._choice("operator", FilterOperator, None, required=True)
        field = part._text("field")
        texts = part._texts("values", MAX_VALUES)
        self.problems += [FieldProblem(f"{path}/{each.field}", each.message) for each in part.problems]
        if operator is None:
            return None
        values: tuple[str | Decimal, ...] = texts
        if one.get("as_number") is True:
            numbers = [number_of(text) for text in texts]
            if None in numbers:
                self._problem(f"{path}/values", _("A filter that compares numbers needs numbers."))
            values = tuple(number for number in numbers if number is not None)
        return Filter(field, operator, values)

    def _unit(self) -> UnitConversion | None:
        raw = self.raw.get("unit")
        if raw is None:
            return None
        divide_by = number_of(raw.get("divide_by", "1")) if isinstance(raw, Mapping) else None
        if divide_by is None or divide_by <= 0:
            self._problem("unit/divide_by", _("Units are divided by a number above zero."))
            return None
        part = _Reading(raw)
        rounding = part._choice("round", UnitRounding, UnitRounding.NONE)
        self.problems += [FieldProblem(f"unit/{each.field}", each.message) for each in part.problems]
        return UnitConversion(divide_by, rounding or UnitRounding.NONE)

    def _choice(self, name: str, kind: Any, default: Any, *, required: bool = False) -> Any:  # noqa: ANN401 - an enum
        value = self.raw.get(name)
        if value in (None, "") and not required:
            return default
        if value not in kind.values:
            self._problem(name, _("One of: %(values)s.") % {"values": ", ".join(kind.values)})
            return default
        return kind(value)

    def _text(self, name: str) -> str:
        value = self.raw.get(name) or ""
        if not isinstance(value, str) or len(value) > MAX_LENGTH or "\0" in value:
            self._problem(name, _("A text of at most %(most)s characters.") % {"most": MAX_LENGTH})
            return ""
        return value

    def _texts(self, name: str, most: int) -> tuple[str, ...]:
        found = self.raw.get(name) or []
        if not isinstance(found, list) or len(found) > most or not all(_is_text(each) for each in found):
            self._problem(
                name, _("At most %(count)s texts of at most %(most)s characters.") % {"count": most, "most": MAX_LENGTH}
            )
            return ()
        return tuple(found)

    def _problem(self, field: str, message: str) -> None:
        self.problems.append(FieldProblem(field, message))


def _is_text(value: object) -> bool:
    return isinstance(value, str) and len(value) <= MAX_LENGTH and "\0" not in value


def _problems_of(definition: MeterDefinition) -> list[FieldProblem]:
    """What does not go together."""
    found = _problems_of_shape(definition)
    for position, each in enumerate(definition.filters):
        found += _problems_of_filter(each, f"filters/{position}")
    for position, key in enumerate(definition.group_by):
        if not key or key in definition.group_by[:position]:
            found.append(FieldProblem(f"group_by/{position}", _("A group key is the name of a property, each named once.")))
    if any(not name for name in definition.events):
        found.append(FieldProblem("events", _("An event has a name.")))
    if definition.zone:
        try:
            zone_of(definition.zone)
        except ZoneUnknown as error:
            found.append(FieldProblem("zone", str(error)))
    return found


def _problems_of_shape(definition: MeterDefinition) -> list[FieldProblem]:
    aggregation = definition.aggregation
    needs_value = aggregation in definitions.NEEDS_NUMBER or aggregation is Aggregation.UNIQUE_COUNT
    checks = (
        (needs_value and not definition.value, "value", _("This aggregation needs the property whose value it takes.")),
        (not needs_value and definition.value, "value", _("A count takes no property: leave it out.")),
        (
            definition.operation and aggregation is not Aggregation.UNIQUE_COUNT,
            "operation",
            _("Only a count of different values can be added to and removed from."),
        ),
        (
            definition.bucket is not None and (aggregation not in definitions.MAY_BE_BUCKETED or definition.operation),
            "bucket",
            _("What goes on over time has no value of its own in a bucket."),
        ),
        (definition.bucket is WindowSize.WHOLE, "bucket", _("A bucket is a part of a period.")),
        (
            definition.carries_over and aggregation is not Aggregation.WEIGHTED_SUM and not definition.operation,
            "carries_over",
            _("Only levels over time and counts with add and remove can be carried over."),
        ),
    )
    return [FieldProblem(field, message) for is_wrong, field, message in checks if is_wrong]


def _problems_of_filter(condition: Filter, path: str) -> list[FieldProblem]:
    found = []
    if not condition.field:
        found.append(FieldProblem(f"{path}/field", _("A filter names a property.")))
    if condition.field.startswith("$") and condition.field not in definitions.OF_THE_EVENT:
        known = ", ".join(definitions.OF_THE_EVENT)
        found.append(FieldProblem(f"{path}/field", _("Besides properties, %(known)s can be filtered.") % {"known": known}))
    count, operator = len(condition.values), condition.operator
    if operator in _ONE_VALUE and count != 1:
        found.append(FieldProblem(f"{path}/values", _("This comparison takes one value.")))
    elif operator in _NO_VALUE and count:
        found.append(FieldProblem(f"{path}/values", _("This comparison takes no value.")))
    elif operator in (FilterOperator.IN, FilterOperator.NOT_IN) and not count:
        found.append(FieldProblem(f"{path}/values", _("This comparison takes at least one value.")))
    if operator is FilterOperator.CONTAINS and any(isinstance(value, Decimal) for value in condition.values):
        found.append(FieldProblem(f"{path}/as_number", _("Numbers contain nothing: compare them as text.")))
    return found
