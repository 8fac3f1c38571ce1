"""Running a suite file and reporting per example and in total."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from pathlib import Path

from tenure.insights.conformance import acquiring, changing, marketing, recurring, retaining, selling
from tenure.insights.conformance.comparing import agrees, shown
from tenure.insights.conformance.reading import ExampleMalformed, Inputs, number
from tenure.insights.conformance.registry import METRICS
from tenure.kernel.errors import DomainError
from tenure.kernel.rounding import Exact

ADAPTERS = (acquiring, changing, marketing, recurring, retaining, selling)
DEFAULT_TOLERANCE = Decimal("1e-9")
EXIT_PASSED, EXIT_FAILED, EXIT_UNREADABLE = 0, 1, 2
_UNUSABLE = (DomainError, ArithmeticError, LookupError, TypeError, ValueError)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one example; `problem` says why where there is no result to compare."""

    id: str
    metric: str
    passed: bool
    got: object = None
    expected: object = None
    problem: str = ""

    def line(self) -> str:
        """The line of the report."""
        if self.passed:
            return f"PASS {self.id}"
        return f"FAIL {self.id}: {self.problem or f'got {_text(self.got)} expected {_text(self.expected)}'}"


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
        """The report for machines."""
        examples = [
            {
                "id": outcome.id,
                "metric": outcome.metric,
                "passed": outcome.passed,
                "got": outcome.got,
                "expected": outcome.expected,
                "problem": outcome.problem or None,
            }
            for outcome in self.outcomes
        ]
        return json.dumps(
            {"passed": self.passed, "failed": self.failed, "examples": examples}, default=_plain, ensure_ascii=False
        )


class SuiteUnreadable(ExampleMalformed):
    """The file is no suite at all."""

    code = "suite_unreadable"
    message = "{path} cannot be read as a suite: {problem}."


def run(path: Path) -> Report:
    """Run every example of a suite file (a JSON list). Raises SuiteUnreadable where it is none."""
    try:
        examples = json.loads(path.read_text(encoding="utf-8-sig"), parse_float=Decimal)
    except (OSError, ValueError, InvalidOperation, RecursionError) as error:
        raise SuiteUnreadable(path=path, problem=str(error) or type(error).__name__) from error
    if not isinstance(examples, list):
        raise SuiteUnreadable(path=path, problem="it is not a list of examples")
    return Report(tuple(outcome(example, position) for position, example in enumerate(examples, start=1)))


def outcome(example: object, position: int) -> Outcome:
    """Run one example; whatever is wrong with it is a failure of this example only."""
    if not isinstance(example, Mapping):
        return Outcome(f"#{position}", "", passed=False, problem="malformed example: it is not an object")
    label, name = str(example.get("id") or f"#{position}"), str(example.get("metric") or "")
    expected = example.get("expected")
    if name not in METRICS:
        problem = f"unknown metric {name}" if name else "malformed example: it names no metric"
        return Outcome(label, name, passed=False, expected=expected, problem=problem)
    try:
        tolerance = _tolerance(example)
        got = METRICS[name].adapter(Inputs(example.get("inputs")))
        passed = agrees(got, expected, tolerance, METRICS[name].digits)
        return Outcome(label, name, passed, shown(got, expected), shown(expected))
    except _UNUSABLE as error:
        problem = f"malformed example: {error or type(error).__name__}"
        return Outcome(label, name, passed=False, expected=expected, problem=problem)


def run_conformance(kind: str, file: Path, as_json: bool) -> int:  # noqa: FBT001 - the command line's own shape
    """Print the report of a suite file; the exit code is 0 where all passed, 1 where not, 2 where it cannot be run.

    kind: "metrics"; other suites come with the rooms that own them.
    """
    if kind != "metrics":
        print(f"There is no conformance suite named {kind}.")  # noqa: T201
        return EXIT_UNREADABLE
    try:
        report = run(file)
    except SuiteUnreadable as error:
        print(error)  # noqa: T201
        return EXIT_UNREADABLE
    lines = [report.as_json()] if as_json else [*(each.line() for each in report.outcomes), report.summary]
    print("\n".join(lines))  # noqa: T201
    return EXIT_PASSED if report.failed == 0 else EXIT_FAILED


def _tolerance(example: Mapping[str, object]) -> Exact:
    if "expected" not in example:
        raise ExampleMalformed(problem="expected is missing")
    tolerance = number(example.get("tolerance", DEFAULT_TOLERANCE), "tolerance")
    if tolerance < 0:
        raise ExampleMalformed(problem="tolerance is negative")
    return tolerance


def _text(value: object) -> str:
    return json.dumps(value, default=_plain, ensure_ascii=False)


def _plain(value: object) -> object:
    """Decimals as JSON numbers; anything else as text."""
    return float(value) if isinstance(value, Decimal) else str(value)
