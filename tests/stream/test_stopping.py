"""Told to stop, the relay and the writer end within seconds, also where what they wait for never answers."""

from __future__ import annotations

import signal
import socket
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.conftest import DATABASE
from tests.fixtures_store import new_home, start_process, stream_settings
from tests.world import open_company

SECONDS = 8
NOBODY = "nats://tenure:hush@127.0.0.1:1"


@pytest.fixture
def deaf_store() -> Iterator[socket.socket]:
    """A ClickHouse that takes every request and answers none, as a store does whose process has just ended."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        listener.settimeout(60)
        yield listener


def test_relay_that_waits_for_the_event_store_ends_when_told(committed_db, streams, postgres_server, deaf_store):
    open_company("Acme")
    given = {
        "TENURE_DATABASE_URL": postgres_server.app_url(DATABASE),
        "TENURE_OWNER_DATABASE_URL": postgres_server.owner_url(DATABASE),
        "TENURE_CLICKHOUSE_URL": f"http://tenure:hush@127.0.0.1:{deaf_store.getsockname()[1]}/tenure",
        **stream_settings(streams.url, streams.replicas),
    }
    with new_home() as home:
        process = start_process("tenure.config.cli.relay_process", [], home, given)
        asked, _ = deaf_store.accept()

        took = ended_after(process)

        asked.close()
        assert process.returncode == 0
        assert took < SECONDS
        assert "relay_cut_short" in (home / "said.log").read_text()


def test_writer_process_without_nats_ends_when_told(store_server):
    given = {"TENURE_CLICKHOUSE_URL": store_server.url, **stream_settings(NOBODY, 1)}
    with new_home() as home:
        process = start_process("tenure.config.cli.writer_process", [], home, given)
        while not hears_signals(process):
            time.sleep(0.05)
        time.sleep(2)

        took = ended_after(process)

    assert (process.returncode, took < SECONDS) == (0, True)


def hears_signals(process) -> bool:
    """Whether it has come so far that it ends by itself when told."""
    caught = Path(f"/proc/{process.pid}/status").read_text().partition("SigCgt:")[2].split()[0]
    return bool(int(caught, 16) & 1 << signal.SIGTERM - 1)


def ended_after(process) -> float:
    """Tell it to stop; how many seconds it took."""
    began = time.monotonic()
    process.send_signal(signal.SIGTERM)
    process.wait(60)
    return time.monotonic() - began
