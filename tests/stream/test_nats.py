"""The one way to NATS: addresses, both streams, a connection that comes back."""

from __future__ import annotations

import asyncio

import pytest
from django.test import override_settings
from nats.errors import Error
from nats.js.errors import APIError

from tenure.stream.nats import (
    DOMAIN_STREAM,
    EVENT_STREAM,
    NatsAddress,
    NotEncrypted,
    connected,
    connected_once,
    ensure_streams,
    nats_address,
)
from tests.fixtures_nats import EVENT_BYTES, own_nats


@pytest.mark.parametrize(
    ("url", "address"),
    [
        ("nats://a:p%40ss@one:4222", NatsAddress(("nats://one:4222",), "a", "p@ss")),
        ("tls://a:b@one,two:4333", NatsAddress(("tls://one", "tls://two:4333"), "a", "b")),
        ("nats://a:b@one:1,nats://a:b@two:2", NatsAddress(("nats://one:1", "nats://two:2"), "a", "b")),
        ("nats://one", NatsAddress(("nats://one",), None, None)),
    ],
)
def test_nats_address_of_one_or_many_hosts(url, address):
    assert nats_address(url) == address


def test_streams_made_twice_are_as_they_should_be(streams):
    async def look():
        async with connected("test") as stream:
            await ensure_streams(stream.js)
            return [(await stream.js.stream_info(name)).config for name in (EVENT_STREAM, DOMAIN_STREAM)]

    events, domain = asyncio.run(look())

    assert (events.subjects, events.discard, events.max_age, events.max_bytes) == (
        ["tenure.events.*", "tenure.refused.*"],
        "new",
        0,
        EVENT_BYTES,
    )
    assert (domain.subjects, domain.discard, domain.max_age, domain.duplicate_window) == (
        ["tenure.domain.*"],
        "old",
        7 * 24 * 3600,
        300,
    )
    assert (events.allow_direct, domain.allow_direct, events.num_replicas) == (True, True, streams.replicas)


def test_streams_of_another_version_get_this_ones_settings(streams):
    async def look():
        async with connected("test") as stream:
            with override_settings(STREAM_EVENT_BYTES=EVENT_BYTES * 2):
                await ensure_streams(stream.js)
            return (await stream.js.stream_info(EVENT_STREAM)).config.max_bytes

    assert asyncio.run(look()) == EVENT_BYTES * 2


def test_full_stream_of_product_events_refuses_and_drops_nothing(streams):
    async def fill():
        async with connected("test") as stream:
            with override_settings(STREAM_EVENT_BYTES=1024 * 1024):
                await ensure_streams(stream.js)
            said = ""
            while not said:
                try:
                    await stream.js.publish("tenure.events.a", bytes(100_000))
                except APIError as refusal:
                    said = str(refusal.description)
            return said, (await stream.js.stream_info(EVENT_STREAM)).state

    said, state = asyncio.run(fill())

    assert said == "maximum bytes exceeded"
    assert (state.first_seq, state.messages) == (1, 10)


def test_connection_survives_a_server_killed_under_it(streams):
    with own_nats() as server:
        assert server.embedded is not None
        embedded = server.embedded

        async def publish_over_a_kill():
            async with connected("test", server.url) as stream:
                await ensure_streams(stream.js)
                first = await stream.js.publish("tenure.domain.a", b"1")
                assert embedded._process is not None
                embedded._process.kill()
                embedded.stop()
                await asyncio.to_thread(embedded.start)
                return first.seq, (await stream.js.publish("tenure.domain.a", b"2", timeout=20)).seq

        assert asyncio.run(publish_over_a_kill()) == (1, 2)


def test_connection_by_tls_url_does_not_tell_an_open_server_the_password(nats_server):
    async def try_it():
        async with connected_once(nats_server.url.replace("nats://", "tls://")):
            pass

    with pytest.raises(NotEncrypted):
        asyncio.run(try_it())


def test_connection_with_a_wrong_password_is_refused(nats_server):
    async def try_it():
        async with connected_once(nats_server.url.replace("nats://tenure:", "nats://tenure:x")):
            pass

    with pytest.raises(Error, match="Authorization Violation"):
        asyncio.run(try_it())
