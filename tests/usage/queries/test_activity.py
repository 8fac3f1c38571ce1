"""Active users and adoption. Expected values by hand; at random, against counting sets of users day by day."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any
from uuid import uuid4
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tenure.kernel.period import Period
from tenure.usage.actions.create_feature import create_feature
from tenure.usage.domain.evaluation import SeenEvent
from tenure.usage.queries.activity import ActiveDay, find_activity, find_adoption
from tenure.usage.queries.asking import Question
from tenure.workspace.scope import enter
from tests.usage.given import EVER, at, given_events, given_ties

if TYPE_CHECKING:
    from tenure.stream.store.client import EventStore
    from tests.world import Company

UTC = ZoneInfo("UTC")
FIRST = date(2026, 1, 1)


def seen(user: str, day: int, name: str = "call") -> tuple[str, SeenEvent]:
    return f"u:{user}", SeenEvent(name, at("2026-01-01T09:00") + timedelta(days=day), {}, user, seq=day)


def ctx_of(workspace_id: object) -> Any:
    return SimpleNamespace(workspace=SimpleNamespace(pk=workspace_id))


def test_find_activity_counts_users_a_day_a_week_and_a_month(event_store: EventStore) -> None:
    workspace_id = uuid4()
    given_events(
        event_store,
        workspace_id,
        [seen("a", 0), seen("a", 0), seen("b", 0), seen("a", 7), seen("", 8), seen("c", 9, "$identify")],
    )
    question = Question(Period(at("2026-01-01"), at("2026-02-02")), UTC)

    found = find_activity(ctx_of(workspace_id), event_store, question)

    by_day = {day.on: (day.daily, day.weekly, day.monthly) for day in found.days}
    assert len(found.days) == 32
    assert [by_day[FIRST + timedelta(days=day)] for day in (0, 6, 7, 13, 14, 29, 30)] == [
        (2, 2, 2),
        (0, 2, 2),
        (1, 1, 2),
        (0, 1, 2),
        (0, 0, 2),
        (0, 0, 2),
        (0, 0, 1),
    ]
    # The last thirty days, from 3 January on: one daily user once, one monthly user at the end.
    assert found.stickiness == Fraction(1, 30)


@given(st.lists(st.tuples(st.sampled_from("abc"), st.integers(-40, 40)), max_size=30))
@settings(max_examples=40, suppress_health_check=list(HealthCheck))
def test_find_activity_at_random_is_what_sets_of_users_say(event_store: EventStore, days: list[tuple[str, int]]) -> None:
    workspace_id = uuid4()
    events = [(subject, replace(event, seq=0)) for subject, event in (seen(user, day) for user, day in days)]
    given_events(event_store, workspace_id, events)

    found = find_activity(ctx_of(workspace_id), event_store, Question(Period(at("2026-01-01"), at("2026-02-10")), UTC)).days

    def active(last: int, length: int) -> int:
        return len({user for user, day in days if last - length < day <= last})

    assert list(found) == [
        ActiveDay(FIRST + timedelta(days=day), active(day, 1), active(day, 7), active(day, 30)) for day in range(40)
    ]


@pytest.mark.django_db
def test_find_adoption_tells_how_many_accounts_use_a_feature_and_on_how_many_days(acme: Company, event_store: EventStore) -> None:
    north, south, west = (acme.account(name) for name in ("North", "South", "West"))
    ties = [("u:a", north.pk, EVER), ("u:b", north.pk, EVER), ("u:c", south.pk, EVER), ("u:d", west.pk, EVER)]
    given_ties(event_store, acme.workspace.pk, ties)
    events = [seen("a", 0, "report"), seen("b", 0, "report"), seen("a", 3, "export"), seen("c", 5, "export"), seen("d", 6)]
    given_events(event_store, acme.workspace.pk, [*events, seen("x", 6, "export")])
    reports = create_feature(acme.owner.ctx, name="Reports", events=["report", "export"])
    ghosts = create_feature(acme.owner.ctx, name="Ghosts", events=["boo"])
    question = Question(Period(at("2026-01-01"), at("2026-01-11")), UTC)

    with enter(acme.owner.ctx.scope):
        used, unused = find_adoption(acme.owner.ctx, event_store, [reports, ghosts], question)

    # North on the 1st and the 4th, South on the 6th; West is active without it; x waits for an account, and is a user all the same.
    assert (used.accounts, used.active_accounts, used.users, used.events, used.active_days) == (2, 3, 4, 4, 3)
    assert (used.breadth, used.frequency) == (Fraction(2, 3), Fraction(3, 2))
    assert (unused.accounts, unused.breadth, unused.frequency) == (0, 0, None)
