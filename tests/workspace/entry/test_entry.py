from __future__ import annotations

from django.test import Client

from tenure.workspace.models import User
from tenure.workspace.queries.entry import list_memberships


def test_sign_up_opens_a_workspace_and_lands_in_it(db):
    client = Client()

    signed_up = client.post("/accounts/signup/", {"email": "Ana@acme.example", "password1": "correct horse battery"})
    asked = client.get("/", follow=True)
    opened = client.post("/welcome/", {"name": "Acme GmbH", "currency": "EUR", "zone": "Europe/Berlin"}, follow=True)

    assert signed_up.status_code == 302
    assert asked.redirect_chain == [("/welcome/", 303)]
    place = list_memberships(User.objects.get(email="ana@acme.example").pk)[0]
    assert place.name == "Acme GmbH"
    assert opened.redirect_chain[0] == (f"/{place.slug}/", 303)
    assert opened.status_code == 200


def test_start_page_without_credentials_leads_to_sign_in(db):
    assert Client().get("/").headers["Location"] == "/accounts/login/?next=/"


def test_healthz_with_a_database_is_ok(db):
    assert Client().get("/healthz").json()["status"] == "ok"


def test_metrics_from_elsewhere_are_not_there(db):
    assert Client(REMOTE_ADDR="203.0.113.9").get("/metrics").status_code == 404
    assert b"tenure_requests_total" in Client().get("/metrics").content
