from __future__ import annotations

from decimal import Decimal
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any
from uuid import uuid4
from zoneinfo import ZoneInfo

from tenure.kernel.period import Period
from tenure.usage.domain.definitions import MeterDefinition
from tenure.usage.domain.evaluation import SeenEvent
from tenure.usage.enums import Aggregation
from tenure.usage.queries.asking import Question
from tenure.usage.queries.under import list_counted_events, list_events_without_number
from tests.usage.given import at, given_events

if TYPE_CHECKING:
    from tenure.stream.store.client import EventStore

JANUARY = Question(Period(at("2026-01-01"), at("2026-02-01")), ZoneInfo("UTC"))
BYTES = MeterDefinition(Aggregation.SUM, ("call",), "n")


def test_list_counted_events_turns_pages_from_the_latest_to_the_first(event_store: EventStore) -> None:
    workspace_id = uuid4()
    ctx: Any = SimpleNamespace(workspace=SimpleNamespace(pk=workspace_id))
    # Three at the same microsecond: their place in the stream decides.
    times = ["2026-01-05T10:00:00.000001"] * 3 + ["2026-01-06T10:00", "2026-02-01T00:00"]
    events = [("u:1", SeenEvent("call", at(each), {"n": place}, "1", seq=place)) for place, each in enumerate(times)]
    given_events(event_store, workspace_id, [*events, ("u:1", SeenEvent("other", at("2026-01-07"), {"n": 9}, "1"))])

    first = list_counted_events(ctx, event_store, BYTES, JANUARY, limit=3)
    second = list_counted_events(ctx, event_store, BYTES, JANUARY, after=first[-1].place, limit=3)

    assert [event.value for event in [*first, *second]] == [3, 2, 1, 0]
    assert (first[1].name, first[1].user, first[1].subject, first[1].text) == ("call", "1", "u:1", "2")


def test_list_events_without_number_are_those_that_only_count_counts(event_store: EventStore) -> None:
    workspace_id = uuid4()
    ctx: Any = SimpleNamespace(workspace=SimpleNamespace(pk=workspace_id))
    given = ["12", "twelve", None, Decimal("1.5")]
    events = [("u:1", SeenEvent("call", at(f"2026-01-0{day}"), {"n": value})) for day, value in enumerate(given, start=1)]
    given_events(event_store, workspace_id, events)

    listed = list_events_without_number(ctx, event_store, BYTES, JANUARY)
    counted = list_events_without_number(ctx, event_store, MeterDefinition(Aggregation.COUNT, ("call",)), JANUARY)
    distinct = list_events_without_number(ctx, event_store, MeterDefinition(Aggregation.UNIQUE_COUNT, ("call",), "n"), JANUARY)

    assert [event.text for event in listed] == ["", "twelve"]
    assert counted == []
    assert [event.time for event in distinct] == [at("2026-01-03")]
