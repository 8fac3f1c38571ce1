"""Milestones over the API and on their page."""

from __future__ import annotations

import pytest

from tenure.usage.models import Milestone
from tenure.workspace.scope import enter

pytestmark = pytest.mark.django_db

SENT = {"items": [{"kind": "sign_up", "events": ["Signed Up", " Signed Up "]}, {"kind": "core_use", "weeks_active": 2}]}


def stored(company) -> dict[str, tuple[list[str], int, int]]:
    with enter(company.owner.ctx.scope):
        return {row.kind: (row.events, row.weeks_active, row.weeks_watched) for row in Milestone.objects.all()}


def test_milestones_are_set_and_told_over_the_api(acme, event_store):
    program = acme.api_key("*")

    answer = program.put("/api/v1/milestones", SENT, content_type="application/json")

    assert answer.status_code == 200, answer.content
    assert stored(acme) == {"sign_up": (["Signed Up"], 3, 4), "core_use": ([], 2, 4)}
    told = program.get("/api/v1/milestones").json()
    assert [(one["kind"], one["is_set"], one["events"]) for one in told["items"]] == [
        ("sign_up", True, ["Signed Up"]),
        ("first_use", False, []),
        ("first_value", False, []),
        ("core_use", True, []),
    ]
    assert told["self_serve"] == {"trials": 0, "paid": 0, "share": None, "days_to_use": None, "days_to_pay": None}


def test_milestones_with_more_active_weeks_than_watched_are_refused(acme, event_store):
    wrong = {"items": [{"kind": "core_use", "weeks_active": 5, "weeks_watched": 4}]}

    answer = acme.api_key("*").put("/api/v1/milestones", wrong, content_type="application/json")

    assert (answer.status_code, answer.json()["code"]) == (422, "milestone_weeks_invalid")
    assert stored(acme) == {}


def test_milestones_page_saves_what_was_typed(acme, event_store):
    path = f"/{acme.workspace.slug}/settings/milestones/"
    typed = {
        "sign_up": "Signed Up\nRegistered",
        "first_use": "",
        "first_value": "",
        "core_use": "",
        "weeks_active": 3,
        "weeks_watched": 4,
    }

    answer = acme.owner.client.post(path, typed)

    assert answer.status_code == 303
    assert stored(acme) == {"sign_up": (["Signed Up", "Registered"], 3, 4), "core_use": ([], 3, 4)}
    assert b"Registered" in acme.owner.client.get(path).content


def test_milestones_are_not_for_everybody(acme, event_store):
    assert acme.viewer.client.get(f"/{acme.workspace.slug}/settings/milestones/").status_code == 403
