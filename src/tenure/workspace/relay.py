"""The relay: hands the outbox to consumers after commit, in order per workspace, at least once.

A consumer's position is committed together with its effect, so a crash between the two cannot happen: what was not committed is read
again. Rule: spec/outbox.md. A later room puts a stream between; consumers do not change.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import UUID

import structlog
from django.db import connection

from tenure.workspace.jobs import system_context
from tenure.workspace.models import ConsumerPosition, OutboxEvent
from tenure.workspace.scope import Scope, enter

if TYPE_CHECKING:
    from tenure.workspace.context import Context

Consume = Callable[["Context", Sequence[OutboxEvent]], None]

BATCH_EVENTS = 500
IDLE_SECONDS = 1.0
# The last event that can be read: below every transaction that could still write before it.
_END = """
SELECT xid::text, id FROM workspace_outboxevent
WHERE workspace_id = (SELECT tenure_workspace()) AND xid < pg_snapshot_xmin(pg_current_snapshot())
ORDER BY xid DESC, id DESC LIMIT 1
"""
_READ = """
SELECT id FROM workspace_outboxevent
WHERE workspace_id = (SELECT tenure_workspace())
  AND (xid, id) > (%(xid)s::xid8, %(event)s::uuid) AND (xid, id) <= (%(end_xid)s::xid8, %(end_event)s::uuid)
  AND (%(every_type)s OR type = ANY(%(types)s::text[])) AND (%(wants_backfill)s OR NOT is_backfill)
ORDER BY xid, id LIMIT %(limit)s
"""
_BEFORE_ALL = ("0", UUID(int=0))
log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Consumer:
    """Somebody who reads events after commit. types: the event types it wants (empty: all). wants_backfill: imports' events too."""

    name: str
    consume: Consume
    types: frozenset[str] = frozenset()
    wants_backfill: bool = False


consumers: dict[str, Consumer] = {}


def register_consumer(consumer: Consumer) -> None:
    """Have a consumer read the outbox of every workspace."""
    consumers[consumer.name] = consumer


def relay_once() -> int:
    """Hand every consumer what it has not read, one batch a workspace; returns how many events were handed over.

    Raises what the first failing consumer raised, after the others had their turn.
    """
    handed, failed = 0, None
    for consumer in list(consumers.values()):
        for workspace_id in _workspaces_behind(consumer):
            try:
                handed += _hand_over(consumer, workspace_id)
            except Exception as error:  # noqa: BLE001 - one consumer's trouble in one workspace is nobody else's
                failed = failed or error
    if failed is not None:
        raise failed
    return handed


def relay_until(stop: threading.Event) -> None:
    """Relay until told to stop; rests for a second when there is nothing to do."""
    while not stop.is_set():
        try:
            handed = relay_once()
        except Exception:
            log.exception("relay_failed")
            connection.close()
            handed = 0
        if not handed:
            stop.wait(IDLE_SECONDS)


def _workspaces_behind(consumer: Consumer) -> list[UUID]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT workspace_id FROM list_workspaces_behind(%s)", [consumer.name])
        return [row[0] for row in cursor.fetchall()]


def _hand_over(consumer: Consumer, workspace_id: UUID) -> int:
    """One batch of one workspace: lock the position, read on from it, consume, move it, all in one transaction.

    What the consumer does not want is never read: behind the last wanted event of a workspace, the position moves to the end at once.
    """
    ctx = system_context(workspace_id)
    with enter(Scope(workspace_id)):
        position, _created = ConsumerPosition.objects.get_or_create(workspace_id=workspace_id, consumer=consumer.name)
        position = ConsumerPosition.objects.select_for_update().get(pk=position.pk)
        end = _end()
        if end is None:
            return 0
        events = _read_on(consumer, position, end)
        if events:
            consumer.consume(ctx, events)
        xid, event_id = (events[-1].xid, events[-1].pk) if len(events) == BATCH_EVENTS else end
        ConsumerPosition.objects.filter(pk=position.pk).update(xid=xid, event_id=event_id)
    return len(events)


def _end() -> tuple[str, UUID] | None:
    with connection.cursor() as cursor:
        cursor.execute(_END)
        row = cursor.fetchone()
    return (row[0], row[1]) if row else None


def _read_on(consumer: Consumer, position: ConsumerPosition, end: tuple[str, UUID]) -> list[OutboxEvent]:
    xid, event_id = (position.xid, position.event_id) if position.xid else _BEFORE_ALL
    wanted = {
        "xid": xid,
        "event": event_id,
        "end_xid": end[0],
        "end_event": end[1],
        "every_type": not consumer.types,
        "types": sorted(consumer.types),
        "wants_backfill": consumer.wants_backfill,
        "limit": BATCH_EVENTS,
    }
    with connection.cursor() as cursor:
        cursor.execute(_READ, wanted)
        keys = [row[0] for row in cursor.fetchall()]
    found = {event.pk: event for event in OutboxEvent.objects.filter(pk__any_of=keys)}
    return [found[key] for key in keys]
