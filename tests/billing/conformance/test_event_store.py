"""The published examples of what is counted, through the event store: events in, usage out, then priced."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from uuid import uuid4
from zoneinfo import ZoneInfo

import pytest

from tenure.billing.conformance import run
from tenure.billing.conformance.metering import Counting
from tenure.usage.enums import WindowSize
from tenure.usage.queries.asking import Question, find_buckets, find_usage
from tests.usage.given import given_events

VECTORS = Path(__file__).parents[4] / "shared" / "vectors" / "billing.json"
COUNTED = {"aggregate": 4, "weighted_sum": 4, "prorated_recurring_sum": 2, "bucketed": 4, "unit_conversion": 3}

pytestmark = pytest.mark.public_data


def test_run_of_the_published_examples_through_the_event_store_passes_all(event_store: Any, tmp_path: Path) -> None:
    if not VECTORS.exists():
        pytest.skip(f"{VECTORS} is missing: the public examples are not part of this repository")
    examples = [each for each in json.loads(VECTORS.read_text(encoding="utf-8")) if each["model"] in COUNTED]
    file = tmp_path / "counted.json"
    file.write_text(json.dumps(examples), encoding="utf-8")
    asked: list[Counting] = []

    def count(counting: Counting) -> list[Decimal | None]:
        asked.append(counting)
        workspace_id = uuid4()
        ctx: Any = SimpleNamespace(workspace=SimpleNamespace(pk=workspace_id))
        given_events(event_store, workspace_id, [("u:1", event) for event in counting.events])
        question = Question(counting.period, ZoneInfo("UTC"))
        if counting.by is not WindowSize.WHOLE:
            return [bucket.value for bucket in find_buckets(ctx, event_store, counting.definition, question)]
        (row,) = find_usage(ctx, event_store, [counting.definition], question)
        return list(row.values[0])

    report = run(file, count)

    assert [each.line() for each in report.outcomes if not each.passed] == []
    assert report.passed == len(asked) == sum(COUNTED.values())
