"""Rollups and the plain reading in memory say the same, to the last digit, for events and windows at random."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any
from uuid import uuid4
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tenure.kernel.period import Period
from tenure.stream.store.property_columns import ensure_column
from tenure.stream.store.rollups import ensure_rollup
from tenure.usage.domain.definitions import NEEDS_NUMBER, MeterDefinition
from tenure.usage.domain.evaluation import SeenEvent, usage_in_memory
from tenure.usage.enums import Aggregation, WindowSize
from tenure.usage.queries.asking import Question, find_usage
from tenure.usage.queries.rollup import ROLLED_UP
from tenure.usage.queries.selecting import select
from tenure.usage.queries.statement import EPOCH
from tenure.usage.queries.whose import Span
from tests.usage.given import at, given_events
from tests.usage.queries.test_agreement import NAMES, START, moments, properties

if TYPE_CHECKING:
    from datetime import datetime


@pytest.fixture(scope="module")
def store_with_rollup(own_store: Any) -> Any:
    ensure_column("n", own_store)
    assert ensure_rollup("p_n", own_store)
    return own_store


long_moments = st.integers(0, 70 * 86_400_000_000).map(lambda passed: START + timedelta(microseconds=passed)) | moments


@st.composite
def seen_for_long(draw: Any) -> list[tuple[str, SeenEvent]]:
    drawn = draw(st.lists(st.tuples(st.sampled_from(NAMES), long_moments, properties, st.sampled_from("abc")), max_size=40))
    return [(f"u:{who}", SeenEvent(name, time, own, who, seq=place, idx=0)) for place, (name, time, own, who) in enumerate(drawn)]


@st.composite
def plain_meters(draw: Any) -> MeterDefinition:
    aggregation = draw(st.sampled_from(sorted(ROLLED_UP)))
    names = tuple(draw(st.lists(st.sampled_from(NAMES), max_size=2, unique=True)))
    return MeterDefinition(aggregation, names, "n" if aggregation in NEEDS_NUMBER else "")


@given(
    events=seen_for_long(),
    definitions=st.lists(plain_meters(), min_size=1, max_size=4),
    zone=st.sampled_from(["UTC", "Europe/Berlin", "Asia/Kolkata"]).map(ZoneInfo),
    size=st.sampled_from([WindowSize.WHOLE, WindowSize.MONTH, WindowSize.WEEK, WindowSize.DAY]),
    span=st.tuples(long_moments, long_moments).filter(lambda pair: pair[0] != pair[1]),
    by=st.sampled_from([(), ("event",)]),
)
@settings(max_examples=150, suppress_health_check=list(HealthCheck))
def test_rollup_says_the_same_as_the_plain_reading(
    store_with_rollup: Any,
    events: list[tuple[str, SeenEvent]],
    definitions: list[MeterDefinition],
    zone: ZoneInfo,
    size: WindowSize,
    span: tuple[datetime, datetime],
    by: tuple[str, ...],
) -> None:
    workspace_id = uuid4()
    ctx: Any = SimpleNamespace(workspace=SimpleNamespace(pk=workspace_id))
    period = Period(min(span), max(span))
    given_events(store_with_rollup, workspace_id, events)
    spans = (Span("u:a", EPOCH, at("2300-01-01")), Span("u:b", EPOCH, at("2300-01-01")))

    rows = find_usage(ctx, store_with_rollup, definitions, Question(period, zone, size, by, spans=spans))

    theirs = [event for subject, event in events if subject != "u:c"]
    for row in rows:
        own = [event for event in theirs if not by or event.name == row.keys[0]]
        assert [list(values) for values in row.values] == [usage_in_memory(each, own, period, size, zone) for each in definitions]
    if not by:
        assert len(rows) == 1


def test_rollup_is_what_is_read(store_with_rollup: Any) -> None:
    workspace_id = uuid4()
    ctx: Any = SimpleNamespace(workspace=SimpleNamespace(pk=workspace_id))
    events = [
        ("u:a", SeenEvent("call", at("2026-03-02T05:00") + timedelta(hours=hour), {"n": 2}, seq=hour)) for hour in range(48)
    ]
    # In Berlin, April begins at 22:00.
    events += [("u:a", SeenEvent("call", at(moment), {"n": 5})) for moment in ("2026-03-31T21:59", "2026-03-31T22:00")]
    given_events(store_with_rollup, workspace_id, events)
    definitions = [MeterDefinition(Aggregation.SUM, ("call",), "n"), MeterDefinition(Aggregation.COUNT, ("call",))]
    question = Question(Period(at("2026-02-28T23:00"), at("2026-03-31T22:00")), ZoneInfo("Europe/Berlin"))

    selection = select(ctx, store_with_rollup, definitions, question, question.bounds)
    plan = store_with_rollup.rows(f"EXPLAIN {selection.sql}", **selection.parameters)

    # Whole days out of sums, the two on which Berlin's months begin out of events.
    told = "\n".join(line for (line,) in plan)
    assert "ReadFromMergeTree (daily_p_n)" in told
    assert "ReadFromMergeTree (tenure.events)" in told
    (row,) = find_usage(ctx, store_with_rollup, definitions, question)
    assert row.values == ((Decimal(101),), (Decimal(49),))
