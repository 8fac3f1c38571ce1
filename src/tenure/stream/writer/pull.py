"""Reading a stream in order from a sequence, bounded by bytes: what arrives is checked for gaps and never acknowledged.

A reader's position is its own (stream/README.md, invariant 3); the server only sends. Rule: spec/outbox.md, "Consuming".
"""

from __future__ import annotations

import asyncio
import json
from typing import TYPE_CHECKING

from nats.js.api import AckPolicy, ConsumerConfig, DeliverPolicy

from tenure.stream.errors import GapInStream

if TYPE_CHECKING:
    from nats.aio.client import Client
    from nats.aio.msg import Msg
    from nats.aio.subscription import Subscription
    from nats.js import JetStreamContext

ASKED_BYTES = 16 * 1024 * 1024
ASKED_MESSAGES = 5_000
ASK_SECONDS = 5.0
_FORGET_SECONDS = 60.0
_NOBODY_ANSWERS = "503"


class ReaderForgotten(Exception):
    """The server does not know this reader any more, began it anew, or lost something on its way to us: open another from one's position."""


class Pull:
    """One reader's open request for messages. Used in one task only."""

    def __init__(self, client: Client, stream: str, consumer: str, subscription: Subscription, expected: int) -> None:
        """Made by `open_pull`."""
        self._client = client
        self._address = f"$JS.API.CONSUMER.MSG.NEXT.{stream}.{consumer}"
        self._inbox = subscription.subject.removesuffix(".*")
        self._subscription = subscription
        self._expected = expected
        self._delivered = 0
        self._asked_until = 0.0
        self._left = 0
        self._asks = 0

    async def take(self, gather_seconds: float, wait_seconds: float) -> list[tuple[int, Msg]]:
        """(sequence, message) in order: waits up to wait_seconds for the first, then gathers for gather_seconds, at most ASKED_BYTES.

        Raises GapInStream where a message is missing, ReaderForgotten, nats.errors.Error.
        """
        taken: list[tuple[int, Msg]] = []
        size = 0
        loop = asyncio.get_running_loop()
        until = loop.time() + wait_seconds
        while size < ASKED_BYTES and (left := until - loop.time()) > 0:
            message = await self._next(left)
            if message is None:
                continue
            if not taken:
                until = loop.time() + gather_seconds
            sequence = message.metadata.sequence.stream
            self._check(sequence, message.metadata.sequence.consumer)
            taken.append((sequence, message))
            size += len(message.data)
        return taken

    async def close(self) -> None:
        """Stop reading."""
        await self._subscription.unsubscribe()

    def _check(self, sequence: int, delivered: int) -> None:
        """Note a message, unless another one should have come. delivered: how many the server had sent with it.

        A server counts what it sends. What it sent and we did not get was lost between servers; what it never sent is not in the stream.
        """
        if delivered != self._delivered + 1:
            raise ReaderForgotten(f"message {delivered} after {self._delivered}")
        if sequence != self._expected:
            raise GapInStream(expected=self._expected, found=sequence)
        self._expected, self._delivered = sequence + 1, delivered

    async def _next(self, seconds: float) -> Msg | None:
        """The next message of this stream; None when there is none in time, or the server ended the request."""
        loop = asyncio.get_running_loop()
        if not self._left or loop.time() > self._asked_until + 1:
            await self._ask()
        try:
            message = await self._subscription.next_msg(min(seconds, max(0.001, self._asked_until + 1 - loop.time())))
        except TimeoutError:
            return None
        if message.headers and "Status" in message.headers and not message.data:
            if message.headers["Status"] == _NOBODY_ANSWERS:
                raise ReaderForgotten(message.headers["Status"])
            if message.subject == f"{self._inbox}.{self._asks}":
                self._left = 0
            return None
        self._left = max(0, self._left - 1)
        return message

    async def _ask(self) -> None:
        self._asks += 1
        self._left = ASKED_MESSAGES
        self._asked_until = asyncio.get_running_loop().time() + ASK_SECONDS
        wanted = {"batch": ASKED_MESSAGES, "max_bytes": ASKED_BYTES, "expires": int(ASK_SECONDS * 1_000_000_000)}
        await self._client.publish(self._address, json.dumps(wanted).encode(), reply=f"{self._inbox}.{self._asks}")


async def open_pull(client: Client, js: JetStreamContext, stream: str, first: int, *, subject: str = "") -> Pull:
    """Read `stream` from the sequence `first` on. subject: only messages of that one; then gaps cannot be seen, so leave it."""
    inbox = client.new_inbox()
    made = await js.add_consumer(
        stream,
        ConsumerConfig(
            ack_policy=AckPolicy.NONE,
            deliver_policy=DeliverPolicy.BY_START_SEQUENCE,
            opt_start_seq=first,
            filter_subject=subject or None,
            inactive_threshold=_FORGET_SECONDS,
            mem_storage=True,
            num_replicas=1,
        ),
    )
    subscription = await client.subscribe(f"{inbox}.*", pending_msgs_limit=-1, pending_bytes_limit=-1)
    return Pull(client, stream, made.name, subscription, first)
