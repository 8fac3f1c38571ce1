from __future__ import annotations

import threading

import psycopg
import pytest
from django.db import connection

from tenure.directory.actions.create_account import create_account
from tenure.workspace import relay
from tenure.workspace.models import AuditLine, ConsumerPosition
from tenure.workspace.relay import Consumer, relay_once
from tenure.workspace.scope import enter
from tests.conftest import DATABASE
from tests.world import open_company


@pytest.fixture
def seen(monkeypatch):
    """What a consumer of account events was handed, and a switch that makes it fail."""
    handed: list[str] = []
    monkeypatch.setattr(relay, "consumers", {})
    relay.register_consumer(
        Consumer(
            "test",
            lambda _ctx, events: handed.extend(str(event.subject_id) for event in events),
            frozenset({"directory.account_created"}),
        )
    )
    return handed


def test_relay_after_commit_hands_each_event_over_once_and_in_order(committed_db, seen):
    company = open_company("Acme")
    accounts = [create_account(company.owner.ctx, {"name": f"Hollis {number}"}) for number in range(3)]

    relay_once()
    relay_once()

    wanted = [str(account.pk) for account in accounts]
    assert [key for key in seen if key in wanted] == wanted


def test_relay_counts_transactions_as_numbers(committed_db, seen, postgres_server):
    company = open_company("Acme")
    keys = [str(create_account(company.owner.ctx, {"name": f"Hollis {number}"}).pk) for number in range(2)]
    with psycopg.connect(postgres_server.superuser_url(DATABASE)) as connection:
        for xid, key in zip(("9", "10"), keys, strict=True):
            connection.execute("UPDATE workspace_outboxevent SET xid = %s::xid8 WHERE subject_id = %s", [xid, key])

    relay_once()

    assert seen == keys


def test_relay_with_an_older_transaction_still_open_waits_for_it_and_misses_nothing(committed_db, seen):
    company = open_company("Acme")
    written, go_on = threading.Event(), threading.Event()

    def slow() -> None:
        with enter(company.owner.ctx.scope):
            create_account(company.owner.ctx, {"name": "Slow"})
            written.set()
            go_on.wait(10)
        connection.close()

    thread = threading.Thread(target=slow)
    thread.start()
    written.wait(10)
    create_account(company.owner.ctx, {"name": "Fast"})
    relay_once()
    before = len(seen)
    go_on.set()
    thread.join()
    relay_once()

    assert (before, len(seen)) == (0, 2)


def test_relay_whose_consumer_fails_keeps_its_position_and_hands_over_again(committed_db, monkeypatch):
    company = open_company("Acme")
    account = create_account(company.owner.ctx, {"name": "Hollis"})
    calls: list[str] = []

    def consume(ctx, events):
        AuditLine.objects.create(
            workspace=ctx.workspace, at=ctx.now(), actor_kind="system", action="test.effect", subject_id=events[0].subject_id
        )
        calls.append(str(events[0].subject_id))
        if len(calls) == 1:
            raise RuntimeError("the receiver is down")

    monkeypatch.setattr(relay, "consumers", {"test": Consumer("test", consume, frozenset({"directory.account_created"}))})
    with pytest.raises(RuntimeError):
        relay_once()
    relay_once()

    assert calls == [str(account.pk)] * 2
    with enter(company.owner.ctx.scope):
        assert AuditLine.objects.filter(action="test.effect").count() == 1
        assert ConsumerPosition.objects.get().event_id is not None
