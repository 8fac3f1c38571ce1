from __future__ import annotations

from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import pytest

from tenure.kernel.period import Period
from tenure.usage.actions.create_meter import create_meter
from tenure.usage.actions.publish_meter_version import publish_meter_version
from tenure.usage.domain.definitions import MeterDefinition
from tenure.usage.domain.evaluation import SeenEvent
from tenure.usage.enums import Aggregation, WindowSize
from tenure.usage.queries.asking import Question
from tenure.usage.queries.meters import list_versions
from tenure.usage.queries.of_meter import of_account, usage_of_meter
from tenure.workspace.scope import enter
from tests.usage.given import EVER, at, given_events, given_ties

if TYPE_CHECKING:
    from tenure.stream.store.client import EventStore
    from tests.world import Company

pytestmark = pytest.mark.django_db


def test_usage_of_meter_counts_each_window_by_the_version_in_force_when_it_begins(acme: Company, event_store: EventStore) -> None:
    meter = create_meter(acme.owner.ctx, MeterDefinition(Aggregation.COUNT, ("call",)), name="Calls")
    bytes_sent = MeterDefinition(Aggregation.SUM, ("call",), "n")
    publish_meter_version(acme.owner.ctx, meter.pk, bytes_sent, effective_at=at("2026-01-02T12:00"))
    north = acme.account("North")
    given_ties(event_store, acme.workspace.pk, [("u:1", north.pk, EVER)])
    events = [("u:1", SeenEvent("call", at(f"2026-01-0{day}T09:00"), {"n": 10 * day}, seq=day)) for day in (1, 2, 3)]
    given_events(event_store, acme.workspace.pk, [*events, ("u:2", SeenEvent("call", at("2026-01-03T10:00"), {"n": 5}))])
    question = Question(Period(at("2026-01-01"), at("2026-01-05")), ZoneInfo("UTC"), WindowSize.DAY)

    with enter(acme.owner.ctx.scope):
        versions = list_versions(meter)
        ((_none, everybody),) = usage_of_meter(acme.owner.ctx, event_store, versions, question)
        ((_none, norths),) = usage_of_meter(
            acme.owner.ctx, event_store, versions, of_account(acme.owner.ctx, event_store, question, north.pk)
        )

    assert everybody == (1, 1, 35, 0)
    assert norths == (1, 1, 30, 0)
