"""Sources as pages and over the API: the key is said once; set-up is ready to paste."""

from __future__ import annotations

import re

import pytest

from tenure.stream.actions.create_source import create_source
from tenure.stream.ingest.sources import digest_of
from tenure.stream.queries.sources import find_by_digest
from tenure.stream.setups import languages, setups_of
from tenure.workspace.scope import enter


def test_source_made_by_form_shows_its_key_once_and_in_the_command_to_try(acme):
    base = f"/{acme.workspace.slug}/sources/"

    made = acme.owner.client.post(f"{base}new/", {"name": "API server", "kind": "server"})

    assert made.status_code == 201
    key = made.context["key"]
    assert find_by_digest(digest_of(key)) is not None
    assert f"curl -u {key}: http://testserver/v1/track" in made.context["setups"][0].code
    listed, shown = (acme.owner.client.get(url).content.decode() for url in (base, f"{base}{made.context['source'].pk}/"))
    assert key not in listed + shown
    assert "API server" in listed


def test_key_is_replaced_and_source_closed_by_forms(acme):
    source, old = create_source(acme.owner.ctx, "Web", kind="web")
    base = f"/{acme.workspace.slug}/sources/{source.pk}"

    new = acme.owner.client.post(f"{base}/keys/").context["key"]
    assert (find_by_digest(digest_of(old)), find_by_digest(digest_of(new)) is None) == (None, False)
    assert acme.owner.client.post(f"{base}/edit/", {"name": "Web app", "kind": "mobile"}).status_code == 303
    assert acme.owner.client.post(f"{base}/closures/").status_code == 303

    with enter(acme.owner.ctx.scope):
        again = source.refreshed()
    assert (again.name, again.kind, again.is_open) == ("Web app", "mobile", False)


@pytest.mark.parametrize("language", [name for name, _ in languages()])
def test_setup_of_every_language_has_host_and_key_in_place(acme, language):
    source, _ = create_source(acme.owner.ctx, "Web")
    page = acme.owner.client.get(f"/{acme.workspace.slug}/sources/{source.pk}/", {"language": language})

    assert [tab["label"] for tab in page.context["tabs"] if tab["current"]] == [dict(languages())[language]]
    for setup in setups_of(language, "https://tenure.example:8443", "tnw_key"):
        assert "tnw_key" in setup.code
        assert "tenure.example" in setup.code
        assert not re.search(r"TENURE_|WRITE_KEY", setup.code)


def test_rep_sees_sources_and_changes_none(acme):
    source, _ = create_source(acme.owner.ctx, "Web")
    page = acme.rep.client.get(f"/{acme.workspace.slug}/sources/{source.pk}/")

    assert page.status_code == 200
    assert b"test-events" not in page.content
    assert acme.rep.client.post(f"/{acme.workspace.slug}/sources/{source.pk}/keys/").status_code == 403


def test_sources_over_the_api(acme):
    client = acme.api_key("*")
    body = {"name": "API server", "kind": "job", "is_sandbox": True}

    made = client.post("/api/v1/sources", body, content_type="application/json")
    assert made.status_code == 201
    source = made.json()
    assert find_by_digest(digest_of(source["write_key"])) is not None
    assert source["write_key"].startswith(source["key_prefix"])
    path = f"/api/v1/sources/{source['id']}"
    named = client.patch(path, {"name": "Nightly job"}, content_type="application/json").json()
    assert (named["name"], named["kind"]) == ("Nightly job", "job")
    rotated = client.post(f"{path}/rotate-key").json()
    assert find_by_digest(digest_of(source["write_key"])) is None
    assert find_by_digest(digest_of(rotated["write_key"])) is not None
    assert client.post(f"{path}/close").json()["closed_at"] is not None
    listed = client.get("/api/v1/sources").json()["items"]
    assert [(one["name"], one["events_last_day"], "write_key" in one) for one in listed] == [("Nightly job", 0, False)]
