"""What Prometheus and `tenure doctor` are told about readers of events."""

from __future__ import annotations

from django.test import Client
from prometheus_client.parser import text_string_to_metric_families

from tenure.config.cli.database_checks import Level, _fence_age_finding, _lag_findings
from tenure.workspace import relay
from tenure.workspace.relay import Consumer, relay_once
from tests.world import open_company


def test_metrics_show_how_far_a_consumer_is_behind(committed_db, monkeypatch):
    monkeypatch.setattr(relay, "consumers", {"test": Consumer("test", lambda *_: None)})
    acme = open_company("Acme")
    acme.account("Brandt")
    relay_once()
    read = scraped()
    acme.account("Hollis")

    unread = scraped()

    assert (read["tenure_relay_lag_seconds"], read["tenure_relay_workspaces_behind"]) == ({"test": 0.0}, {"test": 0.0})
    assert unread["tenure_relay_workspaces_behind"] == {"test": 1.0}
    assert unread["tenure_relay_lag_seconds"]["test"] > 0
    assert unread["tenure_outbox_fence_seconds"] == {"": 0.0}


def test_doctor_warns_from_a_minute_on():
    assert [_fence_age_finding(seconds).level for seconds in (59.0, 60.0)] == [Level.OK, Level.WARNING]
    assert [one.level for one in _lag_findings([("a", 61.0), ("b", 0.0)])] == [Level.WARNING]
    assert [one.found for one in _lag_findings([("a", 1.0)])] == ["1 readers, none behind"]


def scraped() -> dict[str, dict[str, float]]:
    text = Client().get("/metrics").content.decode()
    return {
        family.name: {sample.labels.get("consumer", ""): sample.value for sample in family.samples}
        for family in text_string_to_metric_families(text)
    }
