"""Messages of the domain stream: many events of one workspace in one, since each message costs a write to the disk.

A message is a batch of CloudEvents. Its headers say behind which place of the outbox it begins and up to which it goes, so that a reader sees
whether it misses something, whatever became of the messages before.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from uuid import UUID

import msgspec

from tenure.stream.nats import DOMAIN_SUBJECT
from tenure.stream.relay.cloud_events import Json, cloud_event, outbox_event, type_of
from tenure.workspace.models import OutboxEvent
from tenure.workspace.relay import BATCH_EVENTS, Consumer, Place, Stretch, place_of

LARGEST_BYTES = 512 * 1024
CONTENT_TYPE = "application/cloudevents-batch+json"
AFTER, UPTO = "Tenure-After", "Tenure-Upto"
LIVE, BACKFILL = "Tenure-Types", "Tenure-Backfill-Types"


@dataclass(frozen=True, slots=True)
class NewMessage:
    """A message to publish. headers: among them Nats-Msg-Id, under which NATS knows a message that is sent again."""

    subject: str
    headers: dict[str, str]
    payload: bytes


@dataclass(frozen=True)
class StreamMessage:
    """A message as it stands in the stream. It is decoded once, for all consumers, and only where one of them wants something of it.

    kinds: the types of the events in it, and whether these are backfill.
    """

    sequence: int
    workspace_id: UUID
    after: Place
    upto: Place
    kinds: tuple[tuple[str, bool], ...]
    payload: bytes

    @cached_property
    def events(self) -> list[Json]:
        """The CloudEvents in it, in order."""
        return list(msgspec.json.decode(self.payload))

    def stretch_for(self, consumer: Consumer) -> Stretch:
        """What a consumer wants of it."""
        if not any(consumer.wants(kind, is_backfill=is_backfill) for kind, is_backfill in self.kinds):
            return Stretch(self.after, self.upto, (), self.sequence)
        wanted = (said for said in self.events if consumer.wants(type_of(said), is_backfill=bool(said["backfill"])))
        return Stretch(self.after, self.upto, tuple(map(outbox_event, wanted)), self.sequence)


def new_messages(workspace_id: UUID, after: Place, events: Sequence[OutboxEvent]) -> Iterator[NewMessage]:
    """Consecutive events of one workspace as messages of at most 500 events and about 512 kB; `after`: the place before the first."""
    encoded: list[bytes] = []
    begin, size = 0, 0
    for number, event in enumerate(events):
        encoded.append(msgspec.json.encode(cloud_event(event)))
        size += len(encoded[-1])
        if size >= LARGEST_BYTES or len(encoded) == BATCH_EVENTS or number == len(events) - 1:
            yield _new_message(workspace_id, after, events[begin : number + 1], encoded)
            after, encoded, begin, size = place_of(event), [], number + 1, 0


def read_message(subject: str, headers: Mapping[str, str], sequence: int, payload: bytes) -> StreamMessage:
    """A message of the stream."""
    workspace_id = UUID(subject.rpartition(".")[2])
    kinds = tuple((kind, name == BACKFILL) for name in (LIVE, BACKFILL) for kind in headers.get(name, "").split(",") if kind)
    return StreamMessage(sequence, workspace_id, _place(headers[AFTER]), _place(headers[UPTO]), kinds, payload)


def joined(first: Stretch, second: Stretch) -> Stretch | None:
    """Two stretches of one workspace and one consumer as one; None where there is a gap between them."""
    if second.after > first.upto:
        return None
    if second.upto <= first.upto:
        return first
    fresh = tuple(event for event in second.events if place_of(event) > first.upto)
    return Stretch(first.after, second.upto, first.events + fresh, second.sequence)


def _new_message(workspace_id: UUID, after: Place, events: Sequence[OutboxEvent], encoded: Sequence[bytes]) -> NewMessage:
    upto = place_of(events[-1])
    kinds = {name: {event.type for event in events if event.is_backfill == (name == BACKFILL)} for name in (LIVE, BACKFILL)}
    headers = {
        "Nats-Msg-Id": f"{workspace_id.hex}:{_text(after)}:{_text(upto)}",
        "Content-Type": CONTENT_TYPE,
        AFTER: _text(after),
        UPTO: _text(upto),
        **{name: ",".join(sorted(found)) for name, found in kinds.items() if found},
    }
    return NewMessage(DOMAIN_SUBJECT.format(workspace=workspace_id.hex), headers, b"[" + b",".join(encoded) + b"]")


def _text(place: Place) -> str:
    return f"{place.xid}/{place.event_id.hex}"


def _place(text: str) -> Place:
    xid, _, event_id = text.partition("/")
    return Place(int(xid), UUID(event_id))
