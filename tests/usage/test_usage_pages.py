"""Pages of meters, features and quotas, and the account's panel."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from django.urls import reverse

from tenure.directory.models import Account
from tenure.kernel import clock
from tenure.usage.domain.evaluation import SeenEvent
from tenure.usage.models import Feature, Meter, Quota
from tenure.usage.queries.meters import list_versions
from tenure.workspace.scope import enter
from tests.usage.given import EVER, given_events, given_ties

if TYPE_CHECKING:
    from tenure.stream.store.client import EventStore
    from tests.world import Company

pytestmark = pytest.mark.django_db

FORM = {
    "name": "Bytes uploaded",
    "unit": "B",
    "aggregation": "sum",
    "events": "upload",
    "value": "bytes",
    "filters": "plan:ne:free",
}


def url(acme: Company, name: str, *args: object) -> str:
    return reverse(f"usage:{name}", args=[acme.workspace.slug, *args])


def uploads(acme: Company, store: EventStore) -> None:
    """Two of North's users upload, and one who waits for an account; one upload says no number."""
    north = acme.account("North")
    given_ties(store, acme.workspace.pk, [("u:1", north.pk, EVER)])
    now = clock.now() - timedelta(minutes=5)
    sizes = [("u:1", "1500"), ("u:1", "250"), ("u:9", "7"), ("u:1", "many")]
    given_events(
        store,
        acme.workspace.pk,
        [(subject, SeenEvent("upload", now, {"bytes": size}, "ann", seq=place)) for place, (subject, size) in enumerate(sizes)],
    )


def made(acme: Company) -> Meter:
    acme.owner.client.post(url(acme, "meter_new"), FORM)
    with enter(acme.owner.ctx.scope):
        return Meter.objects.get()


def test_meter_pages_make_a_meter_and_show_what_it_counted(acme: Company, event_store: EventStore) -> None:
    uploads(acme, event_store)

    meter = made(acme)
    listed = acme.viewer.client.get(url(acme, "meters")).content.decode()
    shown = acme.viewer.client.get(url(acme, "meter", meter.pk)).content.decode()

    assert (meter.key, meter.unit) == ("bytes_uploaded", "B")
    assert "1,757 B" in listed
    assert all(text in shown for text in ("1,757", "North", "1,750 B", "Waiting for an account", "plan:ne:free"))
    assert "Next version" not in shown


def test_meter_form_that_is_not_clear_says_so(acme: Company, event_store: EventStore) -> None:
    refused = acme.owner.client.post(url(acme, "meter_new"), FORM | {"value": "", "filters": ""})
    unreadable = acme.owner.client.post(url(acme, "meter_new"), FORM | {"filters": "plan"})

    assert (refused.status_code, unreadable.status_code) == (422, 422)
    assert "needs the property whose value it takes" in refused.content.decode()
    assert "is no filter" in unreadable.content.decode()


def test_meter_preview_shows_what_the_form_would_have_counted(acme: Company, event_store: EventStore) -> None:
    uploads(acme, event_store)

    preview = acme.owner.client.post(url(acme, "meter_previews"), FORM).content.decode()
    unclear = acme.owner.client.post(url(acme, "meter_previews"), FORM | {"value": ""}).content.decode()

    assert "1,757 B" in preview
    assert "no number" in preview
    assert "cannot be counted" in unclear


def test_meter_edit_publishes_the_next_version_and_archivals_end_it(acme: Company, event_store: EventStore) -> None:
    meter = made(acme)
    changed = FORM | {"aggregation": "count", "value": "", "effective_on": "2026-01-01", "note": "Uploads, not bytes"}

    acme.owner.client.post(url(acme, "meter_edit", meter.pk), changed)
    acme.owner.client.post(url(acme, "meter_archivals", meter.pk))
    shown = acme.owner.client.get(url(acme, "meter", meter.pk)).content.decode()

    with enter(acme.owner.ctx.scope):
        assert [version.number for version in list_versions(meter)] == [2, 1]
        assert meter.refreshed().is_archived
    assert "Uploads, not bytes" in shown


def test_meter_events_show_what_is_under_the_number(acme: Company, event_store: EventStore) -> None:
    uploads(acme, event_store)
    meter = made(acme)

    counted = acme.viewer.client.get(url(acme, "meter_events", meter.pk)).content.decode()
    strange = acme.viewer.client.get(url(acme, "meter_events", meter.pk) + "?only=no-number").content.decode()

    assert all(text in counted for text in ("1500", "250", "many"))
    assert "many" in strange
    assert "1500" not in strange


def test_feature_pages_name_a_feature_and_show_its_adoption(acme: Company, event_store: EventStore) -> None:
    uploads(acme, event_store)

    acme.owner.client.post(url(acme, "feature_new"), {"name": "Upload", "events": "upload\nimport", "is_core": "on"})
    with enter(acme.owner.ctx.scope):
        feature = Feature.objects.get()
    acme.owner.client.post(url(acme, "feature", feature.pk), {"name": "Upload", "events": "upload", "is_paid": "on"})
    shown = acme.viewer.client.get(url(acme, "features")).content.decode()

    with enter(acme.owner.ctx.scope):
        changed = feature.refreshed()
    assert (changed.events, changed.is_core, changed.is_paid) == (["upload"], False, True)
    assert all(text in shown for text in ("Upload", "100%", "Stickiness"))


def test_quota_pages_set_and_remove_a_quota_and_the_account_shows_it(acme: Company, event_store: EventStore) -> None:
    uploads(acme, event_store)
    meter = made(acme)

    with enter(acme.owner.ctx.scope):
        north = Account.objects.get(name="North")
    form = {"meter": str(meter.pk), "account": str(north.pk), "amount": "2000", "period": "month", "thresholds": "50, 100 %"}
    acme.owner.client.post(url(acme, "quota_new"), form)
    refused = acme.owner.client.post(url(acme, "quota_new"), form | {"account": str(meter.pk)})
    with enter(acme.owner.ctx.scope):
        quota = Quota.objects.select_related("account").get()
    listed = acme.viewer.client.get(url(acme, "quotas")).content.decode()
    page = acme.viewer.client.get(reverse("directory:account", args=[acme.workspace.slug, quota.account_id])).content.decode()
    acme.owner.client.post(url(acme, "quota_removals", quota.pk))

    assert (quota.amount, quota.thresholds, refused.status_code) == (2000, [50, 100], 422)
    assert "2,000 B a month" in listed
    assert "Usage this month" in page
    assert "1,750 B" in page
    with enter(acme.owner.ctx.scope):
        assert Quota.objects.count() == 0


def test_pages_without_anything_teach(acme: Company, event_store: EventStore) -> None:
    texts = [acme.owner.client.get(url(acme, name)).content.decode() for name in ("meters", "features", "quotas")]

    assert [title in text for title, text in zip(["No meters yet", "No features yet", "No quotas yet"], texts, strict=True)] == [
        True
    ] * 3
