"""Reading an example's inputs: typed, exact, and with a sentence for whatever is missing or of the wrong kind."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction

from tenure.kernel.rounding import Exact
from tenure.kernel.worked_examples import ExampleMalformed

MAX_COUNT = 10_000
_MAX_MAGNITUDE = 40


def number(value: object, name: str) -> Exact:
    """`value` as an exact number. Raises ExampleMalformed."""
    if isinstance(value, bool) or not isinstance(value, int | Decimal | Fraction):
        raise ExampleMalformed(problem=f"{name} is not a number")
    if isinstance(value, Decimal) and not value.is_finite():
        raise ExampleMalformed(problem=f"{name} is not finite")
    if isinstance(value, Decimal) and value and not -_MAX_MAGNITUDE <= value.adjusted() <= _MAX_MAGNITUDE:
        raise ExampleMalformed(problem=f"{name} is too large or too small")
    return value


class Inputs:
    """The inputs of one example. A name may be followed by other names that the field uses for the same thing."""

    def __init__(self, values: object) -> None:
        if not isinstance(values, Mapping):
            raise ExampleMalformed(problem="inputs is not an object")
        self._values: Mapping[str, object] = values

    def has(self, *names: str) -> bool:
        """Whether any of the names is given and not null."""
        return any(self._values.get(name) is not None for name in names)

    def names(self) -> list[str]:
        """All names that are given."""
        return list(self._values)

    def number(self, *names: str, default: Exact | None = None) -> Exact:
        """The number under the first of the names that is given, else the default."""
        for name in names:
            if self._values.get(name) is not None:
                return number(self._values[name], name)
        if default is None:
            raise ExampleMalformed(problem=f"{names[0]} is missing")
        return default

    def optional(self, *names: str) -> Exact | None:
        """The number under the first of the names that is given, or None."""
        return self.number(*names) if self.has(*names) else None

    def count(self, *names: str, default: int | None = None) -> int:
        """A whole number from 0 to MAX_COUNT."""
        value = self.number(*names, default=default)
        if value != int(value) or not 0 <= value <= MAX_COUNT:
            raise ExampleMalformed(problem=f"{names[0]} is not a whole number from 0 to {MAX_COUNT}")
        return int(value)

    def numbers(self, name: str) -> list[Exact]:
        """A list of numbers; a single number is a list of one."""
        value = self._values.get(name)
        values = value if isinstance(value, list) else [value]
        return [number(each, name) for each in values]

    def texts(self, name: str) -> list[str]:
        """A list of texts."""
        return [str(each) for each in self._list(name)]

    def text(self, name: str, default: str | None = None) -> str:
        """A text, else the default."""
        value = self._values.get(name, default)
        if not isinstance(value, str):
            raise ExampleMalformed(problem=f"{name} is not a text")
        return value

    def rows(self, name: str) -> list[Inputs]:
        """A list of objects; nothing where it is not given."""
        return [Inputs(each) for each in self._list(name)] if self.has(name) else []

    def part(self, name: str) -> Inputs:
        """An object inside the inputs."""
        return Inputs(self._values.get(name))

    def raw(self) -> Mapping[str, object]:
        """The values as they stand."""
        return self._values

    def _list(self, name: str) -> list[object]:
        value = self._values.get(name)
        if not isinstance(value, list):
            raise ExampleMalformed(problem=f"{name} is not a list")
        return value
