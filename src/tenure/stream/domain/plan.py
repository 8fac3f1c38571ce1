"""The tracking plan: what a planned event's properties must be, and how an event breaks it.

Values are compared as text, as people write them into the plan: "pro", 3, true. A property that is null counts as missing. The same
rules are said in the store's SQL by queries/plan_rules.py; a test holds the two against each other.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import msgspec

from tenure.stream.enums_of_governance import PropertyKind, ViolationCode
from tenure.stream.errors_of_governance import PlanUnreadable

MOST_PROPERTIES = 200
LONGEST_NAME = 200


class Expected(msgspec.Struct, frozen=True, omit_defaults=True):
    """One property as the plan wants it. kinds: of PropertyKind, empty for any. allowed: values as text, empty for any."""

    name: str
    kinds: tuple[str, ...] = ()
    is_required: bool = False
    allowed: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Violation:
    """One way in which an event breaks the plan."""

    code: str
    property: str
    reason: str


def read_expected(rows: Iterable[Mapping[str, Any]]) -> list[Expected]:
    """Expected properties out of JSON. Raises PlanUnreadable."""
    try:
        found = msgspec.convert(list(rows), list[Expected])
    except msgspec.ValidationError as failed:
        raise PlanUnreadable from failed
    names = [one.name for one in found]
    fits = len(found) <= MOST_PROPERTIES and len(set(names)) == len(names)
    if not fits or any(not 0 < len(name) <= LONGEST_NAME or "\x00" in name for name in names):
        raise PlanUnreadable
    if {kind for one in found for kind in one.kinds} - set(PropertyKind.values):
        raise PlanUnreadable
    return found


def written(expected: Iterable[Expected]) -> list[dict[str, Any]]:
    """Expected properties as JSON."""
    return [msgspec.to_builtins(one) for one in expected]


def find_violation(expected: Iterable[Expected], properties: Mapping[str, Any]) -> Violation | None:
    """The first way in which the properties break the plan, in its order; None for none."""
    for one in expected:
        value = properties.get(one.name)
        if value is None:
            if one.is_required:
                return Violation(ViolationCode.PROPERTY_MISSING, one.name, reason_of(ViolationCode.PROPERTY_MISSING, one))
        elif one.kinds and not kinds_of(value) & set(one.kinds):
            return Violation(ViolationCode.PROPERTY_KIND, one.name, reason_of(ViolationCode.PROPERTY_KIND, one))
        elif one.allowed and text_of(value) not in one.allowed:
            return Violation(ViolationCode.PROPERTY_VALUE, one.name, reason_of(ViolationCode.PROPERTY_VALUE, one))
    return None


def reason_of(code: str, expected: Expected) -> str:
    """The sentence that a client reads."""
    if code == ViolationCode.PROPERTY_MISSING:
        return f"The tracking plan requires the property {expected.name!r}."
    if code == ViolationCode.PROPERTY_KIND:
        return f"The tracking plan wants the property {expected.name!r} to be {' or '.join(expected.kinds)}."
    shown = ", ".join(expected.allowed[:10])
    return f"The tracking plan allows for the property {expected.name!r}: {shown}."


def kinds_of(value: object) -> set[str]:
    """The kinds that a JSON value is of: a whole number is a number too."""
    if isinstance(value, bool):
        return {PropertyKind.BOOLEAN}
    if isinstance(value, int):
        return {PropertyKind.INTEGER, PropertyKind.NUMBER}
    if isinstance(value, float):
        return {PropertyKind.NUMBER}
    if isinstance(value, str):
        return {PropertyKind.TEXT}
    return {PropertyKind.LIST} if isinstance(value, list) else {PropertyKind.OBJECT}


def text_of(value: object) -> str:
    """A value as the plan writes it: text as it is, everything else as JSON."""
    return value if isinstance(value, str) else msgspec.json.encode(value).decode()
