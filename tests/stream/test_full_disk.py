"""A disk that is really full, under NATS and under the event store, while clients post: they are told to come later, and nothing is lost or doubled."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from uuid import uuid4

import pytest

from tenure.config.cli.supervisor import TendedEngine
from tenure.config.embedded.nats import EmbeddedNats
from tenure.config.embedded.store.addresses import store_folder
from tests.fixtures_nats import EVENT_BYTES, own_nats
from tests.fixtures_store import RunningStore, new_home, running_store
from tests.small_disk import SmallDisk, small_disk
from tests.stream.serving import live_ingest
from tests.stream.storms import Vendor, acknowledged_by, assert_counted_exactly, sending, wait_until_served
from tests.stream.world import source_of, wait_for

LARGE = "x" * 10_000
MIB = 1024**2


@dataclass
class OnSmallDisk:
    """A NATS whose disk is small, and who posts to it."""

    disk: SmallDisk
    nats: EmbeddedNats
    vendor: Vendor


@pytest.fixture
def small_stream(settings) -> Iterator[OnSmallDisk]:
    """Its ingest minds no reserve: so the disk becomes full to the last byte."""
    with (
        tempfile.TemporaryDirectory(prefix="tenure-disk-", ignore_cleanup_errors=True) as folder,
        small_disk(Path(folder), 256) as disk,
        EmbeddedNats(disk.folder) as nats,
    ):
        settings.NATS_URL, settings.NATS_REPLICAS, settings.STREAM_EVENT_BYTES = nats.url, 1, EVENT_BYTES
        with running_store(nats.url) as store, posting(store.url) as vendor:
            yield OnSmallDisk(disk, nats, vendor)


@contextmanager
def posting(store_url: str) -> Iterator[Vendor]:
    """A source and a live ingest for it."""
    sources, key = source_of(workspace := uuid4())
    with live_ingest(sources) as live:
        yield Vendor(workspace, live.url, key, store_url)


@pytest.mark.faults
@pytest.mark.timeout(240)
def test_full_disk_of_the_stream_refuses_and_goes_on_when_there_is_room(small_stream):
    small_stream.disk.fill(leave=10 * MIB)
    engine = TendedEngine("The stream", small_stream.nats)
    with sending(small_stream.vendor, text=LARGE) as senders:
        wait_for(lambda: any(sender.answers for sender in senders), expected=True, seconds=60)
        said = [answer for sender in senders for answer in sender.answers]
        assert small_stream.disk.free_bytes < MIB
        small_stream.disk.empty()
        wait_until_served(senders, lambda: engine.tend(time.monotonic()))

    assert {(status, int(wait or 0) > 0) for status, wait in said} == {(503, True)}
    assert_counted_exactly(small_stream.vendor, acknowledged_by(senders))


def test_disk_that_is_nearly_full_refuses_at_once_and_goes_on_when_there_is_room(settings, small_stream):
    settings.STREAM_DISK_FOLDER = small_stream.disk.folder
    vendor = small_stream.vendor
    small_stream.disk.fill(leave=35 * MIB)
    with posting(vendor.store_url) as careful, sending(careful, text=LARGE) as senders:
        wait_for(lambda: all(len(sender.answers) > 2 for sender in senders), expected=True)
        assert small_stream.disk.free_bytes > 0
        small_stream.disk.empty()
        wait_until_served(senders)

    assert {answer for sender in senders for answer in sender.answers} == {(503, "10")}
    assert small_stream.nats.is_stuck is False
    assert_counted_exactly(careful, acknowledged_by(senders))


@pytest.mark.timeout(240)
def test_full_disk_of_the_event_store_is_waited_for_and_nothing_is_lost(settings):
    with own_nats() as nats, new_home() as home, small_disk(store_folder(home), 96) as disk:
        store = RunningStore(home, nats.url)
        store.start()
        with posting(store.url) as vendor, sending(vendor) as senders:
            wait_until_served(senders)
            disk.fill()
            wait_for(lambda: store.tend() or store.starts > 1, expected=True, seconds=60)
            wait_until_served(senders, store.tend)
            disk.empty()
            wait_for(lambda: store.tend() or vendor.rows_and_ids()[0] >= acknowledged_by(senders[:1]), expected=True, seconds=60)
        assert_counted_exactly(vendor, acknowledged_by(senders))
        store.stop()
