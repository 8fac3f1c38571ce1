"""Quotas and their alerts. January's usage is put into the event store; the clock stands in January."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest
import time_machine

from tenure.directory.actions.update_account import update_account
from tenure.kernel.errors import NotFound
from tenure.usage.actions.archive_meter import archive_meter
from tenure.usage.actions.check_quotas import check_quotas
from tenure.usage.actions.create_meter import create_meter
from tenure.usage.actions.remove_quota import remove_quota
from tenure.usage.actions.set_quota import set_quota
from tenure.usage.domain.definitions import MeterDefinition
from tenure.usage.domain.evaluation import SeenEvent
from tenure.usage.enums import Aggregation, QuotaPeriod
from tenure.usage.errors import MeterHasNoQuota, QuotaAmountInvalid, QuotaThresholdsInvalid
from tenure.usage.events import QuotaRemoved, QuotaSet, QuotaThresholdReached
from tenure.usage.models import Meter, QuotaAlert
from tenure.usage.own_notices import tell_own
from tenure.workspace.models import OutboxEvent
from tenure.workspace.notifying import kinds
from tenure.workspace.scope import enter
from tests.usage.given import EVER, at, given_events, given_ties, told

if TYPE_CHECKING:
    from tests.world import Company

pytestmark = pytest.mark.django_db

IN_JANUARY = time_machine.travel("2026-01-20T12:00:00+00:00", tick=False)
CALLS = MeterDefinition(Aggregation.COUNT, ("call",))


def calls(acme: Company, store: Any, subject: str, count: int, day: int = 5) -> None:
    events = [(subject, SeenEvent("call", at(f"2026-01-{day:02}"), seq=day, idx=place)) for place in range(count)]
    given_events(store, acme.workspace.pk, events)


def meter(acme: Company) -> Meter:
    return create_meter(acme.owner.ctx, CALLS, name="Calls")


def alerts(acme: Company) -> list[tuple[Any, ...]]:
    with enter(acme.owner.ctx.scope):
        return list(QuotaAlert.objects.order_by("raised_at", "id").values_list("account_id", "threshold", "used"))


def test_set_quota_again_changes_the_one_there_is(acme: Company) -> None:
    counted = meter(acme)

    first = set_quota(acme.owner.ctx, counted.pk, amount=Decimal(100))
    again = set_quota(acme.owner.ctx, counted.pk, amount=Decimal("50.5"), period=QuotaPeriod.WEEK, thresholds=[90])

    assert again.pk == first.pk
    assert (again.amount, again.period, again.thresholds) == (Decimal("50.5"), "week", [90])
    assert [event["amount"] for event in told(acme, QuotaSet)] == ["100", "50.5"]


@pytest.mark.parametrize(
    ("change", "refusal"),
    [
        ({"amount": Decimal(0)}, QuotaAmountInvalid),
        ({"amount": Decimal("NaN")}, QuotaAmountInvalid),
        ({"thresholds": [0]}, QuotaThresholdsInvalid),
        ({"thresholds": [80, 80]}, QuotaThresholdsInvalid),
        ({"thresholds": list(range(1, 12))}, QuotaThresholdsInvalid),
    ],
)
def test_set_quota_of_nothing_is_refused(acme: Company, change: dict[str, Any], refusal: type[Exception]) -> None:
    counted = meter(acme)

    with pytest.raises(refusal):
        set_quota(acme.owner.ctx, counted.pk, **({"amount": Decimal(10)} | change))


def test_set_quota_on_an_average_is_refused(acme: Company) -> None:
    average = create_meter(acme.owner.ctx, MeterDefinition(Aggregation.AVERAGE, ("call",), "n"), name="Average")

    with pytest.raises(MeterHasNoQuota):
        set_quota(acme.owner.ctx, average.pk, amount=Decimal(1))


@IN_JANUARY
def test_check_quotas_raises_each_threshold_once_a_period_and_tells_the_owner(acme: Company, event_store: Any) -> None:
    north, south = acme.account("North"), acme.account("South")
    update_account(acme.owner.ctx, north.pk, {"owner": acme.owner.member_id})
    quota = set_quota(acme.owner.ctx, meter(acme).pk, amount=Decimal(10), thresholds=[50, 100])
    given_ties(event_store, acme.workspace.pk, [("u:1", north.pk, EVER), ("u:2", south.pk, EVER)])
    calls(acme, event_store, "u:1", 6)
    calls(acme, event_store, "u:2", 4)
    calls(acme, event_store, "u:9", 50)

    first = check_quotas(acme.owner.ctx)
    again = check_quotas(acme.owner.ctx)
    calls(acme, event_store, "u:1", 4, day=6)
    later = check_quotas(acme.owner.ctx)

    assert (first, again, later) == (1, 0, 1)
    assert alerts(acme) == [(north.pk, 50, 6), (north.pk, 100, 10)]
    assert [(event["subject"], event["account"], event["threshold"]) for event in told(acme, QuotaThresholdReached)] == [
        (quota.pk, north.pk, 50),
        (quota.pk, north.pk, 100),
    ]
    with enter(acme.owner.ctx.scope):
        notices = list(tell_own(acme.owner.ctx, list(OutboxEvent.objects.filter(type=QuotaThresholdReached.type).order_by("id"))))
    assert [(notice.member_id, notice.path) for notice in notices] == [(acme.owner.member_id, f"accounts/{north.pk}/")] * 2
    sentence = kinds[notices[0].kind].sentence(notices[0].facts)
    assert sentence == "North has used 6 of 10 of Calls: 50 % of its quota."


@IN_JANUARY
def test_check_quotas_judges_an_account_by_its_own_quota_and_begins_anew_with_the_period(acme: Company, event_store: Any) -> None:
    north, south, counted = acme.account("North"), acme.account("South"), meter(acme)
    set_quota(acme.owner.ctx, counted.pk, amount=Decimal(5), thresholds=[100])
    set_quota(acme.owner.ctx, counted.pk, amount=Decimal(100), account_id=north.pk, thresholds=[5, 100])
    given_ties(event_store, acme.workspace.pk, [("u:1", north.pk, EVER), ("u:2", south.pk, EVER)])
    calls(acme, event_store, "u:1", 5)
    calls(acme, event_store, "u:2", 5)

    check_quotas(acme.owner.ctx)
    with time_machine.travel("2026-02-01T12:00:00+00:00", tick=False):
        in_february = check_quotas(acme.owner.ctx)

    assert sorted(alerts(acme), key=lambda alert: alert[1]) == [(north.pk, 5, 5), (south.pk, 100, 5)]
    assert in_february == 0


@IN_JANUARY
def test_check_quotas_leaves_archived_meters_alone(acme: Company, event_store: Any) -> None:
    north, counted = acme.account("North"), meter(acme)
    set_quota(acme.owner.ctx, counted.pk, amount=Decimal(1))
    given_ties(event_store, acme.workspace.pk, [("u:1", north.pk, EVER)])
    calls(acme, event_store, "u:1", 5)
    archive_meter(acme.owner.ctx, counted.pk)

    assert check_quotas(acme.owner.ctx) == 0


def test_remove_quota_takes_its_alerts_along_and_is_gone(acme: Company) -> None:
    counted = meter(acme)
    quota = set_quota(acme.owner.ctx, counted.pk, amount=Decimal(10))

    remove_quota(acme.owner.ctx, quota.pk)

    assert told(acme, QuotaRemoved) == [{"subject": quota.pk, "account": None, "meter_id": str(counted.pk)}]
    with pytest.raises(NotFound):
        remove_quota(acme.owner.ctx, quota.pk)
