"""Usage by account: ties, spans, mended ties, merged accounts, and what waits. Expected values by hand."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest

from tenure.directory.actions.create_account import create_account
from tenure.directory.actions.merge_accounts import merge_accounts
from tenure.kernel.period import Period
from tenure.usage.domain.definitions import Filter, MeterDefinition
from tenure.usage.domain.evaluation import SeenEvent
from tenure.usage.enums import Aggregation, FilterOperator, WindowSize
from tenure.usage.queries.asking import Question, find_usage
from tenure.usage.queries.whose import NOBODY, find_spans
from tenure.workspace.scope import enter
from tests.usage.given import EVER, at, given_events, given_ties

if TYPE_CHECKING:
    from tests.world import Company

pytestmark = pytest.mark.django_db

JANUARY = Period(at("2026-01-01"), at("2026-02-01"))
UTC = ZoneInfo("UTC")
CALLS = MeterDefinition(Aggregation.COUNT, ("call",))
BYTES = MeterDefinition(Aggregation.SUM, ("call",), "n")
USERS = MeterDefinition(Aggregation.UNIQUE_COUNT, ("call",), "who")
HIGHEST = MeterDefinition(Aggregation.MAX, ("call",), "n")
LATEST = MeterDefinition(Aggregation.LATEST, ("call",), "n")
LEVEL = MeterDefinition(Aggregation.WEIGHTED_SUM, ("call",), "n", carries_over=True)
SEATS = MeterDefinition(Aggregation.UNIQUE_COUNT, ("call",), "who", "did")


def account(company: Company, name: str) -> UUID:
    return create_account(company.owner.ctx, {"name": name}).pk


def call(subject: str, day: int, n: object, who: str = "ann", did: str = "add") -> tuple[str, SeenEvent]:
    return subject, SeenEvent("call", at(f"2026-01-{day:02}"), {"n": n, "who": who, "did": did}, who, seq=day)


def usage(company: Company, store: Any, definitions: list[MeterDefinition], **question: Any) -> dict[Any, list[Any]]:
    asked = Question(JANUARY, UTC, **({"by": ("account",)} | question))
    with enter(company.owner.ctx.scope):
        rows = find_usage(company.owner.ctx, store, definitions, asked)
    return {row.keys if len(row.keys) > 1 else (row.keys or (None,))[0]: [values[0] for values in row.values] for row in rows}


def test_find_usage_by_account_merges_its_subjects_and_keeps_what_waits(acme: Company, event_store: Any) -> None:
    north, south = account(acme, "North"), account(acme, "South")
    given_ties(event_store, acme.workspace.pk, [("u:1", north, EVER), ("u:2", north, EVER), ("u:3", south, EVER)])
    events = [call("u:1", 2, 3), call("u:1", 3, 4, "bob"), call("u:2", 4, "0.5", "bob"), call("u:3", 5, 7), call("u:9", 6, 100)]
    given_events(event_store, acme.workspace.pk, events)

    found = usage(acme, event_store, [CALLS, BYTES, USERS, HIGHEST, LATEST])

    assert found == {
        north: [3, Decimal("7.5"), 2, 4, Decimal("0.5")],
        south: [1, 7, 1, 7, 7],
        None: [1, 100, 1, 100, 100],
    }
    assert usage(acme, event_store, [CALLS, BYTES], by=()) == {None: [5, Decimal("114.5")]}


def test_find_usage_of_a_subject_that_moved_belongs_to_each_account_for_its_time(acme: Company, event_store: Any) -> None:
    north, south = account(acme, "North"), account(acme, "South")
    ties = [
        ("u:1", north, EVER),
        ("u:1", south, at("2026-01-10")),
        ("u:1", NOBODY, at("2026-01-20")),
        ("u:2", south, at("2026-01-05")),
    ]
    given_ties(event_store, acme.workspace.pk, ties)
    events = [call("u:1", 9, 1), call("u:1", 10, 2, "bob"), call("u:1", 20, 4), call("u:2", 4, 8), call("u:2", 5, 16, "bob")]
    given_events(event_store, acme.workspace.pk, events)

    found = usage(acme, event_store, [BYTES, USERS, LATEST, LEVEL, SEATS])
    with enter(acme.owner.ctx.scope):
        spans = find_spans(acme.owner.ctx, event_store, [south])

    # 31 days; south's level: 16 from the 5th (27 days left), 2 from the 10th (22 left); north's: 1 from the 9th (23 left).
    assert found == {
        north: [1, 1, 1, Decimal("0.741935483871"), 1],
        south: [18, 1, 2, Decimal("15.354838709677"), 1],
        None: [12, 1, 4, Decimal("8.774193548387"), 1],
    }
    assert [(span.subject, span.since, span.is_whole) for span in spans] == [
        ("u:1", at("2026-01-10"), False),
        ("u:2", at("2026-01-05"), False),
    ]
    assert usage(acme, event_store, [BYTES, SEATS], by=(), spans=tuple(spans)) == {None: [18, 1]}


def test_find_usage_of_merged_accounts_is_the_winners(acme: Company, event_store: Any) -> None:
    winner, loser = account(acme, "North"), account(acme, "North Ltd")
    given_ties(event_store, acme.workspace.pk, [("u:1", winner, EVER), ("u:2", loser, EVER)])
    given_events(event_store, acme.workspace.pk, [call("u:1", 2, 3), call("u:2", 3, 4)])
    merge_accounts(acme.owner.ctx, winner, loser)

    found = usage(acme, event_store, [BYTES, USERS])
    with enter(acme.owner.ctx.scope):
        spans = find_spans(acme.owner.ctx, event_store, [winner])

    assert found == {winner: [7, 1]}
    assert [span.subject for span in spans] == ["u:1", "u:2"]


def test_find_usage_follows_a_mended_tie_at_once(acme: Company, event_store: Any) -> None:
    north, south = account(acme, "North"), account(acme, "South")
    given_ties(event_store, acme.workspace.pk, [("u:1", north, EVER)])
    given_events(event_store, acme.workspace.pk, [call("u:1", 2, 3)])

    before = usage(acme, event_store, [BYTES])
    given_ties(event_store, acme.workspace.pk, [("u:1", south, EVER)], version=2)

    assert before == {north: [3]}
    assert usage(acme, event_store, [BYTES]) == {south: [3]}


def test_find_usage_of_another_workspace_is_never_seen(acme: Company, event_store: Any) -> None:
    given_events(event_store, UUID(int=5), [call("u:1", 2, 3)])

    assert usage(acme, event_store, [BYTES], by=()) == {None: [0]}
    assert usage(acme, event_store, [BYTES]) == {}


def test_find_usage_may_be_asked_for_some_accounts_and_other_keys(acme: Company, event_store: Any) -> None:
    north, south = account(acme, "North"), account(acme, "South")
    given_ties(event_store, acme.workspace.pk, [("u:1", north, EVER), ("u:3", south, EVER)])
    given_events(event_store, acme.workspace.pk, [call("u:1", 2, 3), call("u:1", 3, 4, "bob"), call("u:3", 5, 7)])

    found = usage(acme, event_store, [BYTES], by=("account", "property:who"), accounts=(north,))
    bob = usage(acme, event_store, [BYTES], by=("user",), filters=(Filter("who", FilterOperator.EQ, ("bob",)),))

    assert found == {(north, "ann"): [3], (north, "bob"): [4]}
    assert bob == {"bob": [4]}
    assert usage(acme, event_store, [BYTES], by=("event",), user="ann") == {"call": [10]}
    assert usage(acme, event_store, [BYTES], by=(), spans=()) == {None: [0]}


def test_find_usage_by_day_of_a_zone_follows_its_clocks(acme: Company, event_store: Any) -> None:
    moments = ["2026-03-28T22:59:59", "2026-03-28T23:00:00", "2026-03-29T21:59:59", "2026-03-29T22:00:00"]
    given_events(
        event_store, acme.workspace.pk, [("u:1", SeenEvent("call", at(each), seq=place)) for place, each in enumerate(moments)]
    )
    period = Period(at("2026-03-27T23:00"), at("2026-03-30T22:00"))

    (row,) = find_usage(acme.owner.ctx, event_store, [CALLS], Question(period, ZoneInfo("Europe/Berlin"), WindowSize.DAY))

    assert row.values == ((1, 2, 1),)
