"""ClickHouse by its URL, with a writer process beside it: `tenure store` alone stands for the server. Killed, either of them, nothing is lost or doubled."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from uuid import uuid4

import pytest

from tests.fixtures_nats import own_nats
from tests.fixtures_store import GivenStore, RunningStore, RunningWriter, running_store, running_writer
from tests.stream.serving import live_ingest
from tests.stream.storms import Chance, Vendor, assert_counted_exactly, storm
from tests.stream.world import source_of


@dataclass
class Separate:
    """A store, a writer beside it, and who posts."""

    store: RunningStore
    writer: RunningWriter
    vendor: Vendor

    def kill_writer(self) -> None:
        self.writer.kill()
        self.writer.start()

    def kill_store(self) -> None:
        self.store.kill()
        self.store.start()

    def kill_both(self) -> None:
        self.store.kill()
        self.writer.kill()
        self.store.start()
        self.writer.start()


@pytest.fixture
def separate() -> Iterator[Separate]:
    with own_nats() as nats, running_store(nats.url, is_alone=True) as store, running_writer(store.url, nats.url) as writer:
        GivenStore(store.url).wait_until_written()
        sources, key = source_of(workspace := uuid4())
        with live_ingest(sources) as live:
            yield Separate(store, writer, Vendor(workspace, live.url, key, store.url))


@pytest.mark.timeout(300)
def test_writer_process_and_store_killed_count_what_was_acknowledged_exactly(separate):
    kills = [separate.kill_writer, separate.kill_store, separate.kill_both, separate.kill_writer]

    acknowledged = storm(separate.vendor, kills, Chance(), seconds=2.5)

    assert acknowledged > 0
    assert_counted_exactly(separate.vendor, acknowledged)


@pytest.mark.faults
@pytest.mark.timeout(1200)
def test_writer_process_and_store_killed_thirty_times_count_what_was_acknowledged_exactly(separate):
    chance = Chance()
    kills = [chance.random.choice([separate.kill_writer, separate.kill_store, separate.kill_both]) for _ in range(30)]

    acknowledged = storm(separate.vendor, kills, chance, seconds=4)

    assert acknowledged > 0
    assert_counted_exactly(separate.vendor, acknowledged)


def test_writer_process_waits_while_the_store_is_away_and_ends_when_told(separate):
    separate.store.kill()
    acknowledged = storm(separate.vendor, [lambda: None, lambda: None], Chance())

    separate.store.start()

    assert_counted_exactly(separate.vendor, acknowledged)
    assert separate.writer.stop() == 0
