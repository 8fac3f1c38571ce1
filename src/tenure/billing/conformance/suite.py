"""Running a suite file of billing and reporting per example and in total."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import (
    ROUND_CEILING,
    ROUND_DOWN,
    ROUND_FLOOR,
    ROUND_HALF_EVEN,
    ROUND_HALF_UP,
    ROUND_UP,
    Context,
    Decimal,
    InvalidOperation,
)
from fractions import Fraction
from pathlib import Path

from tenure.billing.conformance.metering import Counter, count_in_memory
from tenure.billing.conformance.models import MODELS
from tenure.billing.conformance.reading import ExampleMalformed, Params, number
from tenure.kernel.errors import DomainError
from tenure.kernel.rounding import Exact, as_decimal, as_fraction
from tenure.usage.domain.numbers import shown

EXIT_PASSED, EXIT_FAILED, EXIT_UNREADABLE = 0, 1, 2
_UNUSABLE = (DomainError, ArithmeticError, LookupError, TypeError, ValueError)
_MODES = {
    "half_up": ROUND_HALF_UP,
    "half_even": ROUND_HALF_EVEN,
    "ceiling": ROUND_CEILING,
    "floor": ROUND_FLOOR,
    "down": ROUND_DOWN,
    "up": ROUND_UP,
}
_DIGITS = 60
_MOST_PLACES = 20


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one example; `problem` says why where there is no result to compare."""

    id: str
    model: str
    passed: bool
    got: str | None = None
    expected: object = None
    problem: str = ""

    def line(self) -> str:
        """The line of the report."""
        if self.passed:
            return f"PASS {self.id}"
        return f"FAIL {self.id}: {self.problem or f'got {self.got} expected {self.expected}'}"


@dataclass(frozen=True, slots=True)
class Report:
    """All outcomes of a file, in its order."""

    outcomes: tuple[Outcome, ...]

    @property
    def passed(self) -> int:
        """How many examples passed."""
        return sum(outcome.passed for outcome in self.outcomes)

    @property
    def failed(self) -> int:
        """How many examples failed."""
        return len(self.outcomes) - self.passed

    @property
    def summary(self) -> str:
        """The last line of the report."""
        return f"{self.passed} passed, {self.failed} failed"

    def as_json(self) -> str:
        """The report for machines; amounts are decimal texts."""
        examples = [
            {
                "id": each.id,
                "model": each.model,
                "passed": each.passed,
                "got": each.got,
                "expected": each.expected,
                "problem": each.problem or None,
            }
            for each in self.outcomes
        ]
        return json.dumps({"passed": self.passed, "failed": self.failed, "examples": examples}, default=str, ensure_ascii=False)


class SuiteUnreadable(ExampleMalformed):
    """The file is no suite at all."""

    code = "suite_unreadable"
    message = "{path} cannot be read as a suite: {problem}."


def run(path: Path, count: Counter = count_in_memory) -> Report:
    """Run every example of a suite file (a JSON list); `count` is what counts. Raises SuiteUnreadable where it is none."""
    try:
        examples = json.loads(path.read_text(encoding="utf-8-sig"), parse_float=Decimal)
    except (OSError, ValueError, InvalidOperation, RecursionError) as error:
        raise SuiteUnreadable(path=path, problem=str(error) or type(error).__name__) from error
    if not isinstance(examples, list):
        raise SuiteUnreadable(path=path, problem="it is not a list of examples")
    return Report(tuple(outcome(example, position, count) for position, example in enumerate(examples, start=1)))


def outcome(example: object, position: int, count: Counter = count_in_memory) -> Outcome:
    """Run one example; whatever is wrong with it is a failure of this example only."""
    if not isinstance(example, Mapping):
        return Outcome(f"#{position}", "", passed=False, problem="malformed example: it is not an object")
    label, name = str(example.get("id") or f"#{position}"), str(example.get("model") or "")
    expected = example.get("expected")
    if name not in MODELS:
        problem = f"unknown model {name}" if name else "malformed example: it names no model"
        return Outcome(label, name, passed=False, expected=expected, problem=problem)
    try:
        wanted = number(expected, "expected")
        got = _rounded(MODELS[name](Params(example.get("params", {})), example.get("usage"), count), example.get("round"))
        return Outcome(label, name, as_fraction(got) == as_fraction(wanted), shown(as_decimal(got)), expected)
    except _UNUSABLE as error:
        problem = f"malformed example: {error or type(error).__name__}"
        return Outcome(label, name, passed=False, expected=expected, problem=problem)


def run_conformance(file: Path, as_json: bool) -> int:  # noqa: FBT001 - the command line's own shape
    """Print the report of a suite file; the exit code is 0 where all passed, 1 where not, 2 where it cannot be run."""
    try:
        report = run(file)
    except SuiteUnreadable as error:
        print(error)  # noqa: T201
        return EXIT_UNREADABLE
    lines = [report.as_json()] if as_json else [*(each.line() for each in report.outcomes), report.summary]
    print("\n".join(lines))  # noqa: T201
    return EXIT_PASSED if report.failed == 0 else EXIT_FAILED


def _rounded(value: Exact, how: object) -> Exact:
    """`value` as the example wants it rounded; exact where it says nothing."""
    if how is None:
        return value
    rounding = Params(how, "round")
    mode, places = rounding.text("mode", "half_up"), int(rounding.number("places", "2"))
    if mode not in _MODES or not 0 <= places <= _MOST_PLACES:
        raise ExampleMalformed(problem=f"unknown rounding {mode} at {places} places")
    fraction = as_fraction(value) * 10**places
    # Enough digits that what decides the rounding is never cut off: the quotient's own, and whether a rest is left.
    whole, rest = divmod(abs(fraction.numerator), fraction.denominator)
    tail = (
        Decimal("0.5")
        if 2 * rest == fraction.denominator
        else Decimal("0.25")
        if 0 < 2 * rest < fraction.denominator
        else Decimal("0.75")
    )
    signed = (Decimal(whole) + (tail if rest else 0)) * (1 if fraction >= 0 else -1)
    rounded = signed.quantize(Decimal(1), rounding=_MODES[mode], context=Context(prec=_DIGITS))
    return Fraction(int(rounded), 10**places)
