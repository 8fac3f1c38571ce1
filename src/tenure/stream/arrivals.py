"""Calls as they stand in the stream, newest first: what the last minutes brought, counted or not.

It reads as little as it can: the newest messages of one workspace, a bounded number and about so many bytes, in a bounded time.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar
from uuid import UUID

import msgspec
from django.conf import settings
from nats.errors import Error as NatsError
from nats.js.api import AckPolicy, ConsumerConfig, DeliverPolicy
from nats.js.errors import NotFoundError

from tenure.stream import blocks
from tenure.stream.errors import StreamUnreachable
from tenure.stream.nats import EVENT_STREAM, connected_once, find_stream, stream_identity
from tenure.stream.own_loop import in_own_loop

if TYPE_CHECKING:
    from nats.aio.msg import Msg
    from nats.js import JetStreamContext
    from nats.js.api import StreamInfo

Answer = TypeVar("Answer")

LOOK_SECONDS = 2.0
READ_BYTES = 8 * 1024 * 1024
MOST_MESSAGES, FEWEST_MESSAGES = 64, 4
FORGET_SECONDS = 5.0
MOST_CALLS = 500


@dataclass(frozen=True, slots=True)
class Arrival:
    """One call. place, idx: its message in the stream and its number in it (0 and the store's own where it was read from the store).

    Times are microseconds since 1970. code, reason, position, body: of a refused call; then times are those of its receipt.
    """

    place: int
    idx: int
    source: UUID
    received_at: int
    id: str
    name: str
    subject: str = ""
    user_id: str = ""
    anonymous_id: str = ""
    group_id: str = ""
    time: int = 0
    client_time: int = 0
    properties: bytes = b"{}"
    context: bytes = b"{}"
    id_hash: int = 0
    is_sandbox: bool = False
    code: str = ""
    reason: str = ""
    position: int = 0
    body: bytes = b""

    @property
    def is_refused(self) -> bool:
        """Whether it was not accepted."""
        return bool(self.code)


@dataclass(frozen=True, slots=True)
class Look:
    """What one look found. stream: which stream, as the writer's place names it. is_whole: False where older ones were left out."""

    arrivals: list[Arrival]
    stream: str
    is_whole: bool


def look_at_stream(workspace: UUID, since: int, wanted: Callable[[Arrival], bool], most: int = MOST_CALLS) -> Look:
    """The calls of a workspace received at or after `since` (microseconds) that are wanted, newest first. Raises StreamUnreachable."""
    return in_own_loop(_bounded(lambda js: _look(js, workspace, since, wanted, most)))


def call_at(workspace: UUID, place: int, idx: int, *, is_refused: bool) -> Arrival | None:
    """The call that stands there, while its message is in the stream. Raises StreamUnreachable."""
    return in_own_loop(_bounded(lambda js: _call_at(js, workspace, place, idx, is_refused=is_refused)))


async def _bounded(ask: Callable[[JetStreamContext], Awaitable[Answer]]) -> Answer:
    """Ask over a connection of its own, in LOOK_SECONDS."""
    try:
        async with asyncio.timeout(LOOK_SECONDS), connected_once(settings.NATS_URL) as stream:
            return await ask(stream.js)
    except (NatsError, OSError, TimeoutError) as failed:
        raise StreamUnreachable from failed


async def _look(js: JetStreamContext, workspace: UUID, since: int, wanted: Callable[[Arrival], bool], most: int) -> Look:
    stream = await find_stream(js, EVENT_STREAM)
    if stream is None:  # nothing was ever posted
        return Look([], "", is_whole=True)
    messages, is_whole = await _newest(js, stream, workspace)
    found: list[Arrival] = []
    for message in reversed(messages):
        calls = _calls(message.subject, bytes(message.data), message.metadata.sequence.stream)
        found += [call for call in calls if call.received_at >= since and wanted(call)]
        if len(found) >= most:
            is_whole = False
            break
    found.sort(key=lambda arrival: (arrival.received_at, arrival.place, arrival.idx), reverse=True)
    return Look(found[:most], stream_identity(stream), is_whole)


async def _newest(js: JetStreamContext, stream: StreamInfo, workspace: UUID) -> tuple[list[Msg], bool]:
    """The newest messages of a workspace, in order, and whether they are all there are.

    Looks at a stretch of the stream's end, and at one four times as long while it holds too few.
    """
    state = stream.state
    average = max(1, state.bytes // max(1, state.messages))
    enough = max(FEWEST_MESSAGES, min(MOST_MESSAGES, READ_BYTES // average))
    stretch, oldest = enough, max(1, state.first_seq)
    while True:
        first = max(oldest, state.last_seq - stretch + 1)
        made = await js.add_consumer(EVENT_STREAM, _from(first, workspace))
        waiting = made.num_pending or 0
        if waiting >= enough or first == oldest:
            break
        await js.delete_consumer(EVENT_STREAM, made.name)
        stretch *= 4
    messages: list[Msg] = []
    if waiting:
        reading = await js.pull_subscribe_bind(made.name, EVENT_STREAM)
        while len(messages) < waiting:
            messages += await reading.fetch(waiting - len(messages), timeout=LOOK_SECONDS)
        await reading.unsubscribe()
    await js.delete_consumer(EVENT_STREAM, made.name)
    return messages, first == oldest


def _from(first: int, workspace: UUID) -> ConsumerConfig:
    return ConsumerConfig(
        ack_policy=AckPolicy.NONE,
        deliver_policy=DeliverPolicy.BY_START_SEQUENCE,
        opt_start_seq=first,
        filter_subjects=[blocks.EVENTS_SUBJECT + workspace.hex, blocks.REFUSED_SUBJECT + workspace.hex],
        inactive_threshold=FORGET_SECONDS,
        mem_storage=True,
        num_replicas=1,
    )


async def _call_at(js: JetStreamContext, workspace: UUID, place: int, idx: int, *, is_refused: bool) -> Arrival | None:
    try:
        message = await js.get_msg(EVENT_STREAM, place)
    except NotFoundError:
        return None
    kind = blocks.REFUSED_SUBJECT if is_refused else blocks.EVENTS_SUBJECT
    # Another workspace's message is none at all.
    if message.subject != kind + workspace.hex or message.data is None:
        return None
    return next((call for call in _calls(message.subject, message.data, place) if call.idx == idx), None)


def _calls(subject: str, message: bytes, place: int) -> Iterator[Arrival]:
    """The calls of one message; none of one that nothing of ours wrote."""
    try:
        if subject.startswith(blocks.REFUSED_SUBJECT):
            yield from (_refused(one, place, idx) for idx, one in enumerate(blocks.decode_refused(message).refusals))
        else:
            first = 0
            for run in blocks.decode_block(message).runs:
                yield from (_accepted(run, at, place, first + at) for at in range(len(run.ids)))
                first += len(run.ids)
    except msgspec.DecodeError:
        return


def _accepted(run: blocks.Run, at: int, place: int, idx: int) -> Arrival:
    return Arrival(
        place=place,
        idx=idx,
        source=UUID(bytes=run.source),
        received_at=run.received_at,
        id=run.ids[at],
        name=run.names[at],
        subject=run.subjects[at],
        user_id=run.user_ids[at],
        anonymous_id=run.anonymous_ids[at],
        group_id=run.group_ids[at],
        time=run.times[at],
        client_time=run.client_times[at],
        properties=run.properties[at],
        context=run.contexts[at],
        id_hash=run.hashes[at],
        is_sandbox=run.is_sandbox,
    )


def _refused(one: blocks.Refused, place: int, idx: int) -> Arrival:
    return Arrival(
        place=place,
        idx=idx,
        source=UUID(bytes=one.source),
        received_at=one.received_at,
        id=one.id,
        name=one.name,
        time=one.received_at,
        client_time=one.received_at,
        code=one.code,
        reason=one.reason,
        position=one.index,
        body=one.body,
    )
