"""The application that `tenure up` serves, with PostgreSQL, stream and store as they are: a source's key opens, until it is taken back."""

from __future__ import annotations

import os
from typing import Any

import pytest
import requests
from segment.analytics.client import Client as SegmentClient

from tenure.stream.actions.close_source import close_source
from tenure.stream.actions.create_source import create_source
from tenure.stream.ingest import sources as remembered
from tests.stream.serving import serving
from tests.stream.world import rows_of, wait_for
from tests.world import open_company


@pytest.fixture
def live(committed_db, nats_server, store_server, monkeypatch):
    monkeypatch.setattr(remembered, "REMEMBERED_SECONDS", 0.2)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
    from tenure.config import asgi  # noqa: PLC0415 - it makes its connections when it is read

    with serving(asgi.application, asgi.stream.close) as found:
        yield found


def test_client_with_the_key_of_a_source_is_counted_and_stops_when_the_source_is_closed(live, event_store):
    acme, stranger = open_company("Acme"), open_company("Stranger")
    source, key = create_source(acme.owner.ctx, "API server")
    assert requests.get(f"{live.url}/healthz", timeout=20).status_code == 200

    client = SegmentClient(key, host=live.url, upload_interval=0.1)
    client.track("u1", "Opened", {"rows": 3}, message_id="m-1")
    client.flush()
    wait_for(lambda: [row.id for row in rows_of(event_store, acme.workspace.pk)], ["m-1"])
    assert rows_of(event_store, stranger.workspace.pk) == []
    assert _sources_of(event_store, acme) == [source.pk]

    close_source(acme.owner.ctx, source.pk)
    call = {"userId": "u1", "event": "Opened", "messageId": "m-2"}
    wait_for(lambda: requests.post(f"{live.url}/v1/track", json=call, auth=(key, ""), timeout=20).status_code, 401)


def _sources_of(store: Any, acme: Any) -> list[Any]:
    asked = "SELECT DISTINCT source FROM events WHERE workspace = {workspace:UUID}"
    return [source for (source,) in store.rows(asked, workspace=acme.workspace.pk)]
