"""The page and the API of events that wait for an account."""

from __future__ import annotations

import re
from datetime import UTC, datetime

import pytest

from tenure.directory.actions.create_person import create_person
from tenure.directory.actions.tie_subject import tie_subject
from tenure.stream.queries.ties import list_tied
from tenure.workspace.models import ChangeSet
from tenure.workspace.scope import enter
from tests.directory.ties.test_who_is_who import owners, read_all
from tests.stream.world import record

JANUARY, MARCH = (datetime(2026, month, 1, tzinfo=UTC) for month in (1, 3))

pytestmark = pytest.mark.usefixtures("event_store")


@pytest.fixture
def waiting(acme):
    """Three ids that wait, and one that has its account."""
    acme.account(external_id="tied")
    record(acme, "Report opened", account="tied", count=4)
    record(acme, "$group", account="hollis-logistics", at=JANUARY, name="Hollis", website="https://eu.hollis.example")
    record(acme, "Report opened", account="hollis-logistics", at=MARCH, count=2)
    record(acme, "$identify", user="7", email="ana@nowhere.example", name="Ana <b>")
    record(acme, "Page seen", visitor="v1", count=9)
    read_all(acme)
    return acme


def place(acme, more=""):
    return f"/{acme.workspace.slug}/waiting-events/{more}"


def test_page_lists_what_waits_with_hints_and_a_suggestion(waiting):
    hollis = waiting.account("Hollis Logistics GmbH", domain="hollis.example")

    text = waiting.owner.client.get(place(waiting)).content.decode()

    assert re.findall(r'name="choose" value="([^"]+)"', text) == ["a:v1", "u:7"]
    assert "g:tied" not in text
    assert f'value="{hollis.pk} g:hollis-logistics"' in text
    assert "Ana &lt;b&gt; · ana@nowhere.example" in text


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", ["a:v1", "g:hollis-logistics", "u:7"]),
        ("kind=group", ["g:hollis-logistics"]),
        ("q=ANA", ["u:7"]),
        ("sort=first_seen", ["g:hollis-logistics", "u:7", "a:v1"]),
        ("sort=id&page=x&kind=odd", ["a:v1", "g:hollis-logistics", "u:7"]),
        ("page=9", []),
    ],
)
def test_api_lists_what_waits_by_kind_words_and_order(waiting, query, found):
    answer = waiting.api_key().get(f"/api/v1/subjects?{query.replace('kind=odd', '').replace('page=', 'after=')}")

    listed = [item["subject"] for item in answer.json()["items"]]
    assert (answer.status_code, sorted(listed) if "first_seen" in query else listed) == (
        200,
        sorted(found) if "first_seen" in query else found,
    )


def test_tie_by_suggestion_by_choice_and_in_bulk_then_undo(waiting):
    hollis, client = waiting.account("Hollis Logistics"), waiting.owner.client

    assert client.post(place(waiting, "ties/"), {"tie": f"{hollis.pk} g:hollis-logistics"}).status_code == 303
    asked = client.post(place(waiting, "ties/"), {"selected": ["u:7", "a:v1"], "do": "tie"})
    assert (asked.status_code, "ana@nowhere.example" in asked.content.decode()) == (200, True)
    assert client.post(place(waiting, "ties/"), {"choose": "u:7", "selected": ["a:v1"]}).status_code == 200
    assert client.post(place(waiting, "ties/"), {"selected": ["u:7", "a:v1"], "account": str(hollis.pk)}).status_code == 303
    assert client.post(place(waiting, "ties/"), {"do": "tie"}).status_code == 303

    found = owners(waiting)
    assert [found[name] for name in ("g:hollis-logistics", "u:7", "a:v1")] == [hollis.pk] * 3
    read_all(waiting)
    assert "Every event has its account" in client.get(place(waiting)).content.decode()
    with enter(waiting.owner.ctx.scope):
        newest = ChangeSet.objects.order_by("-id")[0]
    client.post(f"/{waiting.workspace.slug}/change-sets/{newest.pk}/undo/")


def test_tie_from_a_day_on_begins_with_that_day_in_the_workspaces_zone(waiting):
    hollis = waiting.account("Hollis Logistics")

    waiting.owner.client.post(
        place(waiting, "ties/"), {"selected": "g:hollis-logistics", "account": str(hollis.pk), "since": "2026-02-01"}
    )

    with enter(waiting.owner.ctx.scope):
        (span,) = list_tied([hollis.pk], limit=5)
    assert span.since is not None
    assert span.since.astimezone(waiting.workspace.tz).isoformat()[:19] == "2026-02-01T00:00:00"


def test_account_and_person_show_their_ids_and_untie_them(waiting):
    hollis = waiting.account("Hollis Logistics")
    ana = create_person(waiting.owner.ctx, {"name": "Ana", "external_id": "7", "account": hollis.pk})
    tie_subject(waiting.owner.ctx, "u:7", hollis.pk)
    account_page, person_page = f"/{waiting.workspace.slug}/accounts/{hollis.pk}/", f"/{waiting.workspace.slug}/people/{ana.pk}/"
    client = waiting.owner.client

    assert ['value="u:7"' in client.get(url).content.decode() for url in (account_page, person_page)] == [True, True]
    assert 'value="u:7"' not in waiting.viewer.client.get(account_page).content.decode()
    answer = client.post(place(waiting, "ties/removals/"), {"subject": "u:7", "back": account_page})
    assert (answer.status_code, answer["Location"]) == (303, account_page)
    answer = client.post(place(waiting, "ties/removals/"), {"subject": "u:7", "back": "https://evil.example/"})
    assert answer["Location"] == place(waiting)
    assert owners(waiting)["u:7"] is None


def test_file_has_every_line_and_no_formula(waiting):
    record(waiting, "Page seen", user="=1+1")
    read_all(waiting)

    text = waiting.owner.client.get(place(waiting, "file/?sort=id")).content.decode("utf-8-sig")

    lines = text.splitlines()
    assert lines[0] == "Kind,Id,Name,E-mail,Domain,Events,First seen,Last seen"
    assert [line.split(",")[:2] for line in lines[1:]] == [
        ["visitor", "v1"],
        ["group", "hollis-logistics"],
        ["user", "7"],
        ["user", "'=1+1"],
    ] or [line.split(",")[1] for line in lines[1:]] == ["v1", "hollis-logistics", "7", "'=1+1"]


def test_api_ties_and_unties_ids_with_any_character(acme):
    hollis, key = acme.account(), acme.api_key()

    put = key.put("/api/v1/subjects/u%3Aana%2Fb%40c.example/tie", {"account": str(hollis.pk)}, content_type="application/json")
    listed = key.get(f"/api/v1/subjects?state=tied&account={hollis.pk}").json()
    assert put.status_code == 200
    assert [(one["subject"], one["account"], one["reason"]) for one in listed["items"]] == [
        ("u:ana/b@c.example", str(hollis.pk), "member")
    ]
    assert key.delete("/api/v1/subjects/u%3Aana%2Fb%40c.example/tie").status_code == 200
    assert key.get("/api/v1/subjects?state=tied").json() == {"items": [], "next": None}
    wrong = key.put("/api/v1/subjects/ana/tie", {"account": str(hollis.pk)}, content_type="application/json")
    assert (wrong.status_code, wrong.json()["code"]) == (422, "subject_malformed")


def test_api_pages_through_tied_ids_groups_first(acme):
    hollis = acme.account()
    for subject in ("a:1", "u:2", "g:3", "g:1"):
        tie_subject(acme.owner.ctx, subject, hollis.pk)

    with enter(acme.owner.ctx.scope):
        first = list_tied(None, limit=2)
        rest = list_tied([hollis.pk], limit=5, after=first[-1].subject)
    assert [span.subject for span in (*first, *rest)] == ["g:1", "g:3", "u:2", "a:1"]


def test_waiting_events_are_for_who_may_tie_everywhere(waiting):
    below = waiting.member("Owner", name="Below", scope="subtree", account=waiting.account("Brightwater"))

    assert waiting.viewer.client.get(place(waiting)).status_code == 403
    assert below.client.get(place(waiting)).status_code == 403
    assert waiting.api_key("directory.view").get("/api/v1/subjects").status_code == 403
    assert waiting.rep.client.get(place(waiting)).status_code == 200
