"""Running a suite file of metrics and reporting per example and in total."""

from __future__ import annotations

import json
from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path

from tenure.insights.conformance import acquiring, changing, marketing, recurring, retaining, selling
from tenure.insights.conformance.comparing import agrees, shown
from tenure.insights.conformance.reading import Inputs, number
from tenure.insights.conformance.registry import METRICS
from tenure.kernel.rounding import Exact
from tenure.kernel.worked_examples import EXIT_UNREADABLE, ExampleMalformed, Report, Suite, print_report, run_suite

ADAPTERS = (acquiring, changing, marketing, recurring, retaining, selling)
DEFAULT_TOLERANCE = Decimal("1e-9")


def run(path: Path) -> Report:
    """Run every example of a suite file (a JSON list). Raises SuiteUnreadable where it is none."""
    return run_suite(Suite("metric", METRICS, _judge, _plain, _text), path)


def run_conformance(kind: str, file: Path, as_json: bool) -> int:  # noqa: FBT001 - the command line's own shape
    """Print the report of a suite file; the exit code is 0 where all passed, 1 where not, 2 where it cannot be run.

    kind: "metrics"; other suites come with the rooms that own them.
    """
    if kind != "metrics":
        print(f"There is no conformance suite named {kind}.")  # noqa: T201
        return EXIT_UNREADABLE
    return print_report(run, file, as_json=as_json)


def _judge(name: str, example: Mapping[str, object]) -> tuple[bool, object, object]:
    expected, tolerance = example.get("expected"), _tolerance(example)
    got = METRICS[name].adapter(Inputs(example.get("inputs")))
    return agrees(got, expected, tolerance, METRICS[name].digits), shown(got, expected), shown(expected)


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
