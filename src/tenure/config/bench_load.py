"""The load of the ingest benches: a process of its own that posts over many connections and says what was answered, when, how fast.

    python -m tenure.config.bench_load '{"url": ..., "key": ..., "path": "/v1/batch", "batch": 100, ...}'

It prints one line of JSON. Each request's ids are new, so that nothing is left out as a duplicate; answers other than 200 are counted.
"""

from __future__ import annotations

import asyncio
import json
import sys
import time
from base64 import b64encode
from collections import deque
from dataclasses import dataclass, field
from urllib.parse import urlsplit

import uvloop

_MARK = b"@@@@@@@@@@@@"
_END = b"\r\n\r\n"


@dataclass(frozen=True)
class Load:
    """What is asked for. rate: requests a second that are offered, 0 for as many as are answered. seconds: how long. prefix: of all ids."""

    url: str
    key: str
    path: str
    batch: int
    connections: int
    seconds: float
    prefix: str
    rate: float = 0.0


@dataclass
class Told:
    """What came back. acknowledged: (seconds on the machine's clock, requests so far), about every 10 ms."""

    answered: int = 0
    refused: int = 0
    latencies: list[float] = field(default_factory=list)
    acknowledged: list[tuple[float, int]] = field(default_factory=list)


class Poster(asyncio.Protocol):
    """One connection: a request at a time."""

    def __init__(self, source: Requests, told: Told) -> None:
        """source: where the next request comes from."""
        self.source = source
        self.told = told
        self.buffer = b""
        self.due = 0.0
        self.transport: asyncio.WriteTransport | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Begin."""
        self.transport = transport  # type: ignore[assignment]
        self.source.ready(self)

    def send(self, request: bytes, due: float) -> None:
        """Post one request. due: when it should have been posted, which its latency is counted from."""
        self.due = due
        if self.transport is not None:
            self.transport.write(request)

    def data_received(self, data: bytes) -> None:
        """An answer, or a part of one."""
        self.buffer += data
        head, end, body = self.buffer.partition(_END)
        if not end:
            return
        length = int(head.lower().partition(b"content-length: ")[2].split(b"\r\n", 1)[0])
        if len(body) < length:
            return
        self.buffer = b""
        now = time.perf_counter()
        self.told.latencies.append(now - self.due)
        if head.startswith(b"HTTP/1.1 200"):
            self.told.answered += 1
            if not self.told.acknowledged or now - self.told.acknowledged[-1][0] > 0.01:  # noqa: PLR2004 - see Told
                self.told.acknowledged.append((now, self.told.answered))
        else:
            self.told.refused += 1
        self.source.ready(self)


class Requests:
    """Requests one after the other, as fast as connections are free or at a rate."""

    def __init__(self, load: Load) -> None:
        """The request is written once; each gets ids of its own."""
        self.template = _template(load)
        self.prefix = load.prefix
        self.rate = load.rate
        self.count = 0
        self.began = time.perf_counter()
        self.until = self.began + load.seconds
        self.free: deque[Poster] = deque()
        self.done = asyncio.get_running_loop().create_future()
        self.open = load.connections

    def ready(self, poster: Poster) -> None:
        """A connection is free."""
        now = time.perf_counter()
        if now >= self.until:
            self.open -= 1
            if not self.open and not self.done.done():
                self.done.set_result(None)
        elif not self.rate:
            poster.send(self.next(), now)
        else:
            self.free.append(poster)

    async def offer(self) -> None:
        """Hand out requests when they are due, where a rate is kept."""
        while self.rate and time.perf_counter() < self.until:
            due = self.began + self.count / self.rate
            if due <= time.perf_counter() and self.free:
                self.free.popleft().send(self.next(), due)
            else:
                await asyncio.sleep(0.001)
        while self.free:
            self.ready(self.free.popleft())

    def next(self) -> bytes:
        """The next request."""
        self.count += 1
        return self.template.replace(_MARK, f"{self.prefix}{self.count:0{len(_MARK) - len(self.prefix)}}".encode())


async def post(load: Load) -> Told:
    """Do it."""
    told, requests = Told(), Requests(load)
    parts = urlsplit(load.url)
    loop = asyncio.get_running_loop()
    for _ in range(load.connections):
        await loop.create_connection(lambda: Poster(requests, told), parts.hostname or "", parts.port or 80)
    await asyncio.gather(requests.offer(), requests.done)
    told.acknowledged.append((time.perf_counter(), told.answered))
    return told


def _template(load: Load) -> bytes:
    calls = [_call(number) for number in range(load.batch)]
    body = json.dumps({"batch": calls} if load.path.endswith("/batch") else calls[0], separators=(",", ":")).encode()
    head = (
        f"POST {load.path} HTTP/1.1\r\nHost: {urlsplit(load.url).netloc}\r\nContent-Type: application/json\r\n"
        f"Authorization: Basic {b64encode(f'{load.key}:'.encode()).decode()}\r\nContent-Length: {len(body)}\r\n\r\n"
    )
    return head.encode() + body


def _call(number: int) -> dict[str, object]:
    """About 190 bytes, as spec/ingest.md measures."""
    return {
        "type": "track",
        "messageId": f"{_MARK.decode()}-{number}",
        "userId": f"user-{number * 7 % 1000}",
        "event": "Report Opened" if number % 3 else "Report Exported",
        "timestamp": "2026-11-30T12:00:00.000Z",
        "properties": {"bytes": number * 13, "plan": "team"},
        "context": {"groupId": f"account-{number % 50}"},
    }


def main(given: str) -> None:
    """Post and print what was answered."""
    load = Load(**json.loads(given))
    told = uvloop.run(post(load))
    latencies = sorted(told.latencies)
    at = {name: latencies[min(len(latencies) - 1, int(len(latencies) * part))] for name, part in (("p50", 0.5), ("p99", 0.99))}
    sys.stdout.write(
        json.dumps({"answered": told.answered, "refused": told.refused, **at, "acknowledged": told.acknowledged}) + "\n"
    )


if __name__ == "__main__":
    main(sys.argv[1])
