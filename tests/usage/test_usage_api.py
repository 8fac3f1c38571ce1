"""Meters, usage, quotas, features and activity over the API."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tenure.usage.domain.evaluation import SeenEvent
from tests.usage.given import EVER, at, given_events, given_ties

if TYPE_CHECKING:
    from tenure.stream.store.client import EventStore
    from tests.world import Company

pytestmark = pytest.mark.django_db

API = "/api/v1"
JSON = {"content_type": "application/json"}
BYTES = {"name": "Bytes", "unit": "B", "definition": {"aggregation": "sum", "events": ["upload"], "value": "bytes"}}
JANUARY = "from=2026-01-01T00:00:00Z&to=2026-01-04T00:00:00Z&zone=UTC"


def upload(subject: str, day: int, size: object, region: str = "eu", user: str = "ann") -> tuple[str, SeenEvent]:
    return subject, SeenEvent("upload", at(f"2026-01-0{day}T09:00"), {"bytes": size, "region": region}, user, seq=day)


def test_meter_by_api_is_created_versioned_listed_and_archived(acme: Company) -> None:
    api = acme.api_key()
    definition = {
        "aggregation": "max",
        "events": ["upload"],
        "value": "bytes",
        "filters": [{"field": "bytes", "operator": "gt", "values": ["10.50"], "as_number": True}],
        "bucket": "hour",
        "unit": {"divide_by": "1000", "round": "ceiling"},
    }

    made = api.post(f"{API}/meters", BYTES, **JSON)
    url = made["Location"]
    version = api.post(f"{url}/versions", {"definition": definition, "effective_at": "2026-03-01T00:00:00Z"}, **JSON)

    assert (made.status_code, made.json()["key"], made.json()["version"]["number"]) == (201, "bytes", 1)
    assert (version.status_code, version.json()["number"], version.json()["definition"]["filters"]) == (
        201,
        2,
        [{"field": "bytes", "operator": "gt", "values": ["10.5"], "as_number": True}],
    )
    assert [one["number"] for one in api.get(f"{url}/versions").json()["items"]] == [2, 1]
    assert [one["version"]["number"] for one in api.get(f"{API}/meters").json()["items"]] == [2]
    assert api.post(f"{url}/archive").json()["archived_at"] is not None
    assert api.get(f"{API}/meters").json()["items"] == []
    assert len(api.get(f"{API}/meters?archived=true").json()["items"]) == 1


def test_list_meters_by_api_turns_pages(acme: Company) -> None:
    api = acme.api_key()
    for name in "abc":
        api.post(f"{API}/meters", BYTES | {"name": name}, **JSON)

    first = api.get(f"{API}/meters?limit=2").json()
    second = api.get(f"{API}/meters?limit=2&after={first['next']}").json()

    assert [one["name"] for one in first["items"] + second["items"]] == ["a", "b", "c"]
    assert second["next"] is None
    assert api.get(f"{API}/meters?after=x").status_code == 422


def test_create_meter_by_api_that_is_not_clear_names_the_part(acme: Company) -> None:
    refused = acme.api_key().post(f"{API}/meters", {"name": "Bytes", "definition": {"aggregation": "sum"}}, **JSON)

    assert (refused.status_code, refused.json()["code"]) == (422, "meter_definition_invalid")
    assert len(refused.json()["errors"]) == 1


def test_usage_by_api_is_exact_by_account_window_group_and_page(acme: Company, event_store: EventStore) -> None:
    api, north = acme.api_key(), acme.account("North")
    url = api.post(f"{API}/meters", BYTES, **JSON)["Location"]
    given_ties(event_store, acme.workspace.pk, [("u:1", north.pk, EVER)])
    events = [upload("u:1", 1, "0.1"), upload("u:1", 3, "0.2", "us", "bob"), upload("u:9", 3, 5), upload("u:1", 2, "many")]
    given_events(event_store, acme.workspace.pk, events)

    def values(query: str) -> list[Any]:
        return [one["value"] for one in api.get(f"{url}/usage?{JANUARY}{query}").json()["items"]]

    by_account = api.get(f"{url}/usage?{JANUARY}&group_by=account").json()
    first = api.get(f"{url}/usage?{JANUARY}&window=day&account={north.pk}&limit=2").json()
    rest = api.get(f"{url}/usage?{JANUARY}&window=day&account={north.pk}&limit=2&after={first['next']}").json()

    assert values("") == ["5.3"]
    assert {one["account"]: one["value"] for one in by_account["items"]} == {str(north.pk): "0.3", None: "5"}
    assert (by_account["unit"], by_account["zone"], by_account["window"]) == ("B", "UTC", "whole")
    assert [(one["start"], one["value"]) for one in first["items"] + rest["items"]] == [
        ("2026-01-01T00:00:00Z", "0.1"),
        ("2026-01-02T00:00:00Z", "0"),
        ("2026-01-03T00:00:00Z", "0.2"),
    ]
    assert rest["next"] is None
    by_region = api.get(f"{url}/usage?{JANUARY}&account={north.pk}&group_by=region&group_by=user").json()["items"]
    assert [(one["group"], one["user"], one["value"]) for one in by_region] == [
        ({"region": "eu"}, "ann", "0.1"),
        ({"region": "us"}, "bob", "0.2"),
    ]
    assert values("&user=bob") == ["0.2"]
    assert values("&filter=region:eq:eu&filter=bytes:gt:1") == ["5"]
    assert values("&filter=region:in:us,uk") == ["0.2"]


def test_events_under_a_number_by_api_turn_pages_and_those_without_number_are_listed(
    acme: Company, event_store: EventStore
) -> None:
    api = acme.api_key()
    url = api.post(f"{API}/meters", BYTES, **JSON)["Location"]
    given_events(event_store, acme.workspace.pk, [upload("u:1", 1, "0.1"), upload("u:1", 2, "many"), upload("u:1", 3, 3)])

    first = api.get(f"{url}/events?{JANUARY}&limit=2").json()
    rest = api.get(
        f"{url}/events?{JANUARY}&limit=2", {"after": first["next"]} | dict(part.split("=") for part in JANUARY.split("&"))
    ).json()
    strange = api.get(f"{url}/events?{JANUARY}&without_number=true").json()["items"]

    assert [one["value"] for one in first["items"]] == ["3", None]
    assert [one["value"] for one in rest["items"]] == ["0.1"]
    assert [(one["text"], one["properties"]) for one in strange] == [("many", {"bytes": "many", "region": "eu"})]


@pytest.mark.parametrize(
    ("query", "code"),
    [
        ("zone=Mars", "zone_unknown"),
        ("from=2026-01-02T00:00:00Z&to=2026-01-01T00:00:00Z", "period_ends_before_it_starts"),
        ("from=2026-01-02T00:00:00Z&to=2026-01-02T00:00:00Z", "usage_period_missing"),
        ("filter=plan", "usage_filter_malformed"),
        ("filter=plan:like:x", "usage_filter_malformed"),
        ("filter=plan:in:", "meter_definition_invalid"),
        ("group_by=", "usage_group_unknown"),
        ("after=x", "usage_cursor_malformed"),
        ("from=2020-01-01T00:00:00Z&window=minute", "too_many_windows"),
    ],
)
def test_usage_by_api_of_a_question_that_is_not_clear_is_refused(
    acme: Company, event_store: EventStore, query: str, code: str
) -> None:
    api = acme.api_key()
    url = api.post(f"{API}/meters", BYTES, **JSON)["Location"]

    refused = api.get(f"{url}/usage?{query}")

    assert (refused.status_code, refused.json()["code"]) == (422, code)


def test_feature_quota_activity_and_adoption_by_api(acme: Company, event_store: EventStore) -> None:
    api, north = acme.api_key(), acme.account("North")
    given_ties(event_store, acme.workspace.pk, [("u:1", north.pk, EVER)])
    given_events(event_store, acme.workspace.pk, [upload("u:1", 1, 1), upload("u:1", 3, 1, user="bob")])
    meter = api.post(f"{API}/meters", BYTES, **JSON).json()["id"]

    feature = api.post(f"{API}/features", {"name": "Upload", "events": ["upload"], "is_core": True}, **JSON)
    changed = api.patch(feature["Location"], {"is_paid": True}, **JSON).json()
    quota = api.post(f"{API}/quotas", {"meter": meter, "account": str(north.pk), "amount": "10.50"}, **JSON)
    activity = api.get(f"{API}/active-users?{JANUARY}").json()
    adoption = api.get(f"{API}/adoption?{JANUARY}").json()["items"]

    assert (changed["name"], changed["is_core"], changed["is_paid"]) == ("Upload", True, True)
    assert (quota.json()["amount"], quota.json()["thresholds"], quota.json()["period"]) == ("10.5", [80, 100], "month")
    assert [(day["daily"], day["weekly"], day["monthly"]) for day in activity["items"]] == [(1, 1, 1), (0, 1, 1), (1, 2, 2)]
    assert activity["stickiness"] == "0.3333"
    assert [(one["key"], one["breadth"], one["frequency"], one["users"]) for one in adoption] == [("upload", "1", "2", 2)]
    assert api.delete(quota["Location"]).status_code == 204
    assert api.get(f"{API}/quotas").json()["items"] == []
