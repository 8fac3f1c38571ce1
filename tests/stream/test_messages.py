"""Domain events as CloudEvents in messages: nothing is lost on the way, other clients can read them, and gaps are seen."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from uuid import UUID

import pytest
from cloudevents.v1.http import from_json

from tenure.kernel.ids import uuid7
from tenure.stream.relay.cloud_events import cloud_event, outbox_event
from tenure.stream.relay.messages import LARGEST_BYTES, joined, new_messages, read_message
from tenure.workspace.models import OutboxEvent
from tenure.workspace.relay import BEFORE_ALL, Consumer, Place, Stretch, place_of

WORKSPACE = UUID(int=7)


def event(xid: int = 1, **changed) -> OutboxEvent:
    fields = {
        "id": uuid7(),
        "workspace_id": WORKSPACE,
        "xid": str(xid),
        "type": "directory.account_created",
        "schema_version": 2,
        "occurred_at": datetime(2026, 3, 1, 9, 30, 0, 123456, tzinfo=UTC),
        "actor_kind": "member",
        "actor_id": UUID(int=1),
        "causation_id": UUID(int=2),
        "subject_kind": "account",
        "subject_id": UUID(int=3),
        "account_id": UUID(int=4),
        "row_version": 5,
        "is_backfill": True,
        "payload": {"amount": "12.50", "many": [1, None, {"a": True}], "名": "公司"},
    }
    return OutboxEvent(**{**fields, **changed})


BARE = {
    "actor_kind": "system",
    "actor_id": None,
    "causation_id": None,
    "subject_id": None,
    "account_id": None,
    "row_version": None,
}


@pytest.mark.parametrize("changed", [{}, BARE, {"is_backfill": False, "payload": {}}], ids=["full", "bare", "live"])
def test_event_there_and_back_is_the_row_of_the_outbox(changed):
    before = event(**changed)

    after = outbox_event(json.loads(json.dumps(cloud_event(before))))

    names = [field.attname for field in OutboxEvent._meta.concrete_fields]
    assert {name: getattr(after, name) for name in names} == {name: getattr(before, name) for name in names}


@pytest.mark.parametrize("changed", [{}, BARE], ids=["full", "bare"])
def test_event_is_read_by_the_cloudevents_client(changed):
    row = event(**changed)

    read = from_json(json.dumps(cloud_event(row)))

    attributes = read.get_attributes()
    assert (attributes["id"], attributes["type"], attributes["specversion"]) == (
        str(row.pk),
        "tenure.directory.account_created",
        "1.0",
    )
    assert all(name.isalnum() and name.islower() and len(name) <= 20 for name in attributes)
    assert read.get_data() == row.payload


def test_messages_hold_500_events_at_most_and_follow_one_another():
    rows = [event(number + 1) for number in range(1001)]

    messages = list(new_messages(WORKSPACE, BEFORE_ALL, rows))

    read = [read_message(one.subject, one.headers, number, one.payload) for number, one in enumerate(messages)]
    assert [len(one.events) for one in read] == [500, 500, 1]
    assert [one.workspace_id for one in read] == [WORKSPACE] * 3
    assert [(one.after, one.upto) for one in read] == [
        (BEFORE_ALL, place_of(rows[499])),
        (place_of(rows[499]), place_of(rows[999])),
        (place_of(rows[999]), place_of(rows[1000])),
    ]
    assert len({one.headers["Nats-Msg-Id"] for one in messages}) == 3


def test_messages_of_large_events_stay_about_512_kb():
    rows = [event(number + 1, payload={"text": "x" * 200_000}) for number in range(7)]

    sizes = [len(one.payload) for one in new_messages(WORKSPACE, BEFORE_ALL, rows)]

    assert len(sizes) == 3
    assert max(sizes) < LARGEST_BYTES + 250_000


def test_stretch_has_only_what_its_consumer_wants():
    rows = [event(1), event(2, is_backfill=False), event(3, is_backfill=False, type="directory.person_created")]
    (message,) = new_messages(WORKSPACE, BEFORE_ALL, rows)
    read = read_message(message.subject, message.headers, 9, message.payload)

    accounts = read.stretch_for(Consumer("a", lambda *_: None, frozenset({"directory.account_created"})))
    everything = read.stretch_for(Consumer("b", lambda *_: None, wants_backfill=True))

    assert [one.pk for one in accounts.events] == [rows[1].pk]
    assert [one.pk for one in everything.events] == [one.pk for one in rows]
    assert (accounts.upto, accounts.sequence) == (place_of(rows[2]), 9)


def test_message_with_nothing_a_consumer_wants_is_not_decoded():
    (message,) = new_messages(WORKSPACE, BEFORE_ALL, [event(1), event(2, is_backfill=False)])
    read = read_message(message.subject, message.headers, 9, b"{ not decoded")

    stretch = read.stretch_for(Consumer("a", lambda *_: None, frozenset({"directory.person_created"})))

    assert stretch == Stretch(BEFORE_ALL, read.upto, (), 9)
    assert read.kinds == (("directory.account_created", False), ("directory.account_created", True))


def test_stretches_are_joined_where_no_gap_is_between_them():
    one, two, three = (event(number) for number in (1, 2, 3))
    first = Stretch(BEFORE_ALL, place_of(two), (one, two), 1)
    overlapping = Stretch(place_of(one), place_of(three), (two, three), 2)
    apart = Stretch(Place(2, UUID(int=2**128 - 1)), place_of(three), (three,), 3)

    both = joined(first, overlapping)

    assert both == Stretch(BEFORE_ALL, place_of(three), (one, two, three), 2)
    assert joined(first, apart) is None
    assert joined(first, Stretch(BEFORE_ALL, place_of(one), (one,), 4)) == first
