"""Python's existing clients, unmodified, against a live ingest: what they sent is what is counted, once."""

from __future__ import annotations

import json
import subprocess
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any
from uuid import UUID, uuid4

import pytest
import requests
from cloudevents.core.bindings.http import to_binary_event, to_structured_event
from cloudevents.core.formats.json import JSONFormat
from cloudevents.core.v1.event import CloudEvent
from rudderstack.analytics.client import Client as RudderClient
from segment.analytics.client import Client as SegmentClient

from tests.stream.serving import Trouble, live_ingest
from tests.stream.world import rows_of, source_of, wait_for

if TYPE_CHECKING:
    from tenure.stream.store.client import EventStore

YESTERDAY = datetime.now(UTC).replace(microsecond=250_000) - timedelta(days=1)


@pytest.fixture
def workspace() -> UUID:
    return uuid4()


@pytest.fixture
def sources(workspace, nats_server, store_server):
    return source_of(workspace)


def _say_everything(client: Any) -> None:
    """One call of each kind, as both clients of this lineage take them."""
    client.identify("u1", {"email": "ana@acme.example"}, message_id="m-identify")
    client.group("u1", "acme", {"name": "Acme", "seats": 12}, message_id="m-group")
    client.track(
        "u1",
        "Invoice Sent",
        {"amount": 12.5, "to": "Müller"},
        context={"groupId": "acme"},
        timestamp=YESTERDAY,
        message_id="m-track",
    )
    client.page("u1", "Docs", "Pricing", {"url": "/pricing"}, message_id="m-page")
    client.screen("u1", None, "Home", {"tab": "all"}, message_id="m-screen")
    client.alias("visitor-1", "u1", message_id="m-alias")


EVERYTHING = [
    ("m-alias", "$alias", "u:u1", {}),
    ("m-group", "$group", "g:acme", {"name": "Acme", "seats": 12}),
    ("m-identify", "$identify", "u:u1", {"email": "ana@acme.example"}),
    ("m-page", "$page", "u:u1", {"name": "Pricing", "url": "/pricing"}),
    ("m-screen", "$screen", "u:u1", {"name": "Home", "tab": "all"}),
    ("m-track", "Invoice Sent", "g:acme", {"amount": 12.5, "to": "Müller"}),
]


def _kept(store: EventStore, workspace: UUID) -> list[tuple[Any, ...]]:
    return [(row.id, row.name, row.subject, row.properties) for row in rows_of(store, workspace)]


@pytest.mark.parametrize("gzip", [False, True])
@pytest.mark.parametrize("make", [SegmentClient, RudderClient])
def test_every_call_of_the_client_is_counted_as_it_was_sent(sources, event_store, workspace, make, gzip):
    found, key = sources
    with live_ingest(found) as live:
        client = make(key, host=live.url, gzip=gzip, upload_interval=0.1, on_error=_fail)
        _say_everything(client)
        client.shutdown()

    wait_for(lambda: _kept(event_store, workspace), EVERYTHING)
    track = rows_of(event_store, workspace)[-1]
    assert abs(track.time - YESTERDAY) < timedelta(seconds=5)
    assert abs(track.client_time - YESTERDAY) < timedelta(milliseconds=1)
    assert track.context["library"]["name"] in {"analytics-python", "rudder-analytics-python", "rudderstack-analytics-python"}


def _fail(error: Exception, items: list[Any]) -> None:
    raise AssertionError(f"{error!r} for {items}")


@pytest.mark.parametrize("make", [SegmentClient, RudderClient])
@pytest.mark.parametrize("trouble", [{"refuse": 2}, {"forget": 1}], ids=["refused", "answer lost"])
def test_client_that_is_told_to_wait_sends_again_and_is_counted_once(sources, event_store, workspace, make, trouble):
    found, key = sources
    met = Trouble(**trouble)
    with live_ingest(found, met) as live:
        client = make(key, host=live.url, upload_interval=0.1)
        for number in range(20):
            client.track(f"u{number}", "Opened", message_id=f"m-{number:02}")
        client.shutdown()

    assert met.answers[-1] == "kept"
    assert len(met.answers) > 1
    wait_for(lambda: len(_kept(event_store, workspace)), 20)
    assert [row[0] for row in _kept(event_store, workspace)] == [f"m-{number:02}" for number in range(20)]


@pytest.mark.parametrize("make", [SegmentClient, RudderClient])
def test_client_with_a_wrong_key_learns_it_at_once(sources, make):
    found, _ = sources
    errors: list[Exception] = []
    with live_ingest(found) as live:
        client = make("tnw_wrong", host=live.url, upload_interval=0.1, on_error=lambda error, _items: errors.append(error))
        client.track("u1", "Opened")
        client.shutdown()

    assert [error.status for error in errors] == [401]
    assert "write key" in str(errors[0])


def _cloud_event(number: int) -> CloudEvent:
    attributes = {
        "id": f"c-{number}",
        "source": "/billing api",
        "type": "api.call",
        "subject": "acme",
        "specversion": "1.0",
        "time": YESTERDAY,
        "userid": "ü1",
    }
    return CloudEvent(attributes=attributes, data={"ms": number})


def test_cloud_events_in_all_modes_are_counted_as_they_were_sent(sources, event_store, workspace):
    found, key = sources
    binary, structured = to_binary_event(_cloud_event(1)), to_structured_event(_cloud_event(2))
    form = JSONFormat()
    batch = b"[" + b",".join(form.write(_cloud_event(number)) for number in (3, 4, 3)) + b"]"
    messages = [
        (binary.headers, binary.body),
        (structured.headers, structured.body),
        ({"content-type": "application/cloudevents-batch+json"}, batch),
    ]
    with live_ingest(found) as live:
        for headers, body in messages:
            answer = requests.post(
                f"{live.url}/v1/events", data=body, headers={**headers, "Authorization": f"Bearer {key}"}, timeout=20
            )
            assert (answer.status_code, answer.text) == (200, '{"success":true}')

    wait_for(
        lambda: _kept(event_store, workspace), [(f"c-{number}", "api.call", "g:acme", {"ms": number}) for number in (1, 2, 3, 4)]
    )
    kept = rows_of(event_store, workspace)
    assert {(row.user_id, row.time, row.context["source"]) for row in kept} == {("ü1", YESTERDAY, "/billing api")}


def test_curl_posts_and_is_answered(sources, event_store, workspace):
    found, key = sources
    call = {
        "userId": "u1",
        "event": "Opened",
        "messageId": "m-1",
        "properties": {"from": "shell"},
        "context": {"groupId": "acme"},
    }
    with live_ingest(found) as live:
        answer = subprocess.run(
            [
                "curl",
                "-sS",
                "-u",
                f"{key}:",
                "-H",
                "Content-Type: application/json",
                "-d",
                json.dumps(call),
                f"{live.url}/v1/track",
            ],
            capture_output=True,
            text=True,
            check=True,
            timeout=30,
        )

    assert answer.stdout == '{"success":true}'
    wait_for(lambda: _kept(event_store, workspace), [("m-1", "Opened", "g:acme", {"from": "shell"})])
