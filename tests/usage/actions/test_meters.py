from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tenure.kernel.errors import NotFound
from tenure.usage.actions.archive_meter import archive_meter
from tenure.usage.actions.create_meter import create_meter
from tenure.usage.actions.publish_meter_version import publish_meter_version
from tenure.usage.domain.definitions import Filter, MeterDefinition
from tenure.usage.enums import Aggregation, FilterOperator
from tenure.usage.errors import KeyInvalid, KeyTaken, MeterIsArchived, NameMissing
from tenure.usage.events import MeterArchived, MeterCreated, MeterVersionPublished
from tenure.usage.models import Meter, MeterVersion
from tenure.usage.queries.meters import list_versions, version_at
from tenure.workspace.errors import PermissionMissing
from tenure.workspace.scope import enter
from tests.usage.given import at, told

if TYPE_CHECKING:
    from tests.world import Company

pytestmark = pytest.mark.django_db

CALLS = MeterDefinition(Aggregation.COUNT, ("call",))
BYTES = MeterDefinition(Aggregation.SUM, ("call",), "bytes", filters=(Filter("plan", FilterOperator.EQ, ("pro",)),))


def versions(acme: Company, meter: Meter) -> list[MeterVersion]:
    with enter(acme.owner.ctx.scope):
        return list_versions(meter)


def test_create_meter_publishes_its_first_version_over_everything(acme: Company) -> None:
    meter = create_meter(acme.owner.ctx, BYTES, name=" Bytes sent ", unit="B")

    (version,) = versions(acme, meter)
    assert (meter.key, meter.name, meter.unit) == ("bytes_sent", "Bytes sent", "B")
    assert (version.number, version.effective_at, version.counts) == (1, None, BYTES)
    assert told(acme, MeterCreated) == [{"subject": meter.pk, "account": None, "key": "bytes_sent"}]


def test_create_meter_with_a_key_that_is_taken_or_a_name_that_is_missing_is_refused(acme: Company) -> None:
    create_meter(acme.owner.ctx, CALLS, name="Calls")

    with pytest.raises(KeyTaken):
        create_meter(acme.owner.ctx, CALLS, name="Other", key="calls")
    with pytest.raises(KeyInvalid):
        create_meter(acme.owner.ctx, CALLS, name="调用")
    with pytest.raises(NameMissing):
        create_meter(acme.owner.ctx, CALLS, name=" ", key="x")


def test_create_meter_by_somebody_who_only_looks_is_refused(acme: Company, stranger: Company) -> None:
    with pytest.raises(PermissionMissing):
        create_meter(acme.viewer.ctx, CALLS, name="Calls")

    meter = create_meter(acme.owner.ctx, CALLS, name="Calls")
    with pytest.raises(NotFound):
        archive_meter(stranger.owner.ctx, meter.pk)


def test_publish_meter_version_counts_from_an_instant_and_what_it_says_already_makes_no_other(acme: Company) -> None:
    meter = create_meter(acme.owner.ctx, CALLS, name="Calls")
    since = at("2026-03-01")

    second = publish_meter_version(acme.owner.ctx, meter.pk, BYTES, effective_at=since, note="Bytes, not calls")
    again = publish_meter_version(acme.owner.ctx, meter.pk, BYTES, effective_at=since)

    found = versions(acme, meter)
    assert again == second
    assert [version.number for version in found] == [2, 1]
    assert [version_at(found, moment).number for moment in (at("2026-02-28"), since)] == [1, 2]
    assert told(acme, MeterVersionPublished) == [
        {"subject": meter.pk, "account": None, "number": 2, "effective_at": "2026-03-01T00:00:00+00:00"}
    ]


def test_publish_meter_version_over_everything_takes_the_place_of_all_before(acme: Company) -> None:
    meter = create_meter(acme.owner.ctx, CALLS, name="Calls")
    publish_meter_version(acme.owner.ctx, meter.pk, BYTES, effective_at=at("2026-03-01"))

    publish_meter_version(acme.owner.ctx, meter.pk, CALLS, effective_at=None)

    assert version_at(versions(acme, meter), at("2020-01-01")).number == 3


def test_archive_meter_keeps_it_from_changing_and_is_done_once(acme: Company) -> None:
    meter = create_meter(acme.owner.ctx, CALLS, name="Calls")

    first = archive_meter(acme.owner.ctx, meter.pk).archived_at
    again = archive_meter(acme.owner.ctx, meter.pk).archived_at

    assert again == first
    assert told(acme, MeterArchived) == [{"subject": meter.pk, "account": None}]
    with pytest.raises(MeterIsArchived):
        publish_meter_version(acme.owner.ctx, meter.pk, BYTES, effective_at=None)
