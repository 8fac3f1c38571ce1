"""The tracking plan's rules as the store's SQL: how often the events of a window break it, with examples.

The same rules as domain/plan.py, over whole windows at once, so that watching costs one statement.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from tenure.stream.domain.plan import Expected
from tenure.stream.enums_of_governance import PropertyKind, ViolationCode
from tenure.stream.store.client import event_store

if TYPE_CHECKING:
    from tenure.stream.readers import Window

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
EXAMPLES = 3
NAMES_AT_ONCE = 40
LONGEST_VALUE = 200
_JSON_TYPES = {
    PropertyKind.TEXT: ("String",),
    PropertyKind.INTEGER: ("Int64", "UInt64"),
    PropertyKind.NUMBER: ("Int64", "UInt64", "Double"),
    PropertyKind.BOOLEAN: ("Bool",),
    PropertyKind.LIST: ("Array",),
    PropertyKind.OBJECT: ("Object",),
}
_STATEMENT = """
SELECT name, rule, count(), toUnixTimestamp64Micro(min(time)), toUnixTimestamp64Micro(max(time)),
    groupArray({examples})((id, toUnixTimestamp64Micro(time), value))
FROM (
    SELECT name, id, time, arrayJoin({rules}) AS broken, broken.1 AS rule, broken.2 AS value FROM events
    WHERE workspace = {{workspace:UUID}} AND seq > {{after:UInt64}} AND seq <= {{upto:UInt64}} AND name IN ({names}) AND rule > 0
    ORDER BY time DESC
) GROUP BY name, rule"""


@dataclass(frozen=True, slots=True)
class Broken:
    """How often the events of a name broke one rule in a window. examples: (id, instant, value as text)."""

    name: str
    code: str
    property: str
    count: int
    first_at: datetime
    last_at: datetime
    examples: list[tuple[str, datetime, str]]


def instant_of(microseconds: int) -> datetime:
    """Microseconds since 1970 as an instant, exactly."""
    return EPOCH + timedelta(microseconds=microseconds)


def value_text(property_sql: str) -> str:
    """SQL for a property's value as text: a text as it is, everything else as JSON. property_sql: its name, quoted or a parameter."""
    raw = f"JSONExtractRaw(properties, {property_sql})"
    return f"if(JSONType(properties, {property_sql}) = 'String', JSONExtractString(properties, {property_sql}), {raw})"


def count_broken(window: Window, plan: Mapping[str, Sequence[Expected] | None]) -> list[Broken]:
    """How often the plan's names were sent against it. plan: expected properties by name, None for a retired one."""
    found: list[Broken] = []
    names = [name for name, expected in plan.items() if expected is None or any(_is_rule(one) for one in expected)]
    for start in range(0, len(names), NAMES_AT_ONCE):
        found += _ask(window, {name: plan[name] for name in names[start : start + NAMES_AT_ONCE]})
    return found


class _Given:
    """Values that stand in a statement by name."""

    def __init__(self) -> None:
        self.parameters: dict[str, str] = {}

    def __call__(self, value: str) -> str:
        """The place of a value."""
        name = f"v{len(self.parameters)}"
        self.parameters[name] = value
        return f"{{{name}:String}}"


@dataclass(frozen=True, slots=True)
class _Rule:
    """condition: SQL that is true where an event breaks it. shown: SQL for the value that does."""

    code: str
    property: str
    condition: str
    shown: str


def _ask(window: Window, plan: dict[str, Sequence[Expected] | None]) -> list[Broken]:
    given = _Given()
    rules = {name: _rules(expected, given) for name, expected in plan.items()}
    places = {name: given(name) for name in plan}
    arms = [
        f"name = {places[name]}, "
        "["
        + ", ".join(f"if({rule.condition}, ({number}, {rule.shown}), (0, ''))" for number, rule in enumerate(of_name, start=1))
        + "]"
        for name, of_name in rules.items()
    ]
    statement = _STATEMENT.format(
        rules=f"multiIf({', '.join(arms)}, [(0, '')])", names=", ".join(places.values()), examples=EXAMPLES
    )
    rows = event_store().rows(statement, **window.parameters, **given.parameters)
    return [
        Broken(
            name,
            rules[name][number - 1].code,
            rules[name][number - 1].property,
            count,
            instant_of(first),
            instant_of(last),
            [(key, instant_of(at), value) for key, at, value in examples],
        )
        for name, number, count, first, last, examples in rows
    ]


def _is_rule(one: Expected) -> bool:
    return bool(one.is_required or one.kinds or one.allowed)


def _rules(expected: Sequence[Expected] | None, given: _Given) -> list[_Rule]:
    if expected is None:
        return [_Rule(ViolationCode.EVENT_RETIRED, "", "1", "''")]
    found: list[_Rule] = []
    for one in expected:
        place = given(one.name)
        kind = f"JSONType(properties, {place})"
        has, text = f"{kind} != 'Null'", value_text(place)
        shown = f"substring({text}, 1, {LONGEST_VALUE})"
        fits = has
        if one.is_required:
            found.append(_Rule(ViolationCode.PROPERTY_MISSING, one.name, f"NOT ({has})", "''"))
        if one.kinds:
            types = ", ".join(f"'{name}'" for kind_ in one.kinds for name in _JSON_TYPES[PropertyKind(kind_)])
            found.append(_Rule(ViolationCode.PROPERTY_KIND, one.name, f"{has} AND {kind} NOT IN ({types})", shown))
            fits = f"{kind} IN ({types})"
        if one.allowed:
            allowed = ", ".join(given(value) for value in one.allowed)
            found.append(_Rule(ViolationCode.PROPERTY_VALUE, one.name, f"{fits} AND {text} NOT IN ({allowed})", shown))
    return found
