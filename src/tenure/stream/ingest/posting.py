"""Posting to ingest from inside: the very application that clients reach, over a connection for this one request."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

from django.conf import settings
from nats.errors import Error as NatsError

from tenure.stream.errors import StreamBehind
from tenure.stream.ingest.app import PREFIX, IngestApp
from tenure.stream.ingest.publisher import Publisher
from tenure.stream.ingest.sources import Sources
from tenure.stream.nats import connected_once, ensure_streams

if TYPE_CHECKING:
    from tenure.stream.ingest.sources import Source

POST_SECONDS = 5.0
OK = 200


async def post_call(source: Source, kind: str, body: bytes) -> None:
    """Post one call as a client of the source would. Raises StreamBehind where it was not taken."""

    async def find(_digest: bytes) -> Source:
        return source

    async def receive() -> dict[str, Any]:
        return {"type": "http.request", "body": body}

    answers: list[dict[str, Any]] = []

    async def send(message: Any) -> None:  # noqa: ANN401 - ASGI's own shapes
        answers.append(message)

    scope = {
        "type": "http",
        "method": "POST",
        "path": f"{PREFIX}{kind}",
        "headers": [(b"authorization", b"Bearer inside"), (b"content-type", b"application/json")],
    }
    try:
        async with asyncio.timeout(POST_SECONDS), connected_once(settings.NATS_URL) as stream:
            await ensure_streams(stream.js)
            publisher = Publisher(stream.js)

            async def connected() -> Publisher:
                return publisher

            await IngestApp(Sources(find), connected)(scope, receive, send)
    except (NatsError, OSError, TimeoutError) as failed:
        raise StreamBehind(retry_seconds=1) from failed
    if answers[0]["status"] != OK:
        raise StreamBehind(retry_seconds=1)
