"""A live ingest on loopback, for clients that really post; and one that is in trouble first, so that they send again."""

from __future__ import annotations

import asyncio
import socket
import threading
import time
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import uvicorn

from tenure.stream.errors import StreamBehind
from tenure.stream.ingest.app import IngestApp
from tenure.stream.ingest.connection import StreamConnection
from tenure.stream.ingest.publisher import Publisher
from tenure.stream.ingest.sources import Source, Sources

ANSWER_SECONDS = 20


@dataclass(frozen=True)
class LiveIngest:
    """Where it listens."""

    url: str


@dataclass
class Trouble:
    """What befalls the first requests. refuse: nothing of them is kept, 503. forget: they are kept, and 503 is answered all the same."""

    refuse: int = 0
    forget: int = 0
    answers: list[str] = field(default_factory=list)

    async def publish(self, publisher: Publisher, *arguments: Any) -> None:
        """Publish, or not, or say that it was not."""
        if self.refuse:
            self.refuse -= 1
            self.answers.append("refused")
            raise StreamBehind(retry_seconds=1)
        await publisher.publish(*arguments)
        if self.forget:
            self.forget -= 1
            self.answers.append("forgotten")
            raise StreamBehind(retry_seconds=1)
        self.answers.append("kept")


@dataclass(frozen=True)
class _Troubled:
    """A publisher in trouble."""

    publisher: Publisher
    trouble: Trouble

    async def publish(self, *arguments: Any) -> None:
        await self.trouble.publish(self.publisher, *arguments)

    async def publish_refused(self, *arguments: Any) -> None:
        await self.publisher.publish_refused(*arguments)


@contextmanager
def live_ingest(sources: dict[bytes, Source], trouble: Trouble | None = None) -> Iterator[LiveIngest]:
    """Serve ingest in a thread for as long as the block lasts. sources: by digest of their keys, instead of the database."""

    async def find(digest: bytes) -> Source | None:
        return sources.get(digest)

    connection = StreamConnection()

    async def publisher() -> Any:
        connected = await connection.publisher()
        return connected if trouble is None else _Troubled(connected, trouble)

    with serving(IngestApp(Sources(find), publisher), connection.close) as live:
        yield live


@contextmanager
def serving(app: Any, close: Callable[[], Awaitable[None]]) -> Iterator[LiveIngest]:
    """Serve an ASGI application in a thread for as long as the block lasts. close: in its event loop, at the end."""
    listener = socket.create_server(("127.0.0.1", 0), backlog=256)
    server = uvicorn.Server(uvicorn.Config(app, lifespan="off", log_config=None, access_log=False))

    async def serve() -> None:
        await server.serve(sockets=[listener])
        await close()

    thread = threading.Thread(target=lambda: asyncio.run(serve()))
    thread.start()
    try:
        deadline = time.monotonic() + ANSWER_SECONDS
        while not server.started and time.monotonic() < deadline:
            time.sleep(0.01)
        yield LiveIngest(f"http://127.0.0.1:{listener.getsockname()[1]}")
    finally:
        server.should_exit = True
        thread.join(ANSWER_SECONDS)
        listener.close()
