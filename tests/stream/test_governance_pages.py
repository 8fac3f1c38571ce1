"""Pages of the catalogue, refused calls, corrections and retention, as a member uses them."""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime

import pytest

from tenure.stream import correcting, replay_runs
from tenure.stream.actions.plan_event import plan_event
from tenure.stream.actions.set_plan_mode import set_plan_mode
from tenure.stream.cataloguing import read_catalogue
from tenure.stream.lists import EVENT_NAMES
from tenure.stream.models import Correction, EventName, Governance, RefusalMark, Replay
from tenure.stream.readers import Window
from tenure.workspace.exports import export_blocks
from tenure.workspace.lists import ListState
from tenure.workspace.scope import enter
from tests.stream.governance import MENDED, refused
from tests.stream.world import counted, record, wait_for

MARCH = datetime(2026, 3, 10, 9, tzinfo=UTC)


def _url(company, path):
    return f"/{company.workspace.slug}/{path}"


@pytest.fixture
def catalogue(acme, event_store):
    """Three names that were seen, one of them against its plan."""
    plan_event(acme.owner.ctx, "Upgraded", expected=[{"name": "plan", "is_required": True, "kinds": ["text"]}])
    record(acme, "Upgraded", account="hollis", at=MARCH, count=3, seats=3)
    record(acme, "Opened", user="u1", at=MARCH, count=12, page="/home", depth=1)
    record(acme, "$identify", user="u1", at=MARCH)
    with enter(acme.owner.ctx.scope):
        read_catalogue(acme.owner.ctx, Window(acme.workspace.pk, 0, 2**40))
        return {row.name: row for row in EventName.objects.all()}


def test_catalogue_lists_names_with_volume_and_finds_one(acme, catalogue):
    whole = acme.viewer.client.get(_url(acme, "event-names/")).content.decode()
    found = acme.viewer.client.get(_url(acme, "event-names/?q=upg")).content.decode()

    assert [name in whole for name in ("Upgraded", "Opened", "$identify")] == [True, True, True]
    assert ["Upgraded" in found, "Opened" in found] == [True, False]


def test_catalogue_is_exported_as_csv(acme, catalogue):
    with enter(acme.owner.ctx.scope):
        state = ListState.read(acme.owner.ctx, EVENT_NAMES, {})
        text = b"".join(export_blocks(acme.owner.ctx, EVENT_NAMES, state, form="csv")).decode("utf-8-sig")

    assert text.splitlines()[0].startswith("Event,Plan,Events")


def test_event_shows_its_properties_and_what_breaks_the_plan(acme, catalogue):
    text = acme.viewer.client.get(_url(acme, f"event-names/{catalogue['Upgraded'].pk}/")).content.decode()

    assert "The tracking plan requires the property &#x27;plan&#x27;." in text
    assert "<code>seats</code>" in text


def test_form_plans_an_event_with_its_properties(acme, catalogue):
    row = catalogue["Opened"]
    form = {"mode": "block", "description": "A page was opened", "name-0": "page", "required-0": "1", "kind-0": "text"}
    form |= {"name-1": "depth", "allowed-1": "1, 2", "name-2": "", "name-3": "nothing said"}
    answer = acme.owner.client.post(_url(acme, f"event-names/{row.pk}/plan/"), form)

    assert answer.status_code == 303
    with enter(acme.owner.ctx.scope):
        changed = row.refreshed()
    assert (changed.plan, changed.mode, changed.volume) == ("planned", "block", 12)
    assert changed.expected == [
        {"name": "page", "kinds": ["text"], "is_required": True},
        {"name": "depth", "allowed": ["1", "2"]},
    ]
    again = acme.owner.client.get(_url(acme, f"event-names/{row.pk}/plan/")).content.decode()
    assert 'value="1, 2"' in again


def test_refused_call_is_mended_in_the_form_and_replayed(acme, event_store):
    key = refused(acme)
    page = acme.owner.client.get(_url(acme, f"refusals/{key}/")).content.decode()
    assert "Name a userId." in page

    wrong = acme.owner.client.post(_url(acme, f"refusals/{key}/replays/"), {"body": "{"})
    still = acme.owner.client.post(_url(acme, f"refusals/{key}/replays/"), {"body": "{}"})
    right = acme.owner.client.post(_url(acme, f"refusals/{key}/replays/"), {"body": MENDED})

    assert [wrong.status_code, still.status_code, right.status_code] == [422, 422, 303]
    assert "Still refused" in still.content.decode()
    wait_for(lambda: counted(event_store, acme.workspace.pk), 1)
    assert "Replayed" in acme.owner.client.get(_url(acme, "refusals/")).content.decode()


def test_refused_calls_are_filtered_exported_dismissed_and_paged(acme, event_store):
    key = refused(acme, count=60)
    refused(acme, code="id_missing", reason='=1+1 "needs" <an> id')
    client = acme.owner.client

    page = client.get(_url(acme, "refusals/?code=nobody_named")).content.decode()
    assert ["an&gt; id" in page, "after=" in page] == [False, True]
    export = client.get(_url(acme, "refusals/export/?code=id_missing")).content.decode().splitlines()
    assert (len(export), "'=1+1" in export[1]) == (2, True)
    done = client.post(_url(acme, "refusals/dismissals/"), {"selected": [key], "code": "nobody_named"})
    assert (done.status_code, done["Location"].endswith("refusals/?code=nobody_named")) == (303, True)
    with enter(acme.owner.ctx.scope):
        assert RefusalMark.objects.get().state == "dismissed"


def test_all_of_a_filter_are_replayed_from_the_page(acme, event_store):
    refused(acme, body=MENDED.encode())
    answer = acme.owner.client.post(_url(acme, "refusals/replays/"), {"code": "nobody_named"})
    assert answer.status_code == 303
    with enter(acme.owner.ctx.scope):
        replay = Replay.objects.get()
        Replay.objects.update(upto=2**40)
    assert "progress" in acme.owner.client.get(answer["Location"]).content.decode()
    replay_runs.carry_out(acme.owner.ctx, replay.pk)

    wait_for(lambda: counted(event_store, acme.workspace.pk), 1)
    assert acme.owner.client.get(answer["Location"] + "progress/")["HX-Refresh"] == "true"


def test_correction_is_previewed_then_carried_out(acme, event_store):
    record(acme, "Tested", account="hollis", at=MARCH, count=4, seq=0, bytes=5)
    form = {"kind": "delete", "name": "Tested", "reason": "A load test", "do": "preview"}
    preview = acme.owner.client.post(_url(acme, "corrections/new/"), form)
    nothing = acme.owner.client.post(_url(acme, "corrections/new/"), {**form, "name": ""})
    text = preview.content.decode()
    digest = re.search(r'name="previewed" value="(\w+)"', text)[1]
    confirmed = {**form, "do": "carry_out", "previewed": digest}
    changed = acme.owner.client.post(_url(acme, "corrections/new/"), {**confirmed, "kind": "amend", "removed": "bytes"})
    done = acme.owner.client.post(_url(acme, "corrections/new/"), confirmed)

    assert (changed.status_code, "4 events would be changed." in changed.content.decode()) == (200, True)
    assert ["4 events would be deleted." in text, "Delete 4 events" in text, "-20" in text] == [True, True, True]
    assert (nothing.status_code, done.status_code) == (422, 303)
    with enter(acme.owner.ctx.scope):
        correction = Correction.objects.get()
    correcting.carry_out(acme.owner.ctx, correction.pk)
    assert counted(event_store, acme.workspace.pk) == 0
    page = acme.owner.client.get(done["Location"]).content.decode()
    assert ["A load test" in page, "Ana Müller" in page] == [True, True]
    assert "A load test" in acme.owner.client.get(_url(acme, "corrections/")).content.decode()


def test_retention_shows_what_would_go_before_it_is_set(acme, event_store):
    record(acme, "Tested", account="hollis", at=datetime(2024, 3, 10, tzinfo=UTC), count=4)
    preview = acme.owner.client.post(_url(acme, "settings/product-events/"), {"kept_months": "12", "do": "preview"})
    with enter(acme.owner.ctx.scope):
        before = Governance.objects.count()
    acme.owner.client.post(_url(acme, "settings/product-events/"), {"kept_months": "12", "do": "set"})

    assert "4 events would go" in preview.content.decode()
    with enter(acme.owner.ctx.scope):
        assert (before, Governance.objects.get().kept_months) == (0, 12)


def test_api_plans_reads_and_corrects(acme, catalogue, event_store, monkeypatch):
    monkeypatch.setattr("tenure.stream.api.corrections.written_upto", lambda: 2**40)
    key = acme.api_key()
    body = {"name": "Invited", "expected": [{"name": "role", "kinds": ["text"], "allowed": ["admin"]}], "mode": "watch"}
    made = key.post("/api/v1/event-names", json.dumps(body), content_type="application/json").json()
    seen = key.get(f"/api/v1/event-names/{catalogue['Opened'].pk}").json()
    filtered = {"kind": "amend", "events": {"name": "Opened"}, "amended": {"depth": 3}}
    preview = key.post("/api/v1/corrections/previews", json.dumps(filtered), content_type="application/json").json()
    set_plan_mode(acme.owner.ctx, plan_mode="block", unplanned_mode="watch")

    assert (made["plan"], made["expected"][0]["allowed"]) == ("planned", ["admin"])
    assert {one["name"]: one["kinds"] for one in seen["properties"]} == {"page": {"text": 12}, "depth": {"integer": 12}}
    assert (preview["events"], preview["sums"]) == (
        12,
        [{"property": "depth", "events": 12, "before": "12", "after": "36"}],
    )
    assert key.get("/api/v1/event-governance").json()["plan_mode"] == "block"
