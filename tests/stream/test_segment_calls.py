"""Segment's calls into columns: what the API takes, what it refuses and with which words."""

from __future__ import annotations

import json
from uuid import UUID

import pytest

from tenure.stream.ingest import segment
from tenure.stream.ingest.accepting import BodyUnreadable
from tenure.stream.ingest.sources import Source

SOURCE = Source(UUID(int=1), UUID(int=2), is_sandbox=False, seed=3)
# 2026-11-30T12:00:00Z: 1,796,040,000 s = 20,787 days and 43,200 s since 1970.
NOON = (20_787 * 86_400 + 43_200) * 1_000_000


def _batch(*calls: object, **envelope: object) -> bytes:
    return json.dumps({"batch": list(calls), **envelope}).encode()


def _track(**fields: object) -> dict[str, object]:
    return {"type": "track", "messageId": "m1", "userId": "u1", "event": "Opened", **fields}


def test_track_call_becomes_an_event():
    sent = _track(properties={"bytes": 5}, timestamp="2026-11-30T11:00:00Z", context={"ip": "192.0.2.1"})
    run = segment.accept_batch(_batch(sent), SOURCE, NOON).run

    assert (run.ids, run.names, run.user_ids, run.subjects) == (["m1"], ["Opened"], ["u1"], ["u:u1"])
    assert run.client_times == run.times == [NOON - 3_600_000_000]
    assert json.loads(run.properties[0]) == {"bytes": 5}
    assert json.loads(run.contexts[0]) == {"ip": "192.0.2.1"}


def test_clock_an_hour_behind_is_corrected_by_when_the_batch_was_sent():
    sent = _batch(_track(timestamp="2026-11-30T10:59:00Z"), sentAt="2026-11-30T11:00:00Z")
    run = segment.accept_batch(sent, SOURCE, NOON).run

    assert run.client_times == [NOON - 61 * 60 * 1_000_000]
    assert run.times == [NOON - 60 * 1_000_000]


def test_call_without_a_time_happened_when_it_arrived():
    assert segment.accept_batch(_batch(_track(), sentAt="2026-11-30T11:00:00Z"), SOURCE, NOON).run.times == [NOON]


@pytest.mark.parametrize(
    ("fields", "subject"),
    [
        ({"userId": 7}, "u:7"),
        ({"userId": None, "anonymousId": "a-1"}, "a:a-1"),
        ({"context": {"groupId": "acme"}}, "g:acme"),
        ({"userId": "ü", "context": {"groupId": 12}}, "g:12"),
    ],
)
def test_subject_is_the_group_else_the_user_else_the_visitor(fields, subject):
    assert segment.accept_batch(_batch(_track(**fields)), SOURCE, NOON).run.subjects == [subject]


def test_identify_group_page_and_alias_have_names_of_their_own():
    calls = [
        {"type": "identify", "messageId": "1", "userId": "u1", "traits": {"email": "ana@acme.example"}},
        {"type": "group", "messageId": "2", "userId": "u1", "groupId": "acme", "traits": {"name": "Acme"}},
        {"type": "page", "messageId": "3", "anonymousId": "a1", "name": "Pricing", "properties": {"url": "/pricing"}},
        {"type": "screen", "messageId": "4", "userId": "u1", "name": "Home"},
        {"type": "alias", "messageId": "5", "userId": "u1", "previousId": "a1"},
    ]
    run = segment.accept_batch(_batch(*calls), SOURCE, NOON).run

    assert run.names == ["$identify", "$group", "$page", "$screen", "$alias"]
    assert run.subjects == ["u:u1", "g:acme", "a:a1", "u:u1", "u:u1"]
    assert [json.loads(one) for one in run.properties] == [
        {"email": "ana@acme.example"},
        {"name": "Acme"},
        {"name": "Pricing", "url": "/pricing"},
        {"name": "Home"},
        {},
    ]
    assert run.anonymous_ids == ["", "", "a1", "", "a1"]


@pytest.mark.parametrize(
    ("call", "code"),
    [
        (_track(event=""), "name_missing"),
        (_track(messageId=None), "id_missing"),
        (_track(userId=None), "nobody_named"),
        (_track(type="trak"), "kind_unknown"),
        (_track(timestamp="2026-12-02T12:00:00Z"), "time_in_future"),
        (_track(timestamp="1970-01-21T02:00:00Z"), "time_too_old"),
        (_track(timestamp="30.11.2026"), "time_unreadable"),
        (_track(timestamp="2026-02-30T12:00:00Z"), "time_unreadable"),
        (_track(properties={"text": "x" * 33_000}), "call_too_large"),
        (_track(properties={f"p{number}": 1 for number in range(10_000)}), "call_too_large"),
        (_track(properties=[1]), "not_an_object"),
        (_track(messageId="a\x00b"), "nul_character"),
        (_track(messageId="m" * 600), "id_too_long"),
        (_track(userId={"id": 1}), "invalid_call"),
        ("track", "invalid_call"),
    ],
)
def test_bad_call_is_refused_by_its_index_and_the_good_ones_are_kept(call, code):
    accepting = segment.accept_batch(_batch(_track(messageId="first"), call, _track(messageId="last")), SOURCE, NOON)

    assert accepting.run.ids == ["first", "last"]
    assert [(one.index, one.code) for one in accepting.refused] == [(1, code)]
    assert accepting.refused[0].reason


@pytest.mark.parametrize("written", ["2026-11-30", "2026-11-30T00:00:00", "20261130T000000Z"])
def test_time_of_iso_8601_that_rfc_3339_does_not_know_is_read(written):
    assert segment.accept_batch(_batch(_track(timestamp=written)), SOURCE, NOON).run.times == [NOON - 43_200_000_000]


def test_call_that_is_no_utf_8_is_refused_and_the_others_are_kept():
    good, bad = json.dumps(_track(messageId="good")).encode(), json.dumps(_track(event="caf#")).encode().replace(b"#", b"\xe9")
    accepting = segment.accept_batch(b'{"batch":[' + bad + b"," + good + b"]}", SOURCE, NOON)

    assert accepting.run.ids == ["good"]
    assert [(one.index, one.code) for one in accepting.refused] == [(0, "not_utf8")]


@pytest.mark.parametrize("body", [b"", b"[]", b"{", b'{"batch": 1}', b'{"batch": [' + b"[" * 100_000, b"\x00"])
def test_body_that_is_no_batch_is_unreadable(body):
    with pytest.raises(BodyUnreadable):
        segment.accept_batch(body, SOURCE, NOON)


def test_deeply_nested_call_is_refused_and_the_others_are_kept():
    deep = '{"type":"track","messageId":"deep","userId":"u","event":"E","properties":{"a":' + "[" * 5_000 + "]" * 5_000 + "}}"
    body = ('{"batch":[' + deep + "," + json.dumps(_track(messageId="good")) + "]}").encode()
    accepting = segment.accept_batch(body, SOURCE, NOON)

    assert accepting.run.ids == ["good"]
    assert [(one.index, one.code) for one in accepting.refused] == [(0, "nested_too_deeply")]


def test_call_that_is_no_json_is_refused_and_the_others_are_kept():
    bad = b'{"type":"track","messageId":"bad","userId":"u","event":"[E","properties":{"a":01}}'
    body = b'{"sentAt":"[", "batch":[' + bad + b"," + json.dumps(_track(messageId="good")).encode() + b"]}"
    accepting = segment.accept_batch(body, SOURCE, NOON)

    assert accepting.run.ids == ["good"]
    assert [(one.index, one.code) for one in accepting.refused] == [(0, "invalid_json")]


def test_single_call_takes_its_kind_from_the_address():
    accepting = segment.accept_call("identify", b'{"userId":"u1","messageId":"m1"}', SOURCE, NOON)

    assert accepting.run.names == ["$identify"]


def test_write_key_is_found_in_the_body():
    assert segment.key_in_body(b'{"batch":[],"writeKey":"tnw_1"}') == "tnw_1"
    assert segment.key_in_body(b"{") == ""
