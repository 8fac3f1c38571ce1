"""Refused calls: found, mended, replayed once, dismissed; one by one and all of a filter."""

from __future__ import annotations

import json

import pytest
import requests

from tenure.kernel.errors import NotFound
from tenure.stream import replay_runs
from tenure.stream.actions.cancel_replay import cancel_replay
from tenure.stream.actions.create_source import create_source
from tenure.stream.actions.dismiss_refusals import dismiss_refusals
from tenure.stream.actions.plan_event import plan_event
from tenure.stream.actions.replay_refusal import replay_refusal
from tenure.stream.actions.retire_event import retire_event
from tenure.stream.actions.start_replay import start_replay
from tenure.stream.errors_of_governance import RefusalHandled, ReplayNotRunning, ReplayRefused
from tenure.stream.ingest.sources import digest_of
from tenure.stream.models import RefusalMark, Replay, Source
from tenure.stream.queries.refusals import RefusalFilter, count_refusals, get_refusal, list_codes, list_refusals
from tenure.stream.queries.sources import as_ingest_knows_it
from tenure.workspace.errors import PermissionMissing
from tenure.workspace.scope import enter
from tests.stream.governance import refused
from tests.stream.serving import live_ingest
from tests.stream.world import counted, wait_for


class Sent:
    """A source of a workspace, and a client that posts to it."""

    def __init__(self, company, url, key):
        self.company, self.url, self.key = company, url, key

    def post(self, path, **options):
        return requests.post(self.url + path, auth=(self.key, ""), timeout=30, **options)

    def refusals(self, count, **wanted):
        ctx = self.company.owner.ctx
        with enter(ctx.scope):
            wait_for(lambda: count_refusals(ctx, RefusalFilter(**wanted)), count)
            return list_refusals(ctx, RefusalFilter(**wanted), with_body=True)


@pytest.fixture
def sent(acme, nats_server, store_server):
    source, key = create_source(acme.owner.ctx, "API server")
    with enter(acme.owner.ctx.scope):
        known = {digest_of(key): as_ingest_knows_it(source)}
    with live_ingest(known) as live:
        yield Sent(acme, live.url, key)


def _run(company, replay):
    replay_runs.carry_out(company.owner.ctx, replay.pk)
    with enter(company.owner.ctx.scope):
        return Replay.objects.get(pk=replay.pk)


def test_mended_call_is_counted_once_at_the_time_it_first_came(acme, sent, event_store):
    call = {"messageId": "m-1", "event": "Opened", "timestamp": "2026-11-01T10:00:00Z", "sentAt": "2026-11-01T10:00:05Z"}
    sent.post("/v1/track", json=call)
    refusal = sent.refusals(1)[0]
    assert (refusal.code, refusal.kind, refusal.event_id) == ("nobody_named", "track", "m-1")

    with pytest.raises(ReplayRefused, match="Name a userId"):
        replay_refusal(acme.owner.ctx, refusal.key)
    replay_refusal(acme.owner.ctx, refusal.key, body=json.dumps({**json.loads(refusal.body), "userId": "u1"}))
    with pytest.raises(RefusalHandled):
        replay_refusal(acme.owner.ctx, refusal.key)

    wait_for(lambda: counted(event_store, acme.workspace.pk), 1)
    statement = "SELECT id, received_at = fromUnixTimestamp64Micro({received:Int64}, 'UTC'), toUnixTimestamp64Micro(received_at) - toUnixTimestamp64Micro(time) FROM events WHERE workspace = {workspace:UUID}"
    rows = event_store.rows(statement, workspace=acme.workspace.pk, received=refusal.received_micros)
    assert rows == [("m-1", 1, 5_000_000)]
    with enter(acme.owner.ctx.scope):
        assert RefusalMark.objects.get().event_id == "m-1"


def test_calls_are_kept_where_the_stream_was_made_anew_and_numbers_lie_beyond_it(sent, event_store, streams):
    with enter(sent.company.owner.ctx.scope):
        far_ahead = refused(sent.company)
    streams.empty_streams()
    sent.post("/v1/track", json={"messageId": "m-1", "event": "Opened"})
    assert far_ahead in {refusal.key for refusal in sent.refusals(2)}


def test_call_of_a_batch_keeps_the_batchs_clock(acme, sent, event_store):
    call = {"type": "track", "messageId": "m-1", "event": "Opened", "timestamp": "2026-11-01T10:00:00Z"}
    sent.post("/v1/batch", json={"batch": [call], "sentAt": "2026-11-01T10:00:07Z"})
    refusal = sent.refusals(1)[0]
    replay_refusal(acme.owner.ctx, refusal.key, body=json.dumps({**call, "userId": "u1"}))

    wait_for(lambda: counted(event_store, acme.workspace.pk), 1)
    statement = (
        "SELECT toUnixTimestamp64Micro(received_at) - toUnixTimestamp64Micro(time) FROM events WHERE workspace = {workspace:UUID}"
    )
    assert event_store.rows(statement, workspace=acme.workspace.pk) == [(7_000_000,)]


def test_all_of_a_filter_are_replayed_and_twice_counts_once(acme, sent, event_store):
    row = plan_event(acme.owner.ctx, "Old", mode="block")
    retire_event(acme.owner.ctx, row.pk)
    without_plan = sent.url
    with live_ingest(_with_plan(acme, sent)) as live:
        sent.url = live.url
        calls = [{"type": "track", "messageId": f"m-{n}", "userId": "u1", "event": "Old"} for n in range(20)]
        answer = sent.post("/v1/batch", json={"batch": [*calls, {"type": "track", "messageId": "x", "event": "New"}]})
        assert answer.status_code == 400
        assert {one["code"] for one in answer.json()["errors"]} == {"plan_event_retired", "nobody_named"}
        sent.refusals(21)
    plan_event(acme.owner.ctx, "Old")
    sent.url = without_plan

    wanted = RefusalFilter(code="plan_event_retired")
    first = _run(acme, start_replay(acme.owner.ctx, wanted))
    wait_for(lambda: counted(event_store, acme.workspace.pk), 20)
    with enter(acme.owner.ctx.scope):
        RefusalMark.objects.all().delete()
    second = _run(acme, start_replay(acme.owner.ctx, RefusalFilter()))
    sent.post("/v1/track", json={"messageId": "last", "userId": "u1", "event": "Opened"})

    wait_for(lambda: counted(event_store, acme.workspace.pk), 21)
    assert [(one.state, one.total, one.done, one.accepted) for one in (first, second)] == [
        ("done", 20, 20, 20),
        ("done", 21, 21, 20),
    ]
    with enter(acme.owner.ctx.scope):
        assert list_codes(acme.owner.ctx) == [("plan_event_retired", 20), ("nobody_named", 1)]
    with pytest.raises(ReplayNotRunning):
        cancel_replay(acme.owner.ctx, first.pk)


def test_cancelled_replay_stops_and_says_how_far_it_came(acme, sent):
    sent.post("/v1/track", json={"messageId": "m-1", "event": "Opened"})
    sent.refusals(1)
    replay = start_replay(acme.owner.ctx, RefusalFilter())
    cancel_replay(acme.owner.ctx, replay.pk)

    done = _run(acme, replay)
    assert (done.state, done.done) == ("cancelled", 0)


def test_call_without_an_id_gets_one_from_its_place(acme, sent, event_store):
    sent.post("/v1/track", json={"userId": "u1", "event": "Opened"})
    refusal = sent.refusals(1)[0]
    replay_refusal(acme.owner.ctx, refusal.key)

    wait_for(lambda: counted(event_store, acme.workspace.pk), 1)
    rows = event_store.rows("SELECT id FROM events WHERE workspace = {workspace:UUID}", workspace=acme.workspace.pk)
    assert rows == [(f"refused-{refusal.key}",)]


def test_dismissed_call_is_not_replayed(acme, sent):
    sent.post("/v1/track", data=b'{"event": "\xff"}')
    refusal = sent.refusals(1)[0]
    assert refusal.text == '{"event": "�"}'

    assert dismiss_refusals(acme.owner.ctx, [refusal.key, refusal.key]) == 1
    with pytest.raises(RefusalHandled):
        replay_refusal(acme.owner.ctx, refusal.key)


def test_cloud_event_is_replayed_as_one(acme, sent, event_store):
    event = {"specversion": "1.0", "id": "c-1", "source": "/billing", "type": "Paid"}
    sent.post("/v1/events", data=json.dumps(event), headers={"Content-Type": "application/cloudevents+json"})
    refusal = sent.refusals(1)[0]
    replay_refusal(acme.owner.ctx, refusal.key, body=json.dumps({**event, "subject": "hollis"}))

    wait_for(lambda: counted(event_store, acme.workspace.pk), 1)


def test_stranger_and_viewer_read_no_refused_call(acme, stranger, sent):
    sent.post("/v1/track", json={"event": "Opened"})
    refusal = sent.refusals(1)[0]

    with enter(stranger.owner.ctx.scope), pytest.raises(NotFound):
        get_refusal(stranger.owner.ctx, refusal.key)
    with enter(acme.viewer.ctx.scope), pytest.raises(PermissionMissing):
        get_refusal(acme.viewer.ctx, refusal.key)
    with pytest.raises(PermissionMissing):
        replay_refusal(acme.viewer.ctx, refusal.key)


def _with_plan(company, sent):
    """The source as ingest finds it once it has learnt the plan."""
    with enter(company.owner.ctx.scope):
        return {digest_of(sent.key): as_ingest_knows_it(Source.objects.get())}
