"""Filling the stream to its brim."""

from __future__ import annotations

import asyncio

import requests
from django.conf import settings

from tenure.stream.nats import connected_once, ensure_streams

BATCH = 50
SMALL_BYTES = 512 * 1024


def fill_stream(nats_url: str, url: str, key: str) -> int:
    """Post until a batch is refused because the stream is full; returns the events that were acknowledged. The stream is made small for it."""
    settings.STREAM_EVENT_BYTES = SMALL_BYTES
    asyncio.run(_make_small(nats_url))
    acknowledged = 0
    for number in range(200):
        calls = [
            {
                "type": "track",
                "messageId": f"{number}-{place}",
                "userId": "u",
                "event": "E",
                "properties": {"text": "x" * 200},
            }
            for place in range(BATCH)
        ]
        answer = requests.post(f"{url}/v1/batch", json={"batch": calls}, auth=(key, ""), timeout=20)
        if answer.status_code != 200:
            assert answer.status_code == 503
            assert int(answer.headers["Retry-After"]) > 0
            assert answer.headers["content-type"] == "application/problem+json"
            return acknowledged
        acknowledged += BATCH
    raise AssertionError("The stream never became full.")


async def _make_small(nats_url: str) -> None:
    async with connected_once(nats_url) as stream:
        await ensure_streams(stream.js)
