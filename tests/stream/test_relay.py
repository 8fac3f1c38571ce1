"""The relay over the stream: in order, once in effect, whatever is killed, trimmed or fails."""

from __future__ import annotations

import asyncio
import threading
import time
from collections import defaultdict
from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest
from django.db import connection

from tenure.directory.actions.create_account import create_account
from tenure.stream.nats import DOMAIN_STREAM, connected_once, ensure_streams
from tenure.stream.relay import bridge, follower
from tenure.stream.relay.publisher import NAME, publisher
from tenure.stream.relay.running import running_relay
from tenure.workspace import relay
from tenure.workspace.models import AuditLine, ConsumerPosition
from tenure.workspace.relay import Consumer, find_place, hand_over
from tenure.workspace.scope import enter
from tests.fixtures_nats import own_nats
from tests.world import open_company

if TYPE_CHECKING:
    from tests.fixtures_nats import NatsServer

CREATED = frozenset({"directory.account_created"})
SECONDS = 30


class Effects:
    """A consumer whose effect is a row beside its position, so that what took effect twice can be counted."""

    def __init__(self, name: str = "test") -> None:
        self.name = name
        self.failing: set[object] = set()
        self.tries: dict[object, int] = defaultdict(int)

    def consume(self, ctx, events):
        self.tries[ctx.workspace.pk] += 1
        for event in events:
            AuditLine.objects.create(
                workspace=ctx.workspace, at=ctx.now(), actor_kind="system", action=self.name, subject_id=event.subject_id
            )
        if ctx.workspace.pk in self.failing:
            raise RuntimeError("the receiver is down")

    def of(self, company) -> list[object]:
        """Subjects that took effect, in the order of their rows."""
        with enter(company.owner.ctx.scope):
            return list(AuditLine.objects.filter(action=self.name).order_by("id").values_list("subject_id", flat=True))


@pytest.fixture
def only(monkeypatch) -> Callable[..., None]:
    """Have these consumers and no others."""

    def set_consumers(*effects: Effects) -> None:
        monkeypatch.setattr(relay, "consumers", {one.name: Consumer(one.name, one.consume, CREATED) for one in effects})

    return set_consumers


def test_events_reach_a_consumer_in_order_and_once(committed_db, streams, only):
    effects = Effects()
    only(effects)
    acme, brandt = open_company("Acme"), open_company("Brandt")
    with running_relay():
        wanted = [create(company, 5) for company in (acme, brandt)]
        until(lambda: [effects.of(company) for company in (acme, brandt)] == wanted)

    with enter(acme.owner.ctx.scope):
        assert ConsumerPosition.objects.get(consumer="test").sequence >= 1
        assert find_place("test") == find_place(NAME)


def test_event_reaches_an_idle_consumer_in_well_under_a_second(committed_db, streams, only):
    effects = Effects()
    only(effects)
    acme = open_company("Acme")
    with running_relay():
        create(acme, 1)
        until(lambda: len(effects.of(acme)) == 1)
        began = time.monotonic()
        create(acme, 1)
        until(lambda: len(effects.of(acme)) == 2)
        took = time.monotonic() - began

    assert took < 2.0  # 0.3 s on a machine that is not busy


def test_restarted_relay_reads_on_in_the_stream(committed_db, streams, only, monkeypatch):
    effects = Effects()
    only(effects)
    acme = open_company("Acme")
    with running_relay():
        first = create(acme, 3)
        until(lambda: effects.of(acme) == first)
    read_from_outbox = []
    monkeypatch.setattr(relay, "_from_outbox", watched(relay._from_outbox, read_from_outbox))
    publish_all(streams)
    second = create(acme, 3)
    publish_all(streams)
    read_from_outbox.clear()

    with running_relay():
        until(lambda: effects.of(acme) == first + second)

    assert [consumer.name for consumer, _ in read_from_outbox if consumer.name == "test"] == []


def test_crash_between_the_stream_and_the_publishers_position_has_no_second_effect(committed_db, streams, only, monkeypatch):
    effects = Effects()
    only(effects)
    acme = open_company("Acme")
    wanted = create(acme, 3)
    monkeypatch.setattr(relay, "_move", raising)
    with pytest.raises(KeyboardInterrupt):
        publish_all(streams)
    monkeypatch.undo()
    only(effects)
    wanted += create(acme, 2)  # so that what is sent again is another message, which NATS does not know
    assert asyncio.run(count_messages(streams)) == 1

    with running_relay():
        until(lambda: effects.of(acme) == wanted)
        until(lambda: behind(NAME) == [])
    assert asyncio.run(count_messages(streams)) == 2
    assert effects.of(acme) == wanted


def test_message_sent_again_is_known_to_nats(committed_db, streams, monkeypatch):
    acme = open_company("Acme")
    create(acme, 3)
    monkeypatch.setattr(relay, "_move", raising)
    with pytest.raises(KeyboardInterrupt):
        publish_all(streams)
    monkeypatch.undo()

    publish_all(streams)

    assert asyncio.run(count_messages(streams)) == 1


def test_consumer_that_fails_holds_up_neither_other_workspaces_nor_other_consumers(committed_db, streams, only, monkeypatch):
    monkeypatch.setattr(follower, "FIRST_RETRY_SECONDS", 0.2)
    failing, sound = Effects("failing"), Effects("sound")
    only(failing, sound)
    acme, brandt = open_company("Acme"), open_company("Brandt")
    failing.failing.add(acme.workspace.pk)
    with running_relay():
        wanted = {company.workspace.pk: create(company, 3) for company in (acme, brandt)}
        until(lambda: sound.of(acme) == wanted[acme.workspace.pk])
        until(lambda: failing.of(brandt) == wanted[brandt.workspace.pk])
        until(lambda: failing.tries[acme.workspace.pk] >= 3)
        assert failing.of(acme) == []

        failing.failing.clear()
        wanted[acme.workspace.pk] += create(acme, 1)
        until(lambda: failing.of(acme) == wanted[acme.workspace.pk])


def test_trimmed_stream_is_read_from_the_outbox(committed_db, streams, only):
    effects = Effects()
    only(effects)
    acme = open_company("Acme")
    with running_relay():
        first = create(acme, 2)
        until(lambda: effects.of(acme) == first)
    second = create(acme, 2)
    publish_all(streams)
    asyncio.run(trim(streams))
    third = create(acme, 2)
    publish_all(streams)

    with running_relay():
        until(lambda: effects.of(acme) == first + second + third)


def test_stream_made_anew_under_a_running_relay_is_survived(committed_db, streams, only, monkeypatch):
    monkeypatch.setattr(bridge, "CHECK_EVERY_SECONDS", 0.2)
    effects = Effects()
    only(effects)
    acme = open_company("Acme")
    with running_relay():
        wanted = create(acme, 2)
        until(lambda: effects.of(acme) == wanted)
        streams.empty_streams()
        wanted += create(acme, 2)
        until(lambda: effects.of(acme) == wanted)


def test_consumer_with_too_much_waiting_reads_the_outbox_instead(committed_db, streams, only, monkeypatch):
    monkeypatch.setattr(follower, "MOST_WAITING", 1)
    busy, go_on = threading.Event(), threading.Event()
    effects = Effects()
    slow = Effects("slow")
    only(effects, slow)
    acme = open_company("Acme")

    def consume(ctx, events):
        busy.set()
        go_on.wait(20)
        Effects.consume(slow, ctx, events)

    monkeypatch.setattr(relay, "consumers", {**relay.consumers, "slow": Consumer("slow", consume, CREATED)})
    with running_relay():
        wanted = create(acme, 1)
        busy.wait(20)
        for number in range(2, 6):
            wanted += create(acme, 1)
            until(lambda number=number: len(effects.of(acme)) == number)
        assert slow.of(acme) == []
        go_on.set()
        until(lambda: slow.of(acme) == wanted)


def test_message_of_somebody_else_in_the_stream_does_no_harm(committed_db, streams, only):
    effects = Effects()
    only(effects)
    acme = open_company("Acme")
    with running_relay():
        asyncio.run(publish_nonsense(streams, acme))
        wanted = create(acme, 2)
        until(lambda: effects.of(acme) == wanted)


def test_without_nats_consumers_read_the_outbox_and_the_stream_gets_the_rest_later(committed_db, only):
    effects = Effects()
    only(effects)
    acme = open_company("Acme")
    with own_nats() as server:
        server.embedded.stop()
        with running_relay():
            wanted = create(acme, 2)
            until(lambda: effects.of(acme) == wanted)
            assert behind(NAME) == [acme.workspace.pk]
            server.embedded.start()
            until(lambda: behind(NAME) == [])
            assert asyncio.run(count_messages(server)) >= 1
            wanted += create(acme, 1)
            until(lambda: effects.of(acme) == wanted)


def test_nats_killed_and_started_again_under_load_loses_and_repeats_nothing(committed_db, only):
    effects, others = Effects(), Effects("others")
    only(effects, others)
    acme, brandt = open_company("Acme"), open_company("Brandt")
    with own_nats() as server, running_relay():
        wanted = under_kills(server, acme, brandt, kills=2)
        for company in (acme, brandt):
            for one in (effects, others):
                until(lambda one=one, company=company: len(one.of(company)) >= len(wanted[company.workspace.pk]))
        until(lambda: behind(NAME) == [])
    for one in (effects, others):
        assert {company.workspace.pk: one.of(company) for company in (acme, brandt)} == wanted


def test_open_transaction_holds_events_back_and_loses_none(committed_db, streams, only):
    effects = Effects()
    only(effects)
    acme = open_company("Acme")
    written, go_on = threading.Event(), threading.Event()
    slow: list[object] = []

    def write_slowly() -> None:
        with enter(acme.owner.ctx.scope):
            slow.append(create_account(acme.owner.ctx, {"name": "Slow"}).pk)
            written.set()
            go_on.wait(10)
        connection.close()

    thread = threading.Thread(target=write_slowly)
    with running_relay():
        thread.start()
        written.wait(10)
        fast = create(acme, 1)
        time.sleep(0.6)
        before = effects.of(acme)
        go_on.set()
        thread.join()
        until(lambda: len(effects.of(acme)) == 2)

    assert (before, effects.of(acme)) == ([], slow + fast)


def create(company, number: int) -> list[object]:
    return [create_account(company.owner.ctx, {"name": f"Firm {time.monotonic_ns()}"}).pk for _ in range(number)]


def under_kills(server: NatsServer, *companies, kills: int) -> dict[object, list[object]]:
    """Create accounts while NATS is killed again and again."""
    wanted: dict[object, list[object]] = defaultdict(list)
    stop = threading.Event()

    def write() -> None:
        while not stop.is_set():
            for company in companies:
                wanted[company.workspace.pk] += create(company, 1)
            time.sleep(0.02)
        connection.close()

    thread = threading.Thread(target=write)
    thread.start()
    assert server.embedded is not None
    for _ in range(kills):
        time.sleep(0.7)
        assert server.embedded._process is not None
        server.embedded._process.kill()
        server.embedded._process.wait()
        time.sleep(0.3)
        server.embedded.stop()
        server.embedded.start()
    time.sleep(0.3)
    stop.set()
    thread.join()
    return dict(wanted)


def publish_all(server: NatsServer) -> None:
    """Publish the outbox without a relay, as its publisher does."""

    def publish(messages) -> None:
        async def send() -> None:
            async with connected_once(server.url) as stream:
                await ensure_streams(stream.js)
                for one in messages:
                    await stream.js.publish(one.subject, one.payload, headers=dict(one.headers))

        thread = threading.Thread(target=lambda: asyncio.run(send()))
        thread.start()
        thread.join()

    reader = publisher(publish)
    for workspace_id in relay.list_workspaces_behind(reader):
        hand_over(reader, workspace_id)


def behind(name: str) -> list[object]:
    return list(relay.list_workspaces_behind(Consumer(name, lambda *_: None)))


def until(holds: Callable[[], bool]) -> None:
    deadline = time.monotonic() + SECONDS
    while not holds():
        assert time.monotonic() < deadline, "It did not come true in time."
        time.sleep(0.02)


def watched(function, calls: list[object]):
    def call(*arguments):
        calls.append(arguments)
        return function(*arguments)

    return call


def raising(*_: object) -> None:
    raise KeyboardInterrupt


async def count_messages(server: NatsServer) -> int:
    async with connected_once(server.url) as stream:
        return (await stream.js.stream_info(DOMAIN_STREAM)).state.messages


async def trim(server: NatsServer) -> None:
    async with connected_once(server.url) as stream:
        await stream.js.purge_stream(DOMAIN_STREAM)


async def publish_nonsense(server: NatsServer, company) -> None:
    async with connected_once(server.url) as stream:
        await ensure_streams(stream.js)
        await stream.js.publish(f"tenure.domain.{company.workspace.pk.hex}", b"{")
        await stream.js.publish("tenure.domain.somebody", b"{")
