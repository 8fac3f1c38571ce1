"""Into the stream: requests that come together share one publish, and all are answered when the server has it on disk.

One publish of a workspace is under way at a time or few; what arrives meanwhile makes the next one (group commit).
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from uuid import UUID

import structlog
from nats.errors import Error as NatsError
from nats.errors import TimeoutError as NatsTimeout
from nats.js.errors import APIError

from tenure.stream import blocks
from tenure.stream.errors import StreamBehind

if TYPE_CHECKING:
    from nats.js import JetStreamContext

    from tenure.stream.blocks import Refused, Run

MESSAGE_BYTES = 1024 * 1024
UNDER_WAY = 2
WAITING_BYTES = 64 * 1024 * 1024
ACKNOWLEDGE_SECONDS = 10.0
# Of a server that died with a message in hand no word comes any more: blocks of events are sent again before the client gives up.
BLOCK_TRIES_SECONDS = (3.0, 7.0)
BUSY_SECONDS, FULL_SECONDS = 1, 10
log = structlog.get_logger(__name__)


class _NoWord(StreamBehind):
    """Nothing was answered in time: the message may be in the stream or not."""


@dataclass(slots=True)
class _Waiting:
    """One request's calls, about how many bytes they are, and the future that its answer waits for."""

    run: Run
    size: int
    done: asyncio.Future[None]


@dataclass(slots=True)
class _Lane:
    """What one workspace has waiting."""

    waiting: list[_Waiting] = field(default_factory=list)
    publishing: int = 0


class Publisher:
    """Publishes blocks. Used from one event loop."""

    def __init__(self, js: JetStreamContext) -> None:
        """js: connected; its client connects again by itself."""
        self._js = js
        self._lanes: dict[UUID, _Lane] = {}
        self._waiting = 0
        self._tasks: set[asyncio.Task[None]] = set()

    async def publish(self, workspace: UUID, run: Run, size: int) -> None:
        """Return when the events are in the stream, on disk. size: bytes of the request, about.

        Raises StreamBehind: nothing is promised of them then.
        """
        if self._waiting + size > WAITING_BYTES:
            raise StreamBehind(retry_seconds=BUSY_SECONDS)
        self._waiting += size
        try:
            lane = self._lanes.setdefault(workspace, _Lane())
            done: asyncio.Future[None] = asyncio.get_running_loop().create_future()
            lane.waiting.append(_Waiting(run, size, done))
            if lane.publishing < UNDER_WAY:
                self._start(workspace, lane)
            await done
        finally:
            self._waiting -= size

    async def publish_refused(self, workspace: UUID, refused: list[Refused]) -> None:
        """Keep refusals, so that they can be looked at and mended. Raises StreamBehind."""
        block = blocks.RefusedBlock(blocks.VERSION, workspace.bytes, refused)
        await self._send(blocks.REFUSED_SUBJECT + workspace.hex, blocks.encode(block), ACKNOWLEDGE_SECONDS)

    def _start(self, workspace: UUID, lane: _Lane) -> None:
        lane.publishing += 1
        task = asyncio.ensure_future(self._empty(workspace, lane))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _empty(self, workspace: UUID, lane: _Lane) -> None:
        """Publish until nothing of this workspace waits."""
        try:
            while lane.waiting:
                await self._publish_some(workspace, _take(lane))
        finally:
            lane.publishing -= 1
            if not lane.waiting and not lane.publishing:
                self._lanes.pop(workspace, None)

    async def _publish_some(self, workspace: UUID, taken: list[_Waiting]) -> None:
        block = blocks.Block(blocks.VERSION, workspace.bytes, [one.run for one in taken])
        try:
            await self._send_block(blocks.EVENTS_SUBJECT + workspace.hex, blocks.encode(block))
        except StreamBehind as behind:
            for one in taken:
                if not one.done.done():
                    one.done.set_exception(behind)
        else:
            for one in taken:
                if not one.done.done():
                    one.done.set_result(None)

    async def _send_block(self, subject: str, message: bytes) -> None:
        """Send, and once more where no word came: should both be in the stream, the writer knows the ids of the second."""
        first, second = BLOCK_TRIES_SECONDS
        try:
            await self._send(subject, message, first)
        except _NoWord:
            await self._send(subject, message, second)

    async def _send(self, subject: str, message: bytes, seconds: float) -> None:
        try:
            await self._js.publish(subject, message, timeout=seconds)
        except NatsTimeout as silent:
            log.warning("stream_silent", seconds=seconds)
            raise _NoWord(retry_seconds=BUSY_SECONDS) from silent
        except APIError as refused:
            log.warning("stream_refused", error=str(refused))
            raise StreamBehind(retry_seconds=FULL_SECONDS) from refused
        except (NatsError, OSError) as failed:
            log.warning("stream_unreachable", error=str(failed) or type(failed).__name__)
            raise StreamBehind(retry_seconds=BUSY_SECONDS) from failed


def _take(lane: _Lane) -> list[_Waiting]:
    """The next requests of a lane, up to a message's size."""
    taken: list[_Waiting] = []
    size = 0
    for one in lane.waiting:
        size += one.size
        if taken and size > MESSAGE_BYTES:
            break
        taken.append(one)
    del lane.waiting[: len(taken)]
    return taken
