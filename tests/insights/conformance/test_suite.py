"""The conformance suite: the public examples, and files that are wrong in every way a file can be."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tenure.insights.conformance import run, run_conformance

VECTORS = Path(__file__).parents[4] / "shared" / "vectors" / "metrics.json"
GOOD = {
    "id": "good",
    "metric": "cac",
    "inputs": {"sm_spend": 100, "new_customers": 4},
    "expected": 25.0,
    "tolerance": 1e-09,
}


def written(folder: Path, examples: object) -> Path:
    file = folder / "suite.json"
    file.write_text(examples if isinstance(examples, str) else json.dumps(examples), encoding="utf-8")
    return file


@pytest.mark.public_data
def test_run_of_the_published_examples_passes_all() -> None:
    if not VECTORS.exists():
        pytest.skip(f"{VECTORS} is missing: the public examples are not part of this repository")

    report = run(VECTORS)

    assert [outcome.line() for outcome in report.outcomes if not outcome.passed] == []
    assert report.summary == "86 passed, 0 failed"


@pytest.mark.public_data
def test_run_of_the_published_examples_with_wrong_results_fails_all(tmp_path: Path) -> None:
    if not VECTORS.exists():
        pytest.skip(f"{VECTORS} is missing: the public examples are not part of this repository")
    examples = json.loads(VECTORS.read_text(encoding="utf-8"))

    report = run(written(tmp_path, [each | {"expected": _wrong(each["expected"])} for each in examples]))

    assert [outcome.id for outcome in report.outcomes if outcome.passed] == []


def _wrong(expected: object) -> object:
    """The same shape with every number a little off."""
    if isinstance(expected, dict):
        return {key: _wrong(each) for key, each in expected.items()}
    if isinstance(expected, list):
        return [_wrong(each) for each in expected]
    if isinstance(expected, str):
        return expected + "?"
    assert isinstance(expected, int | float)
    return expected + 1


def test_run_names_unknown_metrics_and_malformed_examples_without_a_crash(tmp_path: Path) -> None:
    examples = [
        GOOD,
        GOOD | {"id": "strange", "metric": "vibes"},
        GOOD | {"id": "short", "inputs": {"sm_spend": 100}},
        GOOD | {"id": "wordy", "inputs": {"sm_spend": "many", "new_customers": 4}},
        GOOD | {"id": "flag", "inputs": {"sm_spend": True, "new_customers": 4}},
        GOOD | {"id": "listed", "inputs": []},
        GOOD | {"id": "tolerant", "tolerance": "much"},
        {key: each for key, each in GOOD.items() if key != "expected"},
        {"id": "nameless", "inputs": {}},
        "not an example",
    ]

    report = run(written(tmp_path, examples))

    assert [outcome.line() for outcome in report.outcomes] == [
        "PASS good",
        "FAIL strange: unknown metric vibes",
        "FAIL short: malformed example: new_customers is missing",
        "FAIL wordy: malformed example: sm_spend is not a number",
        "FAIL flag: malformed example: sm_spend is not a number",
        "FAIL listed: malformed example: inputs is not an object",
        "FAIL tolerant: malformed example: tolerance is not a number",
        "FAIL good: malformed example: expected is missing",
        "FAIL nameless: malformed example: it names no metric",
        "FAIL #10: malformed example: it is not an object",
    ]
    assert report.summary == "1 passed, 9 failed"


@pytest.mark.parametrize(
    ("metric", "inputs"),
    [
        ("annualised_churn", {"monthly_pct": 1e300}),
        ("mrr_normalise", {"amount": 1, "interval_months": 0}),
        ("mrr_normalise", {"amount": 1, "per": "fortnight"}),
        ("attribution_linear", {"touches": 10**12, "value": 1}),
        ("attribution_time_decay", {"days_before": [1], "half_life_days": 0, "value": 1}),
        ("mrr_no_proration", {"amount": 1, "opened": "02-30", "period_end": "03-30", "as_of": "03-01"}),
        ("reactivation_window", {"gap_days": [1e30]}),
        ("weighted_forecast", {"deals": [{"value": 1, "type": "Maybe"}]}),
        ("mrr_discount_policy", {"list": 1, "discount_pct": 1, "policy": "nobody"}),
        ("logo_vs_revenue_retention", {"accounts": {"A": 1}, "lost": ["B"]}),
        ("lead_score_naive_bayes", {"stages": [], "closed": [], "lead": {"f": {}, "stage": "x"}}),
    ],
)
def test_run_of_impossible_inputs_fails_that_example(tmp_path: Path, metric: str, inputs: dict[str, object]) -> None:
    report = run(written(tmp_path, [{"id": "odd", "metric": metric, "inputs": inputs, "expected": 1}]))

    assert report.outcomes[0].line().startswith("FAIL odd: malformed example: ")


def test_run_says_what_was_got_and_what_was_expected(tmp_path: Path) -> None:
    report = run(written(tmp_path, [GOOD | {"expected": 24}]))

    assert report.outcomes[0].line() == "FAIL good: got 25 expected 24"


def test_run_conformance_prints_a_line_each_and_a_summary(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code = run_conformance("metrics", written(tmp_path, [GOOD, GOOD | {"expected": 24}]), as_json=False)

    assert code == 1
    assert capsys.readouterr().out == "PASS good\nFAIL good: got 25 expected 24\n1 passed, 1 failed\n"


def test_run_conformance_as_json_is_one_document(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code = run_conformance("metrics", written(tmp_path, [GOOD]), as_json=True)

    assert code == 0
    assert json.loads(capsys.readouterr().out) == {
        "passed": 1,
        "failed": 0,
        "examples": [
            {"id": "good", "metric": "cac", "passed": True, "got": 25, "expected": 25, "problem": None},
        ],
    }


@pytest.mark.parametrize("text", ["", "{}", "[", "[" * 100_000, "\udcff"])
def test_run_conformance_of_a_file_that_is_no_suite_says_so(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], text: str
) -> None:
    file = tmp_path / "broken.json"
    file.write_bytes(text.encode("utf-8", "surrogateescape"))

    assert run_conformance("metrics", file, as_json=False) == 2
    assert capsys.readouterr().out.startswith(f"{file} cannot be read as a suite: ")


def test_run_conformance_of_a_missing_file_or_kind_says_so(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run_conformance("metrics", tmp_path / "nowhere.json", as_json=False) == 2
    assert run_conformance("weather", tmp_path / "nowhere.json", as_json=False) == 2
    assert capsys.readouterr().out.splitlines()[1] == "There is no conformance suite named weather."
