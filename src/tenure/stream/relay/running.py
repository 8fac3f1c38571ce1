"""The relay at work: one thread publishes the outbox, one speaks with NATS, and each consumer has one of its own."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Iterator
from contextlib import contextmanager

import structlog
from django.db import connection

from tenure.kernel import clock
from tenure.stream.relay.bridge import Bridge, StreamUnreachable
from tenure.stream.relay.follower import Follower
from tenure.stream.relay.messages import StreamMessage
from tenure.stream.relay.publisher import publish_once, publisher
from tenure.workspace import relay

LOOK_SECONDS, LONGEST_LOOK_SECONDS = 0.2, 1.0
REST_SECONDS = 1.0
ALONE_SECONDS = 2.0
LOOK_SHARE = 5  # at most a fifth of the time is spent looking where nothing is new
log = structlog.get_logger(__name__)


def relay_until(stop: threading.Event) -> None:
    """Relay until told to stop; what is under way is finished first."""
    with running_relay():
        stop.wait()


@contextmanager
def running_relay() -> Iterator[None]:
    """The relay, for a block."""
    stop, is_alone = threading.Event(), threading.Event()
    sequences = _sequences()
    followers = [Follower(consumer, sequences.get(consumer.name, 0)) for consumer in relay.consumers.values()]
    known = [sequences[consumer.name] for consumer in relay.consumers.values() if consumer.name in sequences]

    def offer(message: StreamMessage) -> None:
        for follower in followers:
            follower.offer(message)

    def missed() -> None:
        for follower in followers:
            follower.resume_after = 0
            follower.sweep_soon()

    bridge = Bridge(start_after=lambda: min(known, default=None), offer=offer, missed=missed)
    threads = [
        threading.Thread(target=_keep_publishing, args=(bridge, stop, is_alone), name="relay publisher"),
        *(
            threading.Thread(
                target=one.follow_until, args=(stop,), kwargs={"is_alone": is_alone}, name=f"relay {one.consumer.name}"
            )
            for one in followers
        ),
    ]
    with _in_a_loop(bridge):
        for thread in threads:
            thread.start()
        try:
            yield
        finally:
            stop.set()
            for thread in threads:
                thread.join()


@contextmanager
def _in_a_loop(bridge: Bridge) -> Iterator[None]:
    """The bridge's own event loop, in a thread, for a block."""
    loop = asyncio.new_event_loop()
    running = loop.create_task(bridge.run())

    def run() -> None:
        try:
            loop.run_until_complete(running)
        except asyncio.CancelledError:
            pass
        finally:
            loop.run_until_complete(loop.shutdown_default_executor())
            loop.close()

    thread = threading.Thread(target=run, name="relay stream")
    thread.start()
    try:
        yield
    finally:
        loop.call_soon_threadsafe(running.cancel)
        thread.join()


def _keep_publishing(bridge: Bridge, stop: threading.Event, is_alone: threading.Event) -> None:
    """Publish what is committed, at once while there is more; while that fails, say that consumers are alone."""
    reader = publisher(bridge.publish)
    well_at = clock.monotonic()
    while not stop.is_set():
        began, published = clock.monotonic(), 0
        try:
            if bridge.is_connected:
                published = publish_once(reader)
                well_at = began
        except StreamUnreachable:
            connection.close()
        except Exception:
            log.exception("publishing_failed")
            connection.close()
            stop.wait(REST_SECONDS)
        _set(is_alone, to=began - well_at > ALONE_SECONDS)
        if not published:
            connection.close()
            stop.wait(min(LONGEST_LOOK_SECONDS, max(LOOK_SECONDS, (clock.monotonic() - began) * LOOK_SHARE)))
    connection.close()


def _set(event: threading.Event, *, to: bool) -> None:
    if to:
        event.set()
    else:
        event.clear()


def _sequences() -> dict[str, int]:
    """The place in the stream that each consumer had reached."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT consumer, sequence FROM list_consumer_sequences()")
        return dict(cursor.fetchall())
