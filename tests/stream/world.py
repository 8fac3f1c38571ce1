"""Sources and events for tests: what a client would post, or what the writer would have written."""

from __future__ import annotations

import json
import secrets
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any
from uuid import UUID, uuid4

from tenure.kernel import clock
from tenure.stream.blocks import Block
from tenure.stream.ingest.accepting import Accepting, microseconds
from tenure.stream.ingest.sources import Source, digest_of
from tenure.stream.store.client import EventStore, event_store
from tenure.stream.writer.columns import EventColumns

if TYPE_CHECKING:
    from tests.world import Company

WAIT_SECONDS = 30
_sequence = iter(range(1_000_000_000, 2_000_000_000))


def source_of(workspace: UUID, *, is_sandbox: bool = False) -> tuple[dict[bytes, Source], str]:
    """A source and its write key, as ingest asks for it."""
    key = f"tnw_{uuid4().hex}"
    return {digest_of(key): Source(uuid4(), workspace, is_sandbox, seed=secrets.randbits(63))}, key


def record(
    company: Company,
    name: str,
    /,
    *,
    account: str = "",
    user: str = "",
    visitor: str = "",
    at: datetime | None = None,
    count: int = 1,
    context: dict[str, Any] | None = None,
    seq: int | None = None,
    **properties: Any,
) -> None:
    """Put `count` events into the store as the writer would, one store number for each call. account: the group's id."""
    accepting = Accepting(
        Source(UUID(int=1), company.workspace.pk, is_sandbox=False, seed=secrets.randbits(63)), microseconds(clock.now())
    )
    for _ in range(count):
        accepting.accept(
            id=uuid4().hex,
            name=name,
            user_id=user,
            anonymous_id=visitor,
            group_id=account,
            client_time=None if at is None else microseconds(at),
            properties=json.dumps(properties).encode(),
            context=json.dumps(context or {}).encode(),
        )
    columns = EventColumns()
    columns.add(Block(1, company.workspace.pk.bytes, [accepting.run]), accepting.run, next(_sequence) if seq is None else seq, 0)
    event_store().insert("events", columns.table())


def wait_for(ask: Callable[[], Any], expected: object, *, seconds: float = WAIT_SECONDS) -> None:
    """Wait until asking gives what is expected."""
    deadline = time.monotonic() + seconds
    while (found := ask()) != expected:
        assert time.monotonic() < deadline, f"{found!r} is not {expected!r}"
        time.sleep(0.05)


def counted(store: EventStore, workspace: UUID, table: str = "events") -> int:
    """How many events of a workspace the store has."""
    return int(store.rows(f"SELECT count() FROM {table} WHERE workspace = {{workspace:UUID}}", workspace=workspace)[0][0])


@dataclass(frozen=True)
class StoredEvent:
    """An event as the store has it."""

    id: str
    name: str
    subject: str
    user_id: str
    anonymous_id: str
    properties: dict[str, Any]
    context: dict[str, Any]
    time: datetime
    client_time: datetime
    received_at: datetime


def rows_of(store: EventStore, workspace: UUID, table: str = "events") -> list[StoredEvent]:
    """The events of a workspace, by id."""
    times = ", ".join(f"toUnixTimestamp64Micro({name})" for name in ("time", "client_time", "received_at"))
    asked = f"SELECT id, name, subject, user_id, anonymous_id, properties, context, {times} FROM {table} WHERE workspace = {{workspace:UUID}} ORDER BY id"
    return [
        StoredEvent(*row[:5], json.loads(row[5]), json.loads(row[6]), *(_instant(moment) for moment in row[7:]))
        for row in store.rows(asked, workspace=workspace)
    ]


def _instant(microseconds: int) -> datetime:
    return datetime(1970, 1, 1, tzinfo=UTC) + timedelta(microseconds=microseconds)
