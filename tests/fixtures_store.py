"""The event store of a test run: `tenure store` as it really runs, with its writer, in a temporary home of its own; or the ClickHouse at
TENURE_TEST_CLICKHOUSE_URL, an empty database of its own, with a writer process beside it.

Ask for `event_store` where a test needs it: the setting CLICKHOUSE_URL then leads to it, and NATS_URL to the stream it reads. Nothing needs
to be emptied: every test's workspace is a new one.

    python -m tests.fixtures_store      # a `tenure store` alone: prints its URL, and runs until Ctrl-C
"""

from __future__ import annotations

import os
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from clickhouse_connect.driver.exceptions import ClickHouseError
from django.conf import settings

from tenure.config.embedded.engine_user import ensure_engine_user
from tenure.config.embedded.folders import ensure_home
from tenure.config.embedded.keys import ensure_keys
from tenure.config.embedded.nats_settings import GIB
from tenure.config.embedded.store.addresses import store_password
from tenure.stream.store.client import EventStore, StoreUnavailable
from tenure.stream.store.migrate import all_migrations
from tests.fixtures_nats import EVENT_BYTES

if TYPE_CHECKING:
    from tests.fixtures_nats import NatsServer

START_SECONDS = 60
LOG = "said.log"


@dataclass
class RunningStore:
    """One `tenure store` with its home; it can be killed and started again on the same port. is_alone: without tables and writer."""

    home: Path
    nats_url: str
    replicas: int = 1
    is_alone: bool = False
    starts: int = 0
    secret_key: str = field(default_factory=lambda: secrets.token_urlsafe(32))
    process: subprocess.Popen[bytes] | None = None
    listener: socket.socket = field(default_factory=lambda: socket.create_server(("127.0.0.1", 0), backlog=128))

    @property
    def port(self) -> int:
        """Where it listens."""
        return int(self.listener.getsockname()[1])

    @property
    def url(self) -> str:
        """How it is reached."""
        return f"http://tenure:{store_password(self.secret_key)}@127.0.0.1:{self.port}/tenure"

    def start(self) -> None:
        """Start it and return when it answers."""
        self.starts += 1
        handle = self.listener.fileno()
        self.process = start_process(
            "tenure.config.cli.store_process",
            [str(handle), *(["alone"] if self.is_alone else [])],
            self.home,
            {**stream_settings(self.nats_url, self.replicas), "TENURE_SECRET_KEY": self.secret_key},
            handles=[handle],
        )
        self.wait_until_answering()

    def wait_until_answering(self) -> None:
        """Return when a statement is answered."""
        deadline = time.monotonic() + START_SECONDS
        while time.monotonic() < deadline:
            assert self.process is not None
            assert self.process.poll() is None, self.said()
            try:
                with urllib.request.urlopen(f"http://127.0.0.1:{self.port}/ping", timeout=2):
                    return
            except (urllib.error.URLError, OSError):
                time.sleep(0.05)
        raise AssertionError(f"The event store did not answer in {START_SECONDS} s.")

    def tend(self) -> None:
        """Start it again where it ended, as `tenure up` does."""
        if self.process is not None and self.process.poll() is not None:
            with suppress(AssertionError):
                self.start()

    def said(self) -> str:
        """The end of its log."""
        return said_in(self.home)

    def kill(self) -> None:
        """kill -9."""
        assert self.process is not None
        self.process.kill()
        self.process.wait()

    def stop(self) -> None:
        """Ask it to end, and wait."""
        if self.process is not None and self.process.poll() is None:
            self.process.terminate()
            self.process.wait(30)


@dataclass
class RunningWriter:
    """One writer process beside a ClickHouse given by URL. It is started again whenever it ends, as `tenure up` does."""

    home: Path
    clickhouse_url: str
    nats_url: str
    replicas: int = 1
    process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start it; it comes up by itself."""
        given = {**stream_settings(self.nats_url, self.replicas), "TENURE_CLICKHOUSE_URL": self.clickhouse_url}
        self.process = start_process("tenure.config.cli.writer_process", [], self.home, given)

    def kill(self) -> None:
        """kill -9."""
        assert self.process is not None
        self.process.kill()
        self.process.wait()

    def stop(self) -> int:
        """Ask it to end, and wait; its exit code."""
        assert self.process is not None
        self.process.terminate()
        return self.process.wait(30)


def stream_settings(nats_url: str, replicas: int) -> dict[str, str]:
    """The stream, as a process of ours is told of it."""
    return {
        "TENURE_NATS_URL": nats_url,
        "TENURE_NATS_REPLICAS": str(replicas),
        "TENURE_STREAM_MAX_GB": str(EVENT_BYTES // GIB),
    }


def start_process(
    module: str, arguments: list[str], home: Path, given: dict[str, str], handles: Sequence[int] = ()
) -> subprocess.Popen[bytes]:
    """Start a process of ours with these settings and no others of this machine's; what it says goes into its home."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("TENURE_")}
    with (home / LOG).open("ab") as output:
        return subprocess.Popen(
            [sys.executable, "-P", "-m", module, *arguments],
            env={
                **kept,
                **given,
                "TENURE_HOME": str(home),
                "PYTHONUNBUFFERED": "1",
                "DJANGO_SETTINGS_MODULE": "tenure.config.settings",
            },
            pass_fds=handles,
            stdout=output,
            stderr=subprocess.STDOUT,
        )


def said_in(home: Path) -> str:
    """The end of what processes said."""
    return (home / LOG).read_text()[-3000:]


@contextmanager
def new_home() -> Iterator[Path]:
    """A home for as long as the block lasts."""
    home = Path(tempfile.mkdtemp(prefix="tenure-store-"))
    try:
        ensure_home(home, ensure_engine_user())
        ensure_keys(home)
        yield home
    finally:
        shutil.rmtree(home, ignore_errors=True)


@contextmanager
def running_store(nats_url: str, *, replicas: int = 1, is_alone: bool = False) -> Iterator[RunningStore]:
    """A store for as long as the block lasts."""
    with new_home() as home:
        store = RunningStore(home, nats_url, replicas, is_alone)
        try:
            with closing(store.listener):
                store.start()
                yield store
                store.stop()
        finally:
            if store.process is not None and store.process.poll() is None:
                store.kill()


@contextmanager
def running_writer(clickhouse_url: str, nats_url: str, *, replicas: int = 1) -> Iterator[RunningWriter]:
    """A writer process for as long as the block lasts."""
    with new_home() as home:
        writer = RunningWriter(home, clickhouse_url, nats_url, replicas)
        try:
            writer.start()
            yield writer
        finally:
            writer.kill()


@dataclass(frozen=True)
class GivenStore:
    """A ClickHouse given by URL."""

    url: str

    def wait_until_written(self) -> None:
        """Return when its tables are there and its writer has found its place."""
        deadline = time.monotonic() + START_SECONDS
        while not self._has_tables():
            assert time.monotonic() < deadline, "The writer process did not make the tables."
            time.sleep(0.1)

    def _has_tables(self) -> bool:
        wanted = all_migrations()[-1].name
        try:
            return bool(EventStore(self.url).rows("SELECT 1 FROM applied_migrations WHERE name = {name:String}", name=wanted))
        except (ClickHouseError, StoreUnavailable):
            return False


@pytest.fixture(scope="session")
def store_server(nats_server: NatsServer) -> Iterator[RunningStore | GivenStore]:
    """The store of this test run (of this worker); settings lead to it."""
    before = settings.CLICKHOUSE_URL
    with _store_of_this_run(nats_server) as store:
        settings.CLICKHOUSE_URL = store.url
        yield store
    settings.CLICKHOUSE_URL = before


@contextmanager
def _store_of_this_run(nats_server: NatsServer) -> Iterator[RunningStore | GivenStore]:
    external = os.environ.get("TENURE_TEST_CLICKHOUSE_URL")
    if not external:
        with running_store(nats_server.url, replicas=nats_server.replicas) as store:
            yield store
        return
    with running_writer(external, nats_server.url, replicas=nats_server.replicas):
        given = GivenStore(external)
        given.wait_until_written()
        yield given


@pytest.fixture
def event_store(store_server: RunningStore | GivenStore) -> EventStore:
    """The client of the running store."""
    return EventStore(store_server.url)


if __name__ == "__main__":
    with running_store("", is_alone=True) as alone:
        sys.stdout.write(f"{alone.url}\n")
        sys.stdout.flush()
        signal.sigwait({signal.SIGINT, signal.SIGTERM})


@pytest.fixture(scope="module")
def own_store(nats_server: NatsServer) -> Iterator[EventStore]:
    """A store of one module's own, for what would slow down or change the one that all share."""
    before = settings.CLICKHOUSE_URL
    with running_store(nats_server.url) as store:
        settings.CLICKHOUSE_URL = store.url
        yield EventStore(store.url)
    settings.CLICKHOUSE_URL = before
