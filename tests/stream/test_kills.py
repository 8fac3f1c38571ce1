"""kill -9 of the engines while clients post: what was acknowledged is counted, exactly, whatever died and when."""

from __future__ import annotations

import os
import shutil
import signal
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from uuid import uuid4

import pytest
from django.conf import settings

from tenure.config.embedded.nats import EmbeddedNats
from tests.fixtures_nats import EVENT_BYTES
from tests.fixtures_store import RunningStore, running_store
from tests.stream.full import fill_stream
from tests.stream.serving import live_ingest
from tests.stream.storms import Chance, Sender, Vendor, acknowledged_by, assert_counted_exactly, storm
from tests.stream.world import source_of, wait_for


@dataclass
class Engines:
    """The engines of one installation, to be killed, and who posts to them."""

    nats: EmbeddedNats
    store: RunningStore
    vendor: Vendor

    def kill_store(self) -> None:
        self.store.kill()
        self.store.start()

    def kill_nats(self) -> None:
        assert self.nats.process_id is not None
        os.kill(self.nats.process_id, signal.SIGKILL)
        self.nats.stop()
        self.nats.start()

    def kill_both(self) -> None:
        assert self.nats.process_id is not None
        os.kill(self.nats.process_id, signal.SIGKILL)
        self.store.kill()
        self.nats.stop()
        self.nats.start()
        self.store.start()


@pytest.fixture
def engines() -> Iterator[Engines]:
    """Engines of their own, durable as in earnest."""
    home = Path(tempfile.mkdtemp(prefix="tenure-kills-"))
    before = settings.NATS_URL, settings.NATS_REPLICAS, settings.STREAM_EVENT_BYTES
    try:
        with EmbeddedNats(home) as nats:
            settings.NATS_URL, settings.NATS_REPLICAS, settings.STREAM_EVENT_BYTES = nats.url, 1, EVENT_BYTES
            with running_store(nats.url) as store:
                sources, key = source_of(workspace := uuid4())
                with live_ingest(sources) as live:
                    yield Engines(nats, store, Vendor(workspace, live.url, key, store.url))
    finally:
        settings.NATS_URL, settings.NATS_REPLICAS, settings.STREAM_EVENT_BYTES = before
        shutil.rmtree(home, ignore_errors=True)


@pytest.mark.timeout(300)
def test_acknowledged_is_counted_exactly_whatever_is_killed(engines):
    kills = [engines.kill_store, engines.kill_nats, engines.kill_both, engines.kill_store, engines.kill_nats]

    acknowledged = storm(engines.vendor, kills, Chance())

    assert acknowledged > 0
    assert_counted_exactly(engines.vendor, acknowledged)


@pytest.mark.faults
@pytest.mark.timeout(3600)
def test_acknowledged_is_counted_exactly_over_fifty_kills(engines):
    chance = Chance()
    kills = [chance.random.choice([engines.kill_store, engines.kill_nats, engines.kill_both]) for _ in range(50)]

    acknowledged = storm(engines.vendor, kills, chance)

    assert acknowledged > 0
    assert_counted_exactly(engines.vendor, acknowledged)


@pytest.mark.parametrize("seconds", [5, pytest.param(600, marks=[pytest.mark.faults, pytest.mark.timeout(1200)])])
def test_store_that_refuses_for_a_while_loses_nothing(engines, seconds):
    engines.store.kill()
    sender = Sender(engines.vendor, "patient")
    sender.start()
    time.sleep(seconds)
    sender.stop.set()
    sender.join(60)
    acknowledged = acknowledged_by([sender])

    engines.store.start()

    assert acknowledged > 0
    assert_counted_exactly(engines.vendor, acknowledged)


def test_full_stream_refuses_with_retry_after_and_drops_nothing(engines):
    engines.store.kill()
    acknowledged = fill_stream(engines.nats.url, engines.vendor.url, engines.vendor.key)
    engines.store.start()

    wait_for(engines.vendor.rows_and_ids, (acknowledged, acknowledged))
