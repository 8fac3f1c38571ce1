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
_READ = """
SELECT id FROM workspace_outboxevent
WHERE workspace_id = tenure_workspace() AND (%(xid)s::xid8 IS NULL OR (xid, id) > (%(xid)s::xid8, %(event)s::uuid))
  AND xid < pg_snapshot_xmin(pg_current_snapshot())
ORDER BY xid, id LIMIT %(limit)s
"""
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
    """Hand every consumer what it has not read, one batch a workspace; returns how many events were handed over."""
    return sum(_relay_to(consumer) for consumer in consumers.values())


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


def _relay_to(consumer: Consumer) -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT workspace_id FROM list_workspaces_behind(%s)", [consumer.name])
        behind = [row[0] for row in cursor.fetchall()]
    return sum(_hand_over(consumer, workspace_id) for workspace_id in behind)


def _hand_over(consumer: Consumer, workspace_id: UUID) -> int:
    """One batch of one workspace: lock the position, read on from it, consume, move it, all in one transaction."""
    ctx = system_context(workspace_id)
    with enter(Scope(workspace_id)):
        position, _created = ConsumerPosition.objects.get_or_create(workspace_id=workspace_id, consumer=consumer.name)
        position = ConsumerPosition.objects.select_for_update().get(pk=position.pk)
        events = _read_on(position)
        wanted = [
            event
            for event in events
            if (not consumer.types or event.type in consumer.types) and (consumer.wants_backfill or not event.is_backfill)
        ]
        if wanted:
            consumer.consume(ctx, wanted)
        if events:
            ConsumerPosition.objects.filter(pk=position.pk).update(xid=events[-1].xid, event_id=events[-1].pk)
    return len(events)


def _read_on(position: ConsumerPosition) -> list[OutboxEvent]:
    with connection.cursor() as cursor:
        cursor.execute(_READ, {"xid": position.xid, "event": position.event_id, "limit": BATCH_EVENTS})
        keys = [row[0] for row in cursor.fetchall()]
    found = {event.pk: event for event in OutboxEvent.objects.filter(pk__in=keys)}
    return [found[key] for key in keys]
