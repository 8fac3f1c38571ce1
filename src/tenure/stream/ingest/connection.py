"""Ingest's connection to the stream: made at the first request of a process, and kept."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import structlog
from django.conf import settings
from nats.errors import Error as NatsError

from tenure.stream.errors import StreamBehind
from tenure.stream.ingest.publisher import FULL_SECONDS, Publisher
from tenure.stream.ingest.room import DiskRoom
from tenure.stream.nats import connected, ensure_streams

if TYPE_CHECKING:
    from asyncio import Future, Task

    from nats.js import JetStreamContext

CONNECT_SECONDS = 3.0
AGAIN_SECONDS = 1.0
log = structlog.get_logger(__name__)


class StreamConnection:
    """One per process and event loop."""

    def __init__(self) -> None:
        """Nothing is connected yet."""
        self._room = DiskRoom(settings.STREAM_DISK_FOLDER)
        self._made: Future[Publisher] | None = None
        self._keeping: Task[None] | None = None

    async def publisher(self) -> Publisher:
        """The publisher, connected. Raises StreamBehind while no server of the stream answers, or its disk has no room."""
        if self._room.is_short():
            raise StreamBehind(retry_seconds=FULL_SECONDS)
        if self._made is None or self._keeping is None or self._keeping.done():
            self._made = asyncio.get_running_loop().create_future()
            self._keeping = asyncio.ensure_future(self._keep(self._made))
        if self._made.done():
            return self._made.result()
        try:
            return await asyncio.wait_for(asyncio.shield(self._made), CONNECT_SECONDS)
        except TimeoutError as late:
            raise StreamBehind(retry_seconds=2) from late

    async def close(self) -> None:
        """Let go, when no request is under way any more."""
        if self._keeping is not None:
            self._keeping.cancel()
            await asyncio.gather(self._keeping, return_exceptions=True)

    async def _keep(self, made: Future[Publisher]) -> None:
        async with connected("tenure ingest") as stream:
            await _ensure_streams(stream.js)
            made.set_result(Publisher(stream.js))
            await asyncio.Event().wait()


async def _ensure_streams(js: JetStreamContext) -> None:
    """Until it is done: a cluster that is choosing a leader answers late, and who posts meanwhile is told to come later."""
    while True:
        try:
            await ensure_streams(js)
        except (NatsError, OSError) as trouble:
            log.warning("streams_not_ready", error=str(trouble) or type(trouble).__name__)
            await asyncio.sleep(AGAIN_SECONDS)
        else:
            return
