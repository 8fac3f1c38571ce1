"""Product events through three clustered nats-servers, of which one dies: acknowledged = counted, and nobody notices but the clients."""

from __future__ import annotations

from uuid import uuid4

import pytest

from tenure.stream.nats import EVENT_STREAM
from tests.fixtures_nats import EVENT_BYTES
from tests.fixtures_store import running_store
from tests.nats_cluster import running_cluster
from tests.stream.serving import live_ingest
from tests.stream.storms import Chance, Vendor, assert_counted_exactly, storm
from tests.stream.world import source_of


@pytest.fixture
def cluster(settings):
    """Three servers of their own, every event kept three times."""
    with running_cluster() as cluster:
        settings.NATS_URL, settings.NATS_REPLICAS, settings.STREAM_EVENT_BYTES = cluster.url, 3, EVENT_BYTES
        yield cluster


@pytest.fixture
def vendor(cluster):
    """Posts to an ingest and is counted in a store, both on the cluster."""
    with running_store(cluster.url, replicas=3) as store:
        sources, key = source_of(workspace := uuid4())
        with live_ingest(sources) as live:
            yield Vendor(workspace, live.url, key, store.url)
        print(store.said())  # noqa: T201 - shown where a test fails


def test_leader_of_the_stream_killed_under_load_loses_and_doubles_nothing(cluster, vendor):
    acknowledged = storm(vendor, [lambda: cluster.leader_of(EVENT_STREAM).kill()], Chance())

    assert acknowledged > 0
    assert_counted_exactly(vendor, acknowledged)


@pytest.mark.faults
@pytest.mark.timeout(600)
def test_each_server_killed_and_started_again_under_load_loses_and_doubles_nothing(cluster, vendor):
    chance = Chance()

    def kill_and_start_leader() -> None:
        victim = cluster.leader_of(EVENT_STREAM)
        victim.kill()
        chance.wait(3)
        victim.start()
        cluster.wait_until_whole(EVENT_STREAM)

    acknowledged = storm(vendor, [kill_and_start_leader] * 10, chance)

    assert acknowledged > 0
    assert_counted_exactly(vendor, acknowledged)
