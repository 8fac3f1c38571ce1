"""The event store and the plain reading in memory say the same, to the last digit, for events and meters at random."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any
from uuid import uuid4
from zoneinfo import ZoneInfo

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tenure.kernel.period import Period
from tenure.usage.domain.definitions import LEVELS, MAY_BE_BUCKETED, NEEDS_NUMBER, Filter, MeterDefinition
from tenure.usage.domain.evaluation import SeenEvent, usage_in_memory
from tenure.usage.enums import Aggregation, FilterOperator, WindowSize
from tenure.usage.queries.asking import Question, find_buckets, find_usage
from tenure.usage.queries.parts import values_of
from tests.usage.given import at, given_events

if TYPE_CHECKING:
    from datetime import datetime


START = at("2026-03-25T00:00")
NAMES = ("call", "upload", 'it\'s \\ "odd" {x:String}', "登录")
WORDS = ("", "a", "b", "add", "remove", "it's", "\\", '"', "%", "12", "登录", "1.0", "{b0:String}")
decimals = st.decimals(-(10**14), 10**14, places=12, allow_nan=False) | st.integers(-5, 5).map(Decimal)
values: Any = st.one_of(
    decimals,
    decimals.map(str),
    st.integers(-9, 9),
    st.sampled_from([*WORDS, " 1", "-", ".", "1e3", "5.", ".5", "+2", "0.1234567890129", "NaN", "1e26", "9" * 27]),
    st.booleans(),
    st.none(),
)
properties = st.fixed_dictionaries(
    {}, optional={"n": values, "k": st.sampled_from(WORDS) | st.integers(0, 3), "op": st.sampled_from(["add", "remove", "", "x"])}
)
moments = st.integers(0, 8 * 86_400_000_000).map(lambda passed: START + timedelta(microseconds=passed)) | st.sampled_from(
    [at("2026-03-29T00:59:59.999999"), at("2026-03-29T01:00"), at("2026-03-28T23:00"), at("2026-03-27T00:00")]
)


@st.composite
def seen(draw: Any) -> list[SeenEvent]:
    drawn = draw(st.lists(st.tuples(st.sampled_from(NAMES), moments, properties, st.sampled_from(["", "1", "2"])), max_size=25))
    return [
        SeenEvent(name, time, own, user, seq=position // 3, idx=position % 3)
        for position, (name, time, own, user) in enumerate(drawn)
    ]


@st.composite
def filters(draw: Any) -> Filter:
    operator = draw(st.sampled_from(FilterOperator))
    field = draw(st.sampled_from(["n", "k", "op", "missing", "$name", "$user"]))
    if operator in (FilterOperator.EXISTS, FilterOperator.NOT_EXISTS):
        return Filter(field, operator)
    many = operator in (FilterOperator.IN, FilterOperator.NOT_IN)
    own = (
        decimals
        if field == "n" and operator is not FilterOperator.CONTAINS and draw(st.booleans())
        else st.sampled_from([*WORDS, *NAMES])
    )
    return Filter(field, operator, tuple(draw(st.lists(own, min_size=1, max_size=3 if many else 1))))


@st.composite
def meters(draw: Any) -> MeterDefinition:
    aggregation = draw(st.sampled_from(Aggregation))
    operation = "op" if aggregation is Aggregation.UNIQUE_COUNT and draw(st.booleans()) else ""
    may_carry = aggregation is Aggregation.WEIGHTED_SUM or operation
    may_bucket = aggregation in MAY_BE_BUCKETED and not operation
    value = draw(st.sampled_from(["n", "k"])) if aggregation in NEEDS_NUMBER else ""
    if aggregation is Aggregation.UNIQUE_COUNT:
        value = draw(st.sampled_from(["n", "k", "$user", "$name"]))
    return MeterDefinition(
        aggregation,
        tuple(draw(st.lists(st.sampled_from(NAMES), max_size=2, unique=True))),
        value,
        operation,
        tuple(draw(st.lists(filters(), max_size=2))),
        bucket=draw(st.sampled_from([None, WindowSize.HOUR, WindowSize.DAY])) if may_bucket else None,
        carries_over=bool(may_carry and draw(st.booleans())),
        zone=draw(st.sampled_from(["", "Asia/Kolkata"])),
    )


@given(
    events=seen(),
    definitions=st.lists(meters(), min_size=1, max_size=4),
    zone=st.sampled_from(["UTC", "Europe/Berlin", "America/New_York", "Australia/Lord_Howe"]).map(ZoneInfo),
    size=st.sampled_from([size for size in WindowSize if size is not WindowSize.MINUTE]),
    span=st.tuples(moments, moments).filter(lambda pair: pair[0] != pair[1]),
)
@settings(max_examples=250, suppress_health_check=list(HealthCheck))
def test_find_usage_of_events_at_random_agrees_with_the_plain_reading(
    own_store: Any,
    events: list[SeenEvent],
    definitions: list[MeterDefinition],
    zone: ZoneInfo,
    size: WindowSize,
    span: tuple[datetime, datetime],
) -> None:
    workspace_id = uuid4()
    ctx: Any = SimpleNamespace(workspace=SimpleNamespace(pk=workspace_id))
    period = Period(min(span), max(span))
    given_events(own_store, workspace_id, [(f"u:{event.user}", event) for event in events])

    (row,) = find_usage(ctx, own_store, definitions, Question(period, zone, size))

    expected = [usage_in_memory(each, events, period, size, zone) for each in definitions]
    assert [list(values) for values in row.values] == expected


@given(events=seen(), definition=meters())
@settings(max_examples=50, suppress_health_check=list(HealthCheck))
def test_find_usage_by_user_and_property_agrees_with_the_plain_reading_of_each(
    own_store: Any, events: list[SeenEvent], definition: MeterDefinition
) -> None:
    workspace_id = uuid4()
    ctx: Any = SimpleNamespace(workspace=SimpleNamespace(pk=workspace_id))
    period, zone = Period(START, START + timedelta(days=8)), ZoneInfo("Europe/Berlin")
    given_events(own_store, workspace_id, [(f"u:{event.user}", event) for event in events])

    rows = find_usage(ctx, own_store, [definition], Question(period, zone, WindowSize.DAY, by=("user", "event")))

    for row in rows:
        own = [event for event in events if (event.user, event.name) == row.keys]
        assert list(row.values[0]) == usage_in_memory(definition, own, period, WindowSize.DAY, zone)
    if definition.aggregation in LEVELS or definition.aggregation in (Aggregation.COUNT, Aggregation.SUM):
        (whole,) = find_usage(ctx, own_store, [definition], Question(period, zone, WindowSize.WHOLE))
        parts = [row.values[0] for row in find_usage(ctx, own_store, [definition], Question(period, zone, by=("user",)))]
        off = abs(sum((part[0] or Decimal(0) for part in parts), Decimal(0)) - (whole.values[0][0] or Decimal(0)))
        assert off <= len(parts) * Decimal("1e-12")


def test_find_buckets_sum_to_the_usage(own_store: Any) -> None:
    workspace_id = uuid4()
    ctx: Any = SimpleNamespace(workspace=SimpleNamespace(pk=workspace_id))
    # Two hours: 3 and 9, then 10 alone. The highest of each: 9 and 10 (Flexprice's example of bucketed maxima).
    events = [
        SeenEvent("job", at("2026-03-29T00:10"), {"n": 3}, seq=1),
        SeenEvent("job", at("2026-03-29T00:50"), {"n": 9}, seq=2),
        SeenEvent("job", at("2026-03-29T01:10"), {"n": 10}, seq=3),
    ]
    given_events(own_store, workspace_id, [("u:1", event) for event in events])
    definition = MeterDefinition(Aggregation.MAX, ("job",), "n", bucket=WindowSize.HOUR)
    question = Question(Period(at("2026-03-29"), at("2026-03-30")), ZoneInfo("Europe/Berlin"))

    buckets = find_buckets(ctx, own_store, definition, question)
    (row,) = find_usage(ctx, own_store, [definition], question)

    assert [(bucket.start, bucket.value) for bucket in buckets] == [(at("2026-03-29T00:00"), 9), (at("2026-03-29T01:00"), 10)]
    assert row.values == ((Decimal(19),),)


def test_values_of_windows_without_rows_are_zero_only_where_nothing_is_zero() -> None:
    bounds = [at("2026-01-01"), at("2026-01-02")]

    nothing = {
        each: values_of(MeterDefinition(each), [None], None, bounds, ZoneInfo("UTC"))[0]
        for each in (Aggregation.SUM, Aggregation.MAX)
    }

    assert nothing == {Aggregation.SUM: 0, Aggregation.MAX: None}
