"""Between threads that use the database and NATS's client, which lives in one event loop: publish, and read on."""

from __future__ import annotations

import asyncio
import json
import threading
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from contextlib import suppress
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import structlog
from nats.errors import Error as NatsError

from tenure.stream.nats import DOMAIN_STREAM, Stream, connected, ensure_streams
from tenure.stream.relay.messages import NewMessage, StreamMessage, read_message

if TYPE_CHECKING:
    from nats.aio.msg import Msg

LOOK_EVERY_SECONDS = 0.2
RESUME_SECONDS = 0.5
CHECK_EVERY_SECONDS = 5.0
ANSWER_SECONDS = 5.0
PUBLISH_SECONDS = 5.0
BLOCK_MESSAGES = 200
BLOCK_BYTES = 4 * 1024**2
NOTHING_THERE, END_OF_BLOCK = "404", "204"
Block = list[tuple[int, StreamMessage | None]]
TROUBLE = (NatsError, OSError, TimeoutError)
log = structlog.get_logger(__name__)


class StreamUnreachable(ConnectionError):
    """NATS does not answer just now: what is to be published stays in the outbox."""


@dataclass
class Bridge:
    """NATS for threads. start_after: the sequence behind which reading begins, None for the end of the stream.

    offer: is called with each message, in order, and never waits. missed: is called when messages are gone that were not read.
    """

    start_after: Callable[[], int | None]
    offer: Callable[[StreamMessage], None]
    missed: Callable[[], None]
    is_at_end: threading.Event = field(default_factory=threading.Event)
    _loop: asyncio.AbstractEventLoop | None = None
    _stream: Stream | None = None
    _published: asyncio.Event | None = None

    @property
    def is_connected(self) -> bool:
        """Whether NATS answers and its streams are there."""
        return self._stream is not None and self._stream.nc.is_connected

    def publish(self, messages: Sequence[NewMessage]) -> None:
        """Publish in order and return when all are on the disk. Raises StreamUnreachable, or what NATS said against it."""
        if self._loop is None or not self.is_connected:
            raise StreamUnreachable("NATS does not answer.")
        done: Future[None] = asyncio.run_coroutine_threadsafe(self._publish(messages), self._loop)
        done.result(PUBLISH_SECONDS * 2)

    async def run(self) -> None:
        """Stay connected, and read for ever; ends by being cancelled."""
        self._loop, self._published = asyncio.get_running_loop(), asyncio.Event()
        async with connected("tenure relay") as stream:
            following: int | None = None
            while True:
                try:
                    await ensure_streams(stream.js)
                    self._stream = stream
                    following = await self._where(stream, following)
                    following = await self._read_on(stream, following)
                except TROUBLE as trouble:
                    log.warning("stream_interrupted", error=str(trouble) or type(trouble).__name__)
                    await asyncio.sleep(RESUME_SECONDS)
                except Exception:
                    log.exception("stream_interrupted")
                    await asyncio.sleep(RESUME_SECONDS)

    async def _publish(self, messages: Sequence[NewMessage]) -> None:
        if self._stream is None or self._published is None:
            raise StreamUnreachable("NATS does not answer.")
        js = self._stream.js
        sending = [js.publish(one.subject, one.payload, timeout=PUBLISH_SECONDS, headers=dict(one.headers)) for one in messages]
        await asyncio.gather(*sending)
        self._published.set()

    async def _where(self, stream: Stream, following: int | None) -> int:
        """The sequence to read next. A stream that was trimmed or made anew is said so: consumers find what they miss in the outbox."""
        state = (await stream.js.stream_info(DOMAIN_STREAM)).state
        if following is None:
            stored = await asyncio.to_thread(self.start_after)
            following = state.last_seq + 1 if stored is None else stored + 1
        if following < state.first_seq or following > state.last_seq + 1:
            log.warning("stream_gap", wanted=following, first=state.first_seq, last=state.last_seq, remedy="read from the outbox")
            self.missed()
            return state.first_seq
        return following

    async def _read_on(self, stream: Stream, following: int) -> int:
        """Read until nothing came for a while; returns the sequence that comes next."""
        quiet_since = asyncio.get_running_loop().time()
        while True:
            block = await _read_block(stream, following)
            for sequence, message in block:
                if sequence != following or message is None:
                    log.warning("stream_gap", wanted=following, found=sequence, remedy="read from the outbox")
                    self.missed()
                if message is not None:
                    self.offer(message)
                following = sequence + 1
            now = asyncio.get_running_loop().time()
            if block:
                quiet_since = now
                continue
            self.is_at_end.set()
            if now - quiet_since > CHECK_EVERY_SECONDS:
                return following
            await self._rest()

    async def _rest(self) -> None:
        """Until something was published here, or, for what other machines publish, a moment."""
        if self._published is not None:
            with suppress(TimeoutError):
                await asyncio.wait_for(self._published.wait(), LOOK_EVERY_SECONDS)
            self._published.clear()


async def _read_block(stream: Stream, following: int) -> Block:
    """The next messages from a sequence on, as many as there are, bounded in bytes; straight from the stream, so that NATS keeps no state of ours."""
    asked = json.dumps({"seq": following, "batch": BLOCK_MESSAGES, "max_bytes": BLOCK_BYTES})
    inbox = stream.nc.new_inbox()
    answers = await stream.nc.subscribe(inbox, pending_msgs_limit=-1, pending_bytes_limit=-1)
    try:
        await stream.nc.publish(f"$JS.API.DIRECT.GET.{DOMAIN_STREAM}", asked.encode(), reply=inbox)
        block: Block = []
        while True:
            answer = await answers.next_msg(timeout=ANSWER_SECONDS)
            status = (answer.headers or {}).get("Status")
            if status in {NOTHING_THERE, END_OF_BLOCK}:
                return block
            if status:
                raise StreamUnreachable(f"NATS answered {status} {(answer.headers or {}).get('Description', '')}".strip())
            block.append(_message(answer))
    finally:
        with suppress(NatsError):
            await answers.unsubscribe()


def _message(answer: Msg) -> tuple[int, StreamMessage | None]:
    """A message and its sequence; None for one that is not of this stream's kind: somebody else wrote it."""
    headers = answer.headers or {}
    sequence = int(headers["Nats-Sequence"])
    try:
        return sequence, read_message(headers["Nats-Subject"], headers, sequence, answer.data)
    except (KeyError, ValueError):
        return sequence, None
