"""Suites of published worked examples: a file is read, each example is run by itself, and the outcome is reported.

What an example means is its room's: a room gives a `Suite` of what it can answer. Shape of a file: a JSON list of objects with `id`, the
subject's name, what goes in, and `expected`; numbers are read exactly.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Container, Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from pathlib import Path

from tenure.kernel.errors import DomainError, Invalid

EXIT_PASSED, EXIT_FAILED, EXIT_UNREADABLE = 0, 1, 2
_UNUSABLE = (DomainError, ArithmeticError, LookupError, TypeError, ValueError)


class ExampleMalformed(Invalid):
    """An example of the suite cannot be read."""

    code = "example_malformed"
    message = "{problem}"


class SuiteUnreadable(ExampleMalformed):
    """The file is no suite at all."""

    code = "suite_unreadable"
    message = "{path} cannot be read as a suite: {problem}."


@dataclass(frozen=True, slots=True)
class Suite:
    """What a room can answer.

    subject: the field that names what an example is of. known: the names that can be answered. judge: name and example to whether it passed,
    what came out and what was expected; raises ExampleMalformed. plain: a value that JSON lacks as one that it has. text: a value in a line.
    """

    subject: str
    known: Container[str]
    judge: Callable[[str, Mapping[str, object]], tuple[bool, object, object]]
    plain: Callable[[object], object]
    text: Callable[[object], str]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one example; `problem` says why where there is no result to compare. name: what it is an example of."""

    id: str
    name: str
    passed: bool
    got: object = None
    expected: object = None
    problem: str = ""
    text: Callable[[object], str] = str

    def line(self) -> str:
        """The line of the report."""
        if self.passed:
            return f"PASS {self.id}"
        return f"FAIL {self.id}: {self.problem or f'got {self.text(self.got)} expected {self.text(self.expected)}'}"


@dataclass(frozen=True, slots=True)
class Report:
    """All outcomes of a file, in its order."""

    suite: Suite
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
                self.suite.subject: outcome.name,
                "passed": outcome.passed,
                "got": outcome.got,
                "expected": outcome.expected,
                "problem": outcome.problem or None,
            }
            for outcome in self.outcomes
        ]
        found = {"passed": self.passed, "failed": self.failed, "examples": examples}
        return json.dumps(found, default=self.suite.plain, ensure_ascii=False)


def run_suite(suite: Suite, path: Path) -> Report:
    """Run every example of a suite file. Raises SuiteUnreadable where it is none."""
    try:
        examples = json.loads(path.read_text(encoding="utf-8-sig"), parse_float=Decimal)
    except (OSError, ValueError, InvalidOperation, RecursionError) as error:
        raise SuiteUnreadable(path=path, problem=str(error) or type(error).__name__) from error
    if not isinstance(examples, list):
        raise SuiteUnreadable(path=path, problem="it is not a list of examples")
    return Report(suite, tuple(_outcome(suite, example, position) for position, example in enumerate(examples, start=1)))


def print_report(run: Callable[[Path], Report], file: Path, *, as_json: bool) -> int:
    """Print the report of a suite file; the exit code is 0 where all passed, 1 where not, 2 where it cannot be run."""
    try:
        report = run(file)
    except SuiteUnreadable as error:
        print(error)  # noqa: T201 - a command's answer
        return EXIT_UNREADABLE
    lines = [report.as_json()] if as_json else [*(each.line() for each in report.outcomes), report.summary]
    print("\n".join(lines))  # noqa: T201 - as above
    return EXIT_PASSED if report.failed == 0 else EXIT_FAILED


def _outcome(suite: Suite, example: object, position: int) -> Outcome:
    """Run one example; whatever is wrong with it is a failure of this example only."""
    if not isinstance(example, Mapping):
        return Outcome(f"#{position}", "", passed=False, problem="malformed example: it is not an object")
    label, name = str(example.get("id") or f"#{position}"), str(example.get(suite.subject) or "")
    expected = example.get("expected")
    if name not in suite.known:
        problem = f"unknown {suite.subject} {name}" if name else f"malformed example: it names no {suite.subject}"
        return Outcome(label, name, passed=False, expected=expected, problem=problem)
    try:
        passed, got, wanted = suite.judge(name, example)
    except _UNUSABLE as error:
        problem = f"malformed example: {error or type(error).__name__}"
        return Outcome(label, name, passed=False, expected=expected, problem=problem)
    return Outcome(label, name, passed, got, wanted, text=suite.text)
