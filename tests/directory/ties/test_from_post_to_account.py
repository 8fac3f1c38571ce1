"""From a client's post over the stream to the account's count: nobody asks for anything in between."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

import pytest
import requests
from django.db import connection

from tenure.directory.actions.tie_subject import tie_subject
from tenure.directory.who_is_who import READER
from tenure.stream.readers import read_until, readers
from tests.directory.ties.test_who_is_who import count_of
from tests.stream.serving import live_ingest
from tests.stream.world import counted, source_of, wait_for
from tests.world import open_company

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.world import Company


@pytest.fixture
def acme(committed_db: None) -> Company:
    return open_company("Acme")


@pytest.fixture
def reading(acme: Company, event_store, monkeypatch) -> Iterator[None]:
    """This room's reader, in a thread as in the relay's process."""
    monkeypatch.setattr("tenure.stream.readers.readers", {READER: readers[READER]})
    stop = threading.Event()

    def read() -> None:
        read_until(stop)
        connection.close()

    thread = threading.Thread(target=read)
    thread.start()
    yield
    stop.set()
    thread.join()


@pytest.mark.usefixtures("reading", "nats_server")
def test_posted_history_counts_for_the_account_once_its_user_says_the_group(acme, event_store):
    hollis, brightwater = acme.account(external_id="hollis"), acme.account("Brightwater")
    sources, key = source_of(acme.workspace.pk)
    with live_ingest(sources) as live:

        def post(*calls: dict[str, object]) -> None:
            numbered = [{"messageId": f"{len(calls)}-{number}", **call} for number, call in enumerate(calls)]
            assert requests.post(f"{live.url}/v1/batch", json={"batch": numbered}, auth=(key, ""), timeout=30).status_code == 200

        post(*[{"type": "track", "event": "Opened", "anonymousId": "v1"}] * 20)
        wait_for(lambda: counted(event_store, acme.workspace.pk), 20)
        assert count_of(event_store, acme, hollis) == 0

        post(
            {"type": "identify", "userId": "7", "anonymousId": "v1", "traits": {"email": "ana@private.example"}},
            {"type": "group", "userId": "7", "groupId": "hollis"},
        )
        wait_for(lambda: count_of(event_store, acme, hollis), 22)

    tie_subject(acme.owner.ctx, "g:hollis", brightwater.pk)
    assert (count_of(event_store, acme, hollis), count_of(event_store, acme, brightwater)) == (0, 22)
