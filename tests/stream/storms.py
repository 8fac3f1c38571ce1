"""Clients that send while something is killed, cut or full, and what must hold afterwards: acknowledged = counted, exactly.

Every batch is sent until it is acknowledged, as Segment's clients do, so in the end each id must be there once: a batch lost shows as a
missing id, one written twice as a second row.
"""

from __future__ import annotations

import random
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from uuid import UUID

import requests

from tenure.stream.store.client import EventStore, StoreUnavailable
from tests.stream.world import wait_for

BATCH = 20
CLIENTS = 3
SEND_AGAIN_SECONDS = 0.05


@dataclass
class Vendor:
    """A workspace's source, the ingest it posts to, and the store in which its events are counted."""

    workspace: UUID
    url: str
    key: str
    store_url: str

    def rows_and_ids(self) -> tuple[int, int]:
        """Rows of the workspace, and different ids among them; (-1, -1) while the store is away."""
        try:
            found = EventStore(self.store_url).rows(
                "SELECT count(), uniqExact(id) FROM events WHERE workspace = {workspace:UUID}", workspace=self.workspace
            )
        except StoreUnavailable:
            return -1, -1
        return found[0]


class Sender(threading.Thread):
    """A client that sends batch after batch, each until it is acknowledged. answers: those that were no acknowledgement, and their Retry-After."""

    def __init__(self, vendor: Vendor, name: str, *, text: str = "") -> None:
        super().__init__(name=name, daemon=True)
        self.vendor = vendor
        self.text = text
        self.acknowledged = 0
        self.answers: list[tuple[int, str | None]] = []
        self.stop = threading.Event()

    def run(self) -> None:
        with requests.Session() as session:
            session.auth = (self.vendor.key, "")
            while not self.stop.is_set():
                if self._send(session, self._calls()):
                    self.acknowledged += 1
                else:
                    time.sleep(SEND_AGAIN_SECONDS)

    def _calls(self) -> list[dict[str, object]]:
        names = (f"{self.name}-{self.acknowledged}-{number}" for number in range(BATCH))
        properties = {"text": self.text} if self.text else {}
        return [{"type": "track", "messageId": name, "userId": "u", "event": "E", "properties": properties} for name in names]

    def _send(self, session: requests.Session, calls: list[dict[str, object]]) -> bool:
        try:
            answer = session.post(f"{self.vendor.url}/v1/batch", json={"batch": calls}, timeout=20)
        except requests.RequestException:
            return False
        if answer.status_code != 200:
            self.answers.append((answer.status_code, answer.headers.get("Retry-After")))
        return answer.status_code == 200


@contextmanager
def sending(vendor: Vendor, *, text: str = "") -> Iterator[list[Sender]]:
    """Clients that send for as long as the block lasts; afterwards each says how many batches were acknowledged."""
    senders = [Sender(vendor, f"s{number}", text=text) for number in range(CLIENTS)]
    for sender in senders:
        sender.start()
    try:
        yield senders
    finally:
        for sender in senders:
            sender.stop.set()
        for sender in senders:
            sender.join(60)
            assert not sender.is_alive()


def acknowledged_by(senders: Sequence[Sender]) -> int:
    """How many events were acknowledged."""
    return BATCH * sum(sender.acknowledged for sender in senders)


@dataclass
class Chance:
    """Random moments that are the same in every run."""

    random: random.Random = field(default_factory=lambda: random.Random(20261130))

    def wait(self, at_most: float) -> None:
        """Let a moment pass."""
        time.sleep(self.random.uniform(0.1, at_most))


def storm(vendor: Vendor, kills: Sequence[Callable[[], None]], chance: Chance, *, seconds: float = 1.2) -> int:
    """Clients send while something is killed at random moments, until every client is served again; returns the events acknowledged. seconds: at most, between kills."""
    with sending(vendor) as senders:
        wait_until_served(senders)
        for kill in kills:
            chance.wait(seconds)
            kill()
        wait_until_served(senders)
    return acknowledged_by(senders)


def wait_until_served(senders: Sequence[Sender], meanwhile: Callable[[], None] = lambda: None, *, seconds: float = 60) -> None:
    """Return when every client had something acknowledged that it began after now. meanwhile: done again and again."""
    wanted = {sender: sender.acknowledged + 2 for sender in senders}
    deadline = time.monotonic() + seconds
    while any(sender.acknowledged < count for sender, count in wanted.items()):
        assert time.monotonic() < deadline, f"Not every client was served again: {[sender.answers[-3:] for sender in senders]}"
        meanwhile()
        time.sleep(0.02)


def assert_counted_exactly(vendor: Vendor, acknowledged: int) -> None:
    """Every acknowledged event is one row. A batch whose sender stopped before its answer may be there besides: one a client at most."""
    wait_for(lambda: vendor.rows_and_ids()[1] >= acknowledged, expected=True, seconds=60)
    time.sleep(1)
    rows, ids = vendor.rows_and_ids()
    assert rows == ids
    assert acknowledged <= ids <= acknowledged + CLIENTS * BATCH
