"""What a restore does with events: those that wait for the event store come back in place, those of the outbox are read on by everybody."""

from __future__ import annotations

import asyncio

import psycopg
import pytest

from tenure.config.cli.restore import settle_outbox
from tenure.config.cli.stream_backup import StreamNotSaved, bring_back_stream, check_stream, save_stream
from tenure.config.environment import load_environment
from tenure.stream.nats import DOMAIN_STREAM, EVENT_STREAM, connected_once, find_stream
from tenure.workspace import relay
from tenure.workspace.models import ConsumerPosition
from tenure.workspace.relay import Consumer, relay_once
from tenure.workspace.scope import enter
from tests.conftest import DATABASE
from tests.world import open_company

OTHER_SERVER = """
    UPDATE workspace_outboxevent SET xid = (xid::text::bigint + 1000000000)::text::xid8;
    UPDATE workspace_consumerposition SET xid = (xid::text::bigint + 1000000000)::text::xid8, sequence = 7
"""


def test_waiting_product_events_come_back_with_their_sequences(streams, tmp_path):
    environment = load_environment({"TENURE_HOME": str(tmp_path), "TENURE_NATS_URL": streams.url, "TENURE_STREAM_MAX_GB": "1"})
    asyncio.run(fill(streams.url))

    save_stream(environment, tmp_path)
    asyncio.run(fill(streams.url))
    bring_back_stream(environment, tmp_path)

    state, found = asyncio.run(look(streams.url))
    assert (state.first_seq, state.last_seq, state.messages) == (4, 10, 7)
    assert found == [b"%d" % number + b"x" * 100_000 for number in range(4, 11)]
    assert asyncio.run(domain_stream(streams.url)) is None


def test_backup_before_the_first_event_brings_back_no_stream(nats_server, tmp_path):
    environment = load_environment({"TENURE_HOME": str(tmp_path), "TENURE_NATS_URL": nats_server.url})
    bring_back_stream(environment, tmp_path)

    save_stream(environment, tmp_path)
    bring_back_stream(environment, tmp_path)

    assert list(tmp_path.iterdir()) == []
    nats_server.empty_streams()


def test_restore_where_nats_does_not_answer_is_refused_before_anything_is_given_up(tmp_path):
    environment = load_environment({"TENURE_HOME": str(tmp_path), "TENURE_NATS_URL": "nats://a:b@127.0.0.1:1"})

    with pytest.raises(StreamNotSaved):
        check_stream(environment)


def test_outbox_of_another_server_is_read_on_by_everybody(committed_db, postgres_server, monkeypatch):
    read: dict[str, list[str]] = {"early": [], "late": []}
    consumers = {
        name: Consumer(name, lambda _ctx, events, name=name: read[name].extend(str(one.subject_id) for one in events), CREATED)
        for name in read
    }
    acme, other = open_company("Acme"), open_company("Other")
    monkeypatch.setattr(relay, "consumers", consumers)
    first = [str(acme.account(f"Firm {number}").pk) for number in range(3)]
    relay_once()
    monkeypatch.setattr(relay, "consumers", {"early": consumers["early"]})
    unread = [str(acme.account(f"Firm {number}").pk) for number in range(3, 5)]
    elsewhere = [str(other.account("Elsewhere").pk)]
    relay_once()
    with psycopg.connect(postgres_server.superuser_url(DATABASE)) as connection:
        for statement in OTHER_SERVER.split(";"):
            connection.execute(statement.encode())
        settle_outbox(connection)

    monkeypatch.setattr(relay, "consumers", consumers)
    new = [str(acme.account("New").pk)]
    relay_once()

    assert [key for key in read["early"] if key not in elsewhere] == first + unread + new
    assert [key for key in read["late"] if key not in elsewhere] == first + unread + new
    assert [read[name].count(elsewhere[0]) for name in read] == [1, 1]
    with enter(acme.owner.ctx.scope):
        assert set(ConsumerPosition.objects.values_list("sequence", flat=True)) == {None}


CREATED = frozenset({"directory.account_created"})


async def fill(url: str) -> None:
    async with connected_once(url) as stream:
        for number in range(1, 11):
            await stream.js.publish("tenure.events.a", b"%d" % number + b"x" * 100_000)
        await stream.js.purge_stream(EVENT_STREAM, seq=4)


async def look(url: str):
    async with connected_once(url) as stream:
        state = (await stream.js.stream_info(EVENT_STREAM)).state
        return state, [(await stream.js.get_msg(EVENT_STREAM, seq)).data for seq in range(state.first_seq, state.last_seq + 1)]


async def domain_stream(url: str):
    async with connected_once(url) as stream:
        return await find_stream(stream.js, DOMAIN_STREAM)
