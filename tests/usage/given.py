"""Events put straight into the event store, for tests of what is counted out of them."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any
from uuid import UUID

import pyarrow as pa

from tenure.usage.domain.evaluation import SeenEvent
from tenure.usage.queries.statement import EPOCH
from tenure.workspace.models import OutboxEvent
from tenure.workspace.scope import enter

if TYPE_CHECKING:
    from tenure.stream.store.client import EventStore
    from tenure.workspace.events import DomainEvent
    from tests.world import Company

SOURCE = UUID(int=7)
_MOMENT = pa.timestamp("us", tz="UTC")


def at(text: str) -> datetime:
    """An instant in UTC."""
    moment = datetime.fromisoformat(text)
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def given_events(store: EventStore, workspace_id: UUID, events: Iterable[tuple[str, SeenEvent]]) -> None:
    """Write (subject, event) pairs."""
    rows = list(events)
    if not rows:
        return
    seen = [event for _subject, event in rows]
    times = pa.array([event.time for event in seen], _MOMENT)
    count = len(rows)
    columns = {
        "workspace": pa.array([str(workspace_id)] * count),
        "subject": pa.array([subject for subject, _event in rows]),
        "name": pa.array([event.name for event in seen]),
        "time": times,
        "id": pa.array([f"{event.seq}-{event.idx}" for event in seen]),
        "source": pa.array([str(SOURCE)] * count),
        "user_id": pa.array([event.user for event in seen]),
        "client_time": times,
        "received_at": times,
        "properties": pa.array([json_of(event.properties) for event in seen]),
        "context": pa.array(["{}"] * count),
        "seq": pa.array([event.seq for event in seen], pa.uint64()),
        "idx": pa.array([event.idx for event in seen], pa.uint32()),
    }
    store.insert("events", pa.table(columns))


def given_ties(store: EventStore, workspace_id: UUID, ties: Iterable[tuple[str, UUID, datetime]], version: int = 1) -> None:
    """Write (subject, account, since) ties."""
    rows = list(ties)
    columns = {
        "workspace": pa.array([str(workspace_id)] * len(rows)),
        "subject": pa.array([subject for subject, _account, _since in rows]),
        "since": pa.array([since for _subject, _account, since in rows], _MOMENT),
        "account": pa.array([str(account) for _subject, account, _since in rows]),
        "version": pa.array([version] * len(rows), pa.uint64()),
    }
    store.insert("ties", pa.table(columns))


EVER = EPOCH


def told(company: Company, kind: type[DomainEvent]) -> list[dict[str, Any]]:
    """The events of a kind that a company's outbox has, in order: subject, account and their own fields."""
    with enter(company.owner.ctx.scope):
        rows = OutboxEvent.objects.filter(type=kind.type).order_by("id")
        return [{"subject": row.subject_id, "account": row.account_id, **row.payload} for row in rows]


def json_of(properties: Mapping[str, Any]) -> str:
    """Properties as clients send them, decimals as numbers with all their digits."""
    numbers: dict[str, str] = {}

    def mark(value: Decimal) -> str:
        numbers[f"\x01{len(numbers)}"] = format(value, "f")
        return f"\x01{len(numbers) - 1}"

    text = json.dumps(properties, ensure_ascii=False, separators=(",", ":"), default=mark)
    for key, number in numbers.items():
        text = text.replace(json.dumps(key), number)
    return text
