"""Rollups: made where events are many and alike, and as right as the events themselves after each way to change them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

import pytest

from tenure.kernel.period import Period
from tenure.stream.store import rollups
from tenure.stream.store.property_columns import ensure_column
from tenure.stream.store.rollups import ensure_rollup, list_rollups
from tenure.usage.actions.create_meter import create_meter
from tenure.usage.domain.definitions import Filter, MeterDefinition
from tenure.usage.domain.evaluation import SeenEvent
from tenure.usage.enums import Aggregation, FilterOperator, WindowSize
from tenure.usage.queries.asking import Question, find_usage
from tenure.usage.queries.rollup import is_rolled_up
from tenure.usage.rolling_up import roll_up
from tenure.workspace.scope import enter
from tests.usage.given import EVER, at, given_events, given_ties

if TYPE_CHECKING:
    from tenure.stream.store.client import EventStore
    from tests.world import Company

pytestmark = pytest.mark.django_db

YESTERDAY = datetime.now(UTC).replace(hour=3, minute=0, second=0, microsecond=0) - timedelta(days=1)
UTC_ZONE = ZoneInfo("UTC")


@pytest.fixture
def fresh(own_store: EventStore, monkeypatch: pytest.MonkeyPatch) -> EventStore:
    """A store where nothing is remembered of what it keeps, and a hundred events are many. Each rollup costs every insert."""
    monkeypatch.setattr("tenure.usage.queries.columns.KEPT_SECONDS", -1)
    monkeypatch.setattr(rollups, "PAYS_FROM_EVENTS", 100)
    return own_store


def sizes(name: str, *, subjects: int) -> list[tuple[str, SeenEvent]]:
    """120 events of yesterday, of one size each, by so many users."""
    times = [YESTERDAY + timedelta(minutes=number) for number in range(120)]
    return [(f"u:{number % subjects}", SeenEvent("upload", time, {name: 1}, seq=number)) for number, time in enumerate(times)]


def published(company: Company, definition: MeterDefinition, name: str) -> None:
    create_meter(company.owner.ctx, definition, name=name)
    if definition.value:
        ensure_column(definition.value)


def test_rollup_is_made_where_events_are_many_and_alike(acme: Company, fresh: EventStore) -> None:
    published(acme, MeterDefinition(Aggregation.SUM, ("upload",), "rolled_bytes"), "Bytes")
    given_events(fresh, acme.workspace.pk, sizes("rolled_bytes", subjects=1))

    roll_up(acme.owner.ctx)

    assert "p_rolled_bytes" in list_rollups(fresh)


def test_rollup_is_not_made_where_every_user_sends_few(acme: Company, fresh: EventStore) -> None:
    published(acme, MeterDefinition(Aggregation.SUM, ("upload",), "sparse_bytes"), "Bytes")
    # 120 events of 60 users: two on a day.
    given_events(fresh, acme.workspace.pk, sizes("sparse_bytes", subjects=60))

    roll_up(acme.owner.ctx)

    assert "p_sparse_bytes" not in list_rollups(fresh)


@pytest.mark.parametrize(
    "definition",
    [
        MeterDefinition(Aggregation.UNIQUE_COUNT, ("upload",), "told"),
        MeterDefinition(Aggregation.WEIGHTED_SUM, ("upload",), "told"),
        MeterDefinition(Aggregation.SUM, ("upload",), "told", filters=(Filter("plan", FilterOperator.EQ, ("pro",)),)),
    ],
    ids=["unique", "level", "filtered"],
)
def test_what_daily_sums_do_not_say_is_not_rolled_up(definition: MeterDefinition) -> None:
    assert not is_rolled_up(definition)


def test_usage_by_account_out_of_a_rollup_follows_a_subject_that_moved(acme: Company, fresh: EventStore) -> None:
    ensure_column("moved_bytes")
    assert ensure_rollup("p_moved_bytes", fresh)
    north, south = acme.account("North"), acme.account("South")
    given_ties(
        fresh, acme.workspace.pk, [("u:1", north.pk, EVER), ("u:2", north.pk, EVER), ("u:2", south.pk, at("2026-01-10T12:00"))]
    )
    events = [("u:1", 3, 10), ("u:2", 10, 1), ("u:2", 11, 2), ("u:9", 5, 50)]
    given_events(
        fresh,
        acme.workspace.pk,
        [(who, SeenEvent("upload", at(f"2026-01-{day:02}T09:00"), {"moved_bytes": size}, seq=day)) for who, day, size in events],
    )
    meters = [MeterDefinition(Aggregation.SUM, ("upload",), "moved_bytes"), MeterDefinition(Aggregation.COUNT, ("upload",))]

    with enter(acme.owner.ctx.scope):
        question = Question(Period(at("2026-01-01"), at("2026-02-01")), UTC_ZONE, by=("account",))
        rows = find_usage(acme.owner.ctx, fresh, meters, question)

    # u:2 was North's until noon of the tenth: 10 + 1, then 2; u:9 waits.
    found = {row.keys[0]: [values[0] for values in row.values] for row in rows}
    assert found == {north.pk: [Decimal(11), 2], south.pk: [Decimal(2), 1], None: [Decimal(50), 1]}


def test_correction_is_seen_in_a_rollup(acme: Company, fresh: EventStore) -> None:
    ensure_column("mended_bytes")
    assert ensure_rollup("p_mended_bytes", fresh)
    events = [
        ("u:1", SeenEvent("upload", at(f"2026-01-{day:02}T09:00"), {"mended_bytes": size}, seq=day))
        for day, size in ((2, 10), (3, 20), (4, 40))
    ]
    given_events(fresh, acme.workspace.pk, events)

    def by_month() -> Any:
        with enter(acme.owner.ctx.scope):
            question = Question(Period(at("2026-01-01"), at("2026-02-01")), UTC_ZONE, WindowSize.MONTH)
            definition = MeterDefinition(Aggregation.SUM, ("upload",), "mended_bytes")
            return find_usage(acme.owner.ctx, fresh, [definition], question)[0].values[0][0]

    assert by_month() == 70
    fresh.change("ALTER TABLE events DELETE WHERE workspace = {workspace:UUID} AND seq = 3", workspace=acme.workspace.pk)
    assert by_month() == 50
    amend = """
    ALTER TABLE events UPDATE properties = '{"mended_bytes": 5}' WHERE workspace = {workspace:UUID} AND seq = 4
    """
    fresh.change(amend, workspace=acme.workspace.pk)
    assert by_month() == 15
