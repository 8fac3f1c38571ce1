"""The writer of an installation: beside the engine in `tenure store`, or a process of its own where ClickHouse is another server."""

from __future__ import annotations

import asyncio
import threading
from contextlib import suppress
from typing import TYPE_CHECKING

import structlog
from nats.errors import Error as NatsError

from tenure.stream.nats import connected, ensure_streams
from tenure.stream.writer.pull import ReaderForgotten
from tenure.stream.writer.writer import Writer, WriterOptions

if TYPE_CHECKING:
    from tenure.config.environment import Environment
    from tenure.stream.store.client import Store

AGAIN_SECONDS = 0.5
LOOK_SECONDS = 0.2
FINISH_SECONDS = 3.0
log = structlog.get_logger(__name__)


async def keep_writing(store: Store, environment: Environment, stop: threading.Event) -> None:
    """Write until told to stop; where the stream goes away, again from the position. Raises what an insert raises, and GapInStream."""
    options = WriterOptions(known_ids=environment.stream_known_ids, accepts_gap=environment.stream_accept_gap)
    ended = asyncio.Event()
    watching = asyncio.create_task(_watch(stop, ended))
    writing = asyncio.create_task(_write(store, options, ended))
    await asyncio.wait([watching, writing], return_when=asyncio.FIRST_COMPLETED)
    watching.cancel()
    if not writing.done():
        # Told to stop. Where NATS is away it would wait for ever; an insert under way is in a thread, and ends before this loop does.
        await asyncio.wait([writing], timeout=FINISH_SECONDS)
        writing.cancel()
    with suppress(asyncio.CancelledError):
        await writing


async def _write(store: Store, options: WriterOptions, ended: asyncio.Event) -> None:
    async with connected("tenure writer") as stream:
        writer = Writer(store, stream.nc, stream.js, options)
        while not ended.is_set():
            try:
                await ensure_streams(stream.js)
                await writer.run(ended)
            except (NatsError, ReaderForgotten, TimeoutError, OSError) as gone:
                log.warning("stream_away", error=str(gone) or type(gone).__name__)
                await asyncio.sleep(AGAIN_SECONDS)


async def _watch(stop: threading.Event, ended: asyncio.Event) -> None:
    while not stop.is_set():  # noqa: ASYNC110 - a thread's event, set once in a process's life
        await asyncio.sleep(LOOK_SECONDS)
    ended.set()
