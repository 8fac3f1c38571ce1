"""The NATS of a test run: an embedded one of its own, or the one at TENURE_TEST_NATS_URL, whose streams tests may delete.

Where that URL names three servers or more, streams are kept three times. Tests that kill or stop NATS have one of their own (`own_nats`) in either case.

Ask for `nats_server` where a test needs a running one: the setting NATS_URL then leads to it. Ask for `streams` to begin with both streams empty.
"""

from __future__ import annotations

import asyncio
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import pytest
from django.conf import settings
from nats.js.errors import NotFoundError

from tenure.config.embedded.nats import EmbeddedNats
from tenure.stream.nats import DOMAIN_STREAM, EVENT_STREAM, connected_once, ensure_streams, nats_address

# As much as the store's own process gives the stream: two that differ would change it to and fro.
EVENT_BYTES = 1024**3
CLUSTER_REPLICAS = 3


@dataclass(frozen=True)
class NatsServer:
    """A NATS for tests. embedded: the server, for tests that stop it; None for one given by URL."""

    url: str
    embedded: EmbeddedNats | None = None

    @property
    def replicas(self) -> int:
        """How many servers keep each stream."""
        return CLUSTER_REPLICAS if len(nats_address(self.url).servers) >= CLUSTER_REPLICAS else 1

    def empty_streams(self) -> None:
        """Make both streams anew."""
        asyncio.run(_empty_streams(self.url))


@contextmanager
def running_nats() -> Iterator[NatsServer]:
    """A server for as long as the block lasts; settings lead to it."""
    external = os.environ.get("TENURE_TEST_NATS_URL")
    if external:
        with _led_to(NatsServer(external)) as server:
            yield server
    else:
        with own_nats() as server:
            yield server


@contextmanager
def own_nats() -> Iterator[NatsServer]:
    """The same, always one of our own, to be killed as one likes."""
    home = Path(tempfile.mkdtemp(prefix="tenure-nats-"))
    try:
        with EmbeddedNats(home, durable=False) as embedded, _led_to(NatsServer(embedded.url, embedded)) as server:
            yield server
    finally:
        shutil.rmtree(home, ignore_errors=True)


@contextmanager
def _led_to(server: NatsServer) -> Iterator[NatsServer]:
    before = settings.NATS_URL, settings.NATS_REPLICAS, settings.STREAM_EVENT_BYTES
    settings.NATS_URL, settings.NATS_REPLICAS, settings.STREAM_EVENT_BYTES = server.url, server.replicas, EVENT_BYTES
    yield server
    settings.NATS_URL, settings.NATS_REPLICAS, settings.STREAM_EVENT_BYTES = before


@pytest.fixture(scope="session")
def nats_server() -> Iterator[NatsServer]:
    """The server of this test run (of this worker)."""
    with running_nats() as server:
        yield server


@pytest.fixture
def streams(nats_server: NatsServer) -> NatsServer:
    """The server with both streams empty."""
    nats_server.empty_streams()
    return nats_server


async def _empty_streams(url: str) -> None:
    async with connected_once(url) as stream:
        for name in (EVENT_STREAM, DOMAIN_STREAM):
            with suppress(NotFoundError):
                await stream.js.delete_stream(name)
        await ensure_streams(stream.js)
