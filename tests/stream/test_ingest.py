"""From a client's post to the event store, over a real stream: acknowledged is counted, once."""

from __future__ import annotations

import gzip
import json
from concurrent.futures import ThreadPoolExecutor
from typing import Any
from uuid import UUID, uuid4

import pytest
import requests

from tests.stream.serving import live_ingest
from tests.stream.world import counted, source_of, wait_for


@pytest.fixture
def workspace() -> UUID:
    return uuid4()


class Vendor:
    """An HTTP client with a write key."""

    def __init__(self, url: str, key: str) -> None:
        self.url = url
        self.session = requests.Session()
        self.session.auth = (key, "")

    def post(self, path: str, *, content: bytes | str | None = None, **options: Any) -> requests.Response:
        return self.session.post(self.url + path, data=content, timeout=30, **options)


@pytest.fixture
def vendor(workspace, nats_server, store_server):
    sources, key = source_of(workspace)
    with live_ingest(sources) as live:
        yield Vendor(live.url, key)


def _track(number: int, **fields: object) -> dict[str, object]:
    return {"type": "track", "messageId": f"m-{number}", "userId": "u1", "event": "Opened", **fields}


def test_batch_is_acknowledged_and_counted(vendor, event_store, workspace):
    answer = vendor.post("/v1/batch", json={"batch": [_track(number, properties={"bytes": number}) for number in range(100)]})

    assert (answer.status_code, answer.json()) == (200, {"success": True})
    wait_for(lambda: counted(event_store, workspace), 100)
    total = "SELECT sum(JSONExtractInt(properties, 'bytes')) FROM events WHERE workspace = {workspace:UUID}"
    assert event_store.rows(total, workspace=workspace) == [(99 * 100 // 2,)]


def test_same_batch_sent_ten_times_in_parallel_counts_once(vendor, event_store, workspace):
    body = json.dumps({"batch": [_track(number) for number in range(50)]})
    with ThreadPoolExecutor(10) as pool:
        answers = list(pool.map(lambda _: vendor.post("/v1/batch", content=body).status_code, range(10)))
    vendor.post("/v1/track", json=_track(50))

    assert answers == [200] * 10
    wait_for(lambda: counted(event_store, workspace), 51)


def test_good_calls_of_a_batch_are_counted_and_the_bad_ones_kept_as_refusals(vendor, event_store, workspace):
    answer = vendor.post("/v1/batch", json={"batch": [_track(1), _track(2, userId=None), _track(3)]})

    refused = [{"index": 1, "id": "m-2", "code": "nobody_named", "detail": "Name a userId, an anonymousId or a groupId."}]
    assert (answer.status_code, answer.json()) == (200, {"success": True, "accepted": 2, "refused": refused})
    wait_for(lambda: counted(event_store, workspace), 2)
    kept = "SELECT position, code, id, body FROM refusals WHERE workspace = {workspace:UUID}"
    wait_for(lambda: len(event_store.rows(kept, workspace=workspace)), 1)
    position, code, call_id, body = event_store.rows(kept, workspace=workspace)[0]
    assert (position, code, call_id) == (1, "nobody_named", "m-2")
    assert json.loads(body)["event"] == "Opened"


def test_sandbox_events_are_kept_apart(nats_server, store_server, event_store, workspace):
    sources, key = source_of(workspace, is_sandbox=True)
    with live_ingest(sources) as live:
        assert requests.post(f"{live.url}/v1/track", json=_track(1), auth=(key, "")).status_code == 200

    wait_for(lambda: counted(event_store, workspace, "sandbox_events"), 1)
    assert counted(event_store, workspace) == 0


def test_gzip_is_unpacked(vendor, event_store, workspace):
    body = gzip.compress(json.dumps({"batch": [_track(1)]}).encode())
    assert vendor.post("/v1/batch", content=body, headers={"Content-Encoding": "gzip"}).status_code == 200
    wait_for(lambda: counted(event_store, workspace), 1)


@pytest.mark.parametrize(
    ("path", "body", "headers", "status"),
    [
        ("/v1/batch", b"{", {}, 400),
        ("/v1/batch", b"\x00\xff", {}, 400),
        ("/v1/track", b'{"userId":"u"}', {}, 400),
        ("/v1/batch", b"not gzip", {"Content-Encoding": "gzip"}, 400),
        ("/v1/batch", gzip.compress(b"x" * 50_000_000), {"Content-Encoding": "gzip"}, 413),
        ("/v1/batch", b" " * 6_000_000, {}, 413),
        ("/v1/batch", b"{}", {"Content-Encoding": "br"}, 415),
        ("/v1/nothing", b"{}", {}, 404),
    ],
)
def test_bad_request_gets_a_clear_problem(vendor, path, body, headers, status):
    answer = vendor.post(path, content=body, headers=headers)

    assert answer.status_code == status
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.json()["detail"]


def test_unknown_key_is_told_so(vendor):
    answer = requests.post(f"{vendor.url}/v1/batch", json={"batch": []}, headers={"Authorization": "Bearer nope"}, timeout=30)

    assert answer.status_code == 401
    assert "write key" in answer.json()["detail"]


def test_key_of_another_workspace_reaches_only_that_one(vendor, event_store, workspace):
    other = uuid4()
    sources, key = source_of(other)
    with live_ingest(sources) as live:
        Vendor(live.url, key).post("/v1/track", json=_track(1))
        assert Vendor(live.url, vendor.session.auth[0]).post("/v1/track", json=_track(2)).status_code == 401

    wait_for(lambda: counted(event_store, other), 1)
    assert counted(event_store, workspace) == 0


def test_cloud_events_are_taken_in_all_three_modes(vendor, event_store, workspace):
    event = {"specversion": "1.0", "id": "1", "source": "/api", "type": "api.call", "subject": "acme", "data": {"ms": 12}}
    binary = {"ce-specversion": "1.0", "ce-id": "2", "ce-source": "/api", "ce-type": "api.call", "ce-subject": "acme"}

    assert vendor.post("/v1/events", json=event, headers={"Content-Type": "application/cloudevents+json"}).status_code == 200
    assert vendor.post("/v1/events", json={"ms": 13}, headers=binary).status_code == 200
    batch = [{**event, "id": "3"}, {**event, "id": "1"}, {**event, "id": "1", "source": "/other"}, {**event, "id": ""}]
    answer = vendor.post("/v1/events", json=batch, headers={"Content-Type": "application/cloudevents-batch+json"})

    assert answer.json()["refused"][0]["index"] == 3
    # (source, id) is the key: "1" of /api was sent twice, "1" of /other is another event.
    wait_for(lambda: counted(event_store, workspace), 4)
    subjects = "SELECT DISTINCT subject, name FROM events WHERE workspace = {workspace:UUID}"
    assert event_store.rows(subjects, workspace=workspace) == [("g:acme", "api.call")]
