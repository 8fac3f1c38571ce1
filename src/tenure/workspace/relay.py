"""Handing events to consumers after commit: in order per workspace, at least once, and once in effect.

A consumer's position is its place in the outbox, committed together with its effect: what was not committed is read again, what was is
passed over. Events come in stretches from the stream (tenure.stream.relay), which say where they begin; where one begins beyond the
position, and where there is no stream, they are read from the outbox. Rule: spec/outbox.md.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple
from uuid import UUID

from django.db import connection

from tenure.workspace.jobs import system_context
from tenure.workspace.models import ConsumerPosition, OutboxEvent
from tenure.workspace.scope import Scope, enter

if TYPE_CHECKING:
    from tenure.workspace.context import Context

Consume = Callable[["Context", Sequence[OutboxEvent]], None]

BATCH_EVENTS = 500
# The last event that can be read: below every transaction that could still write before it. (`ORDER BY xid` would mean the text.)
_END = """
SELECT e.xid::text, e.id FROM workspace_outboxevent e
WHERE e.workspace_id = (SELECT tenure_workspace()) AND e.xid < pg_snapshot_xmin(pg_current_snapshot())
ORDER BY e.xid DESC, e.id DESC LIMIT 1
"""
_READ = """
SELECT id FROM workspace_outboxevent
WHERE workspace_id = (SELECT tenure_workspace())
  AND (xid, id) > (%(xid)s::xid8, %(event)s::uuid) AND (xid, id) <= (%(end_xid)s::xid8, %(end_event)s::uuid)
  AND (%(every_type)s OR type = ANY(%(types)s::text[])) AND (%(wants_backfill)s OR NOT is_backfill)
ORDER BY xid, id LIMIT %(limit)s
"""
_TAKE_TURN = "SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))"


class Place(NamedTuple):
    """Where an event stands in the outbox of its workspace. Places are ordered as the outbox is read."""

    xid: int
    event_id: UUID


BEFORE_ALL = Place(0, UUID(int=0))


@dataclass(frozen=True, slots=True)
class Consumer:
    """Somebody who reads events after commit. types: the event types it wants (empty: all). wants_backfill: imports' events too."""

    name: str
    consume: Consume
    types: frozenset[str] = frozenset()
    wants_backfill: bool = False

    def wants(self, event_type: str, *, is_backfill: bool) -> bool:
        """Whether it reads such an event."""
        return (not self.types or event_type in self.types) and (self.wants_backfill or not is_backfill)


@dataclass(frozen=True, slots=True)
class Stretch:
    """All that a consumer wants of one workspace's events behind `after` up to `upto`; sequence: its place in the stream."""

    after: Place
    upto: Place
    events: tuple[OutboxEvent, ...]
    sequence: int


class Handed(NamedTuple):
    """What came of handing over: how many events, up to where, and whether the consumer now has all that was asked for."""

    number: int
    reached: Place
    is_done: bool


class _Read(NamedTuple):
    events: list[OutboxEvent]
    upto: Place
    sequence: int | None
    is_last: bool


consumers: dict[str, Consumer] = {}


def register_consumer(consumer: Consumer) -> None:
    """Have a consumer read the events of every workspace."""
    consumers[consumer.name] = consumer


def place_of(event: OutboxEvent) -> Place:
    """Where an event stands."""
    return Place(int(event.xid), event.pk)


def relay_once() -> int:
    """Hand every consumer what it has not read, from the outbox, one batch a workspace; returns how many events were handed over.

    Raises what the first failing consumer raised, after the others had their turn.
    """
    handed, failed = 0, None
    for consumer in list(consumers.values()):
        for workspace_id in list_workspaces_behind(consumer):
            try:
                handed += hand_over(consumer, workspace_id).number
            except Exception as error:  # noqa: BLE001 - one consumer's trouble in one workspace is nobody else's
                failed = failed or error
    if failed is not None:
        raise failed
    return handed


def list_workspaces_behind(consumer: Consumer) -> list[UUID]:
    """The workspaces with events that a consumer has not passed."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT workspace_id FROM list_workspaces_behind(%s)", [consumer.name])
        return [row[0] for row in cursor.fetchall()]


def hand_over(consumer: Consumer, workspace_id: UUID, stretch: Stretch | None = None) -> Handed:
    """One batch of one workspace: lock the position, read on from it, consume, move it, all in one transaction.

    stretch: what the stream brought; without one, or where it begins beyond the position, the outbox is read. Call again until it is done.
    """
    ctx = system_context(workspace_id)
    with enter(Scope(workspace_id)):
        _take_turn(consumer, workspace_id)
        place = find_place(consumer.name)
        if stretch is not None and stretch.upto <= place:
            return Handed(0, place, is_done=True)
        read = _from_stretch(place, stretch) if stretch is not None else None
        read = read or _from_outbox(consumer, place)
        if read is None:
            return Handed(0, place, is_done=True)
        if read.events:
            consumer.consume(ctx, read.events)
        _move(consumer, workspace_id, read)
    return Handed(len(read.events), read.upto, is_done=read.is_last if stretch is None else read.upto >= stretch.upto)


def find_place(consumer_name: str) -> Place:
    """How far a consumer is in the workspace of the scope."""
    position = ConsumerPosition.objects.filter(consumer=consumer_name).first()
    return Place(int(position.xid), position.event_id) if position and position.xid and position.event_id else BEFORE_ALL


def _take_turn(consumer: Consumer, workspace_id: UUID) -> None:
    """Wait until nobody else hands this consumer events of this workspace.

    Not by a lock on the position's row: that would make this a writing transaction from its beginning, and hold back every reader of the
    outbox while a consumer computes or NATS answers.
    """
    with connection.cursor() as cursor:
        cursor.execute(_TAKE_TURN, [f"relay {consumer.name} {workspace_id}"])


def _move(consumer: Consumer, workspace_id: UUID, read: _Read) -> None:
    position = ConsumerPosition(
        workspace_id=workspace_id,
        consumer=consumer.name,
        xid=str(read.upto.xid),
        event_id=read.upto.event_id,
        sequence=read.sequence,
    )
    moved = ["xid", "event_id"] if read.sequence is None else ["xid", "event_id", "sequence"]
    ConsumerPosition.objects.bulk_create(
        [position], update_conflicts=True, unique_fields=["workspace", "consumer"], update_fields=moved
    )


def _from_stretch(place: Place, stretch: Stretch) -> _Read | None:
    """What a stretch has behind the position; None where it begins beyond it, so that events between would be missed."""
    if stretch.after > place:
        return None
    return _Read([event for event in stretch.events if place_of(event) > place], stretch.upto, stretch.sequence, is_last=True)


def _from_outbox(consumer: Consumer, place: Place) -> _Read | None:
    """The next batch behind the position; None where nothing is behind it.

    What the consumer does not want is never read: behind the last wanted event of a workspace, the position moves to the end at once.
    """
    end = _end()
    if end is None or end <= place:
        return None
    wanted: dict[str, Any] = {
        "xid": str(place.xid),
        "event": place.event_id,
        "end_xid": str(end.xid),
        "end_event": end.event_id,
        "every_type": not consumer.types,
        "types": sorted(consumer.types),
        "wants_backfill": consumer.wants_backfill,
        "limit": BATCH_EVENTS,
    }
    with connection.cursor() as cursor:
        cursor.execute(_READ, wanted)
        keys = [row[0] for row in cursor.fetchall()]
    found = {event.pk: event for event in OutboxEvent.objects.filter(pk__any_of=keys)}
    events = [found[key] for key in keys]
    is_last = len(events) < BATCH_EVENTS
    return _Read(events, end if is_last else place_of(events[-1]), None, is_last=is_last)


def _end() -> Place | None:
    with connection.cursor() as cursor:
        cursor.execute(_END)
        row = cursor.fetchone()
    return Place(int(row[0]), row[1]) if row else None
