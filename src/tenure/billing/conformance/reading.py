"""Reading an example: exact numbers out of decimal texts, with a sentence for whatever is missing or of the wrong kind."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from tenure.kernel.worked_examples import ExampleMalformed
from tenure.usage.domain.numbers import number_of

_MISSING = object()


def number(value: object, name: str) -> Decimal:
    """An exact number. Raises ExampleMalformed."""
    found = None if isinstance(value, bool) or not isinstance(value, str | int | Decimal) else number_of(value)
    if found is None:
        raise ExampleMalformed(problem=f"{name} is not a number")
    return found


class Params:
    """The parameters of an example."""

    def __init__(self, values: object, name: str = "params") -> None:
        if not isinstance(values, Mapping):
            raise ExampleMalformed(problem=f"{name} is not an object")
        self._values: Mapping[str, object] = values

    def has(self, name: str) -> bool:
        """Whether it is given and not null."""
        return self._values.get(name) is not None

    def number(self, name: str, default: object = _MISSING) -> Decimal:
        """The number under `name`, else the default."""
        value = self._values.get(name)
        if value is None:
            value = default
        if value is _MISSING:
            raise ExampleMalformed(problem=f"{name} is missing")
        return number(value, name)

    def text(self, name: str, default: str | None = None) -> str:
        """The text under `name`, else the default."""
        value = self._values.get(name, default)
        if not isinstance(value, str):
            raise ExampleMalformed(problem=f"{name} is not a text")
        return value

    def flag(self, name: str, *, default: bool) -> bool:
        """The truth under `name`, else the default."""
        value = self._values.get(name, default)
        if not isinstance(value, bool):
            raise ExampleMalformed(problem=f"{name} is neither true nor false")
        return value

    def part(self, name: str) -> Params:
        """An object inside."""
        return Params(self._values.get(name), name)

    def rows(self, name: str) -> list[Params]:
        """A list of objects."""
        return [Params(each, name) for each in listed(self._values.get(name), name)]


def listed(value: object, name: str) -> list[object]:
    """A list. Raises ExampleMalformed."""
    if not isinstance(value, list):
        raise ExampleMalformed(problem=f"{name} is not a list")
    return value


def numbers(value: object, name: str) -> list[Decimal]:
    """A list of numbers."""
    return [number(each, name) for each in listed(value, name)]


def pairs(value: object, name: str) -> list[tuple[Decimal, Decimal]]:
    """A list of pairs of numbers."""
    found = []
    for each in listed(value, name):
        pair = numbers(each, name)
        if len(pair) != 2:  # noqa: PLR2004 - a pair
            raise ExampleMalformed(problem=f"{name} holds something that is no pair")
        found.append((pair[0], pair[1]))
    return found
