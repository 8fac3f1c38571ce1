"""The engineer's bench: why an event is not counted, over a real stream and store."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
import requests

from tenure.kernel import clock
from tenure.stream import fates
from tenure.stream.actions.create_source import create_source
from tenure.stream.actions.send_test_event import send_test_event
from tenure.stream.arrivals import look_at_stream
from tenure.stream.errors import SourceIsClosed, StreamUnreachable
from tenure.stream.ingest.sources import digest_of
from tenure.stream.models import Tie
from tenure.stream.queries.sources import as_ingest_knows_it
from tenure.workspace.scope import enter
from tests.stream.serving import live_ingest
from tests.stream.world import counted, wait_for

if TYPE_CHECKING:
    from tenure.stream.models import Source
    from tests.world import Company


class Vendor:
    """A vendor's program with sources of its own at a live ingest."""

    def __init__(self, url: str, sources: dict[str, tuple[Source, str]]) -> None:
        self.url = url
        self.sources = sources

    def track(self, source: str = "API server", **fields: Any) -> int:
        call = {"type": "track", "userId": "u1", "event": "Opened", "messageId": "m-1", **fields}
        key = self.sources[source][1]
        return requests.post(f"{self.url}/v1/batch", json={"batch": [call]}, auth=(key, ""), timeout=20).status_code


@pytest.fixture
def vendor(acme, nats_server, store_server):
    made = {
        "API server": create_source(acme.owner.ctx, "API server"),
        "Try-out": create_source(acme.owner.ctx, "Try-out", is_sandbox=True),
    }
    with live_ingest({digest_of(key): as_ingest_knows_it(source) for source, key in made.values()}) as live:
        yield Vendor(live.url, made)


def _tied(acme: Company, subject: str) -> None:
    account = acme.account()
    with enter(acme.owner.ctx.scope):
        Tie.objects.create(
            workspace_id=acme.workspace.pk,
            subject=subject,
            account_id=account.pk,
            reason="named",
            made_at=clock.now(),
            revision=1,
        )


def _page(company: Company, path: str, **query: Any) -> Any:
    return company.owner.client.get(f"/{company.workspace.slug}/{path}", query)


def _rows(company: Company, **query: Any) -> list[tuple[str, str]]:
    """Name and fate of the live view's lines, newest first."""
    return [(row["name"], row["fate"]) for row in _page(company, "live-events/", **query).context["rows"]]


def test_live_view_says_what_became_of_each_call(acme, vendor, event_store):
    _tied(acme, "u:u1")
    assert vendor.track(event="Counted", messageId="m-1") == 200
    assert vendor.track(event="Waiting", messageId="m-2", userId="u2") == 200
    assert vendor.track(event="Again", messageId="m-1") == 200
    assert vendor.track(event="Refused", messageId="m-3", userId=None) == 400
    assert vendor.track("Try-out", event="Tried", messageId="m-4") == 200

    wait_for(
        lambda: _rows(acme),
        [
            ("Tried", "Sandbox, not counted"),
            ("Refused", "Refused"),
            ("Again", "Duplicate"),
            ("Waiting", "Waiting for an account"),
            ("Counted", "Counted"),
        ],
    )
    assert counted(event_store, acme.workspace.pk) == 2
    assert _rows(acme, fate="refused") == [("Refused", "Refused")]
    assert _rows(acme, source=vendor.sources["Try-out"][0].pk) == [("Tried", "Sandbox, not counted")]
    assert _rows(acme, user="u2") == [("Waiting", "Waiting for an account")]
    assert _rows(acme, name="count") == [("Counted", "Counted")]


def test_live_view_says_why_and_by_what_an_event_is_counted(acme, vendor, event_store, monkeypatch):
    monkeypatch.setattr(fates, "counters", {})
    fates.register_counter("usage", lambda _ctx, calls: [[f"{call.name} per month"] for call in calls])
    _tied(acme, "u:u1")
    vendor.track(event="Opened", messageId="m-1")
    vendor.track(event="Opened", messageId="m-1")
    wait_for(lambda: _rows(acme), [("Opened", "Duplicate"), ("Opened", "Counted")])

    again, first = _page(acme, "live-events/").context["rows"]
    assert first["counted_by"] == ["Opened per month"]
    assert again["counted_by"] == []
    assert again["why"].startswith("An event with this id is counted already, as number ")


def test_live_view_asked_by_htmx_answers_204_while_nothing_changed(acme, vendor, event_store):
    vendor.track()
    wait_for(lambda: _rows(acme), [("Opened", "Waiting for an account")])
    poll = _page(acme, "live-events/").context["poll_url"]

    assert acme.owner.client.get(poll, headers={"HX-Request": "true"}).status_code == 204
    vendor.track(messageId="m-2")
    news = acme.owner.client.get(poll, headers={"HX-Request": "true"})
    assert news.status_code == 200
    assert b"<html" not in news.content


def test_call_is_shown_whole_from_the_stream_and_from_the_store(acme, vendor, event_store):
    vendor.track(properties={"rows": 3}, timestamp="2026-11-01T08:00:00Z")
    wait_for(lambda: counted(event_store, acme.workspace.pk), 1)
    row = _page(acme, "live-events/").context["rows"][0]

    for url in (row["url"], row["url"].replace("place=", "was=")):
        shown = acme.owner.client.get(url).context["call"]
        assert json.loads(shown["json"])["properties"] == {"rows": 3}
        assert dict(shown["times"])["As the client said"].startswith("2026-11-01 ")
        assert dict(shown["ids"])["Source"] == "API server"


def test_call_of_another_workspace_is_not_found(acme, stranger, vendor, event_store):
    vendor.track()
    wait_for(lambda: counted(event_store, acme.workspace.pk), 1)
    url = _page(acme, "live-events/").context["rows"][0]["url"].replace(acme.workspace.slug, stranger.workspace.slug, 1)

    assert stranger.owner.client.get(url).status_code == 404
    assert _rows(stranger) == []
    assert _page(stranger, "live-events/search/", id="m-1").context["rows"] == []


def test_event_is_found_by_its_id(acme, vendor, event_store):
    vendor.track(messageId="m-7", event="Found")
    vendor.track(messageId="m-7", event="Again")
    vendor.track(messageId="m-7", event="Bad", userId=None)
    wait_for(lambda: len(_rows(acme, fate="on_way")), 0)

    found = _page(acme, "live-events/search/", id="m-7").context["rows"]
    assert sorted((row["name"], row["fate"]) for row in found) == [
        ("Again", "Duplicate"),
        ("Bad", "Refused"),
        ("Found", "Counted"),
    ]
    assert _page(acme, "live-events/search/", id="m-8").context["rows"] == []


def test_test_event_takes_the_way_of_every_event(acme, vendor, event_store):
    source = vendor.sources["API server"][0]
    url = f"/{acme.workspace.slug}/sources/{source.pk}/test-events/"

    answer = acme.owner.client.post(url)

    assert answer.status_code == 303
    assert "sent=test-" in answer["Location"]
    wait_for(lambda: _rows(acme, user="tenure-test"), [("Test Event Sent", "Waiting for an account")])
    assert _page(acme, f"sources/{source.pk}/").context["row"]["count"] == "1"


def test_live_view_of_an_empty_stream_listens(acme, streams):
    context = _page(acme, "live-events/").context

    assert (context["rows"], context["is_whole"]) == ([], True)
    assert "stream" not in context["notice"]


def test_look_reads_no_more_than_the_newest(acme, vendor, event_store):
    for number in range(80):
        vendor.track(messageId=f"m-{number}")

    look = look_at_stream(acme.workspace.pk, 0, lambda _call: True, most=10)

    assert [call.id for call in look.arrivals] == [f"m-{number}" for number in range(79, 69, -1)]
    assert not look.is_whole


def test_bench_without_stream_says_so_and_sends_nothing(acme, settings):
    settings.NATS_URL = "nats://127.0.0.1:1"
    source, _ = create_source(acme.owner.ctx, "API server")

    assert "does not answer" in _page(acme, "live-events/").context["notice"]
    with pytest.raises(StreamUnreachable):
        send_test_event(acme.owner.ctx, source.pk)


def test_closed_source_sends_no_test_event(acme):
    source, _ = create_source(acme.owner.ctx, "API server")
    with enter(acme.owner.ctx.scope):
        type(source).objects.update(closed_at=clock.now())

    with pytest.raises(SourceIsClosed):
        send_test_event(acme.owner.ctx, source.pk)
