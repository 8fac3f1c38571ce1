"""The conformance suite of billing: the public examples of the models that exist so far, and files that are wrong."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tenure.billing.conformance import run, run_conformance
from tenure.billing.conformance.models import MODELS

VECTORS = Path(__file__).parents[4] / "shared" / "vectors" / "billing.json"
GOOD = {"id": "good", "model": "standard", "params": {"amount": "2"}, "usage": "3", "expected": "6"}


def written(folder: Path, examples: object) -> Path:
    file = folder / "suite.json"
    file.write_text(examples if isinstance(examples, str) else json.dumps(examples), encoding="utf-8")
    return file


def published() -> list[dict[str, Any]]:
    if not VECTORS.exists():
        pytest.skip(f"{VECTORS} is missing: the public examples are not part of this repository")
    return [each for each in json.loads(VECTORS.read_text(encoding="utf-8")) if each["model"] in MODELS]


@pytest.mark.public_data
def test_run_of_the_published_examples_passes_all_of_the_models_there_are(tmp_path: Path) -> None:
    report = run(written(tmp_path, published()))

    assert [each.line() for each in report.outcomes if not each.passed] == []
    assert report.passed == 64


@pytest.mark.public_data
def test_run_of_the_published_examples_with_wrong_results_fails_all(tmp_path: Path) -> None:
    wrong = [
        each | {"expected": each["expected"] + "1" if "." in each["expected"] else each["expected"] + ".1"}
        for each in published()
    ]

    report = run(written(tmp_path, wrong))

    assert [each.id for each in report.outcomes if each.passed] == []


def test_run_names_a_model_that_it_does_not_know(tmp_path: Path) -> None:
    report = run(written(tmp_path, [GOOD, GOOD | {"id": "odd", "model": "barter"}]))

    assert [each.line() for each in report.outcomes] == ["PASS good", "FAIL odd: unknown model barter"]
    assert report.summary == "1 passed, 1 failed"


@pytest.mark.parametrize(
    "change",
    [
        {"params": []},
        {"params": {}},
        {"usage": "three"},
        {"usage": None},
        {"expected": None},
        {"expected": {"a": 1}},
        {"round": {"places": "many"}},
        {"round": {"mode": "sideways", "places": 2}},
        {"model": "weighted_sum", "params": {"period_seconds": "0"}, "usage": []},
        {"model": "aggregate", "params": {"fn": "median"}, "usage": []},
        {"model": "graduated", "params": {"tiers": []}},
        {"model": "bucketed", "params": {"model": "barter"}, "usage": ["1"]},
        {"model": "unit_conversion", "params": {"divide_by": "0", "base": {"model": "standard", "amount": "1"}}},
        {"model": "package", "params": {"amount": "1", "package_size": "0"}},
    ],
)
def test_run_of_an_example_that_is_wrong_fails_it_alone(tmp_path: Path, change: dict[str, Any]) -> None:
    report = run(written(tmp_path, [GOOD | change, GOOD]))

    assert [each.passed for each in report.outcomes] == [False, True]
    assert report.outcomes[0].problem != ""


@pytest.mark.parametrize(
    ("mode", "expected"), [("half_up", "0.67"), ("ceiling", "0.67"), ("floor", "0.66"), ("down", "0.66"), ("half_even", "0.67")]
)
def test_run_rounds_as_the_example_says(tmp_path: Path, mode: str, expected: str) -> None:
    example = {"model": "aggregate", "params": {"fn": "average"}, "usage": ["0", "1", "1"], "round": {"places": 2, "mode": mode}}

    report = run(written(tmp_path, [example | {"expected": expected}]))

    assert report.summary == "1 passed, 0 failed"


@pytest.mark.parametrize("text", ["{", "{}", '"x"'])
def test_run_conformance_of_no_suite_says_so(tmp_path: Path, capsys: pytest.CaptureFixture[str], text: str) -> None:
    assert run_conformance(written(tmp_path, text), as_json=False) == 2
    assert "cannot be read as a suite" in capsys.readouterr().out


def test_run_conformance_as_json_reports_each_example(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code = run_conformance(written(tmp_path, [GOOD | {"expected": "7"}]), as_json=True)

    assert code == 1
    assert json.loads(capsys.readouterr().out) == {
        "passed": 0,
        "failed": 1,
        "examples": [{"id": "good", "model": "standard", "passed": False, "got": "6", "expected": "7", "problem": None}],
    }
