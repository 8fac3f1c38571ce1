from __future__ import annotations

import pytest

from tenure.workspace.actions.create_custom_field import create_custom_field

API = "/api/v1"
JSON = {"content_type": "application/json"}
VALUES = {
    "erp": "SAP",
    "seats": 148,
    "margin": "12.34567",
    "fee": {"amount": "12.50", "currency": "EUR"},
    "signed": "2026-01-31",
    "pilot": True,
    "modules": ["Routes", "Fleet"],
}


@pytest.fixture
def fields(acme) -> None:
    ctx = acme.owner.ctx
    create_custom_field(ctx, "account", "ERP", "choice", choices=["SAP", "Odoo"])
    create_custom_field(ctx, "account", "Modules", "choices", choices=["Routes", "Fleet"])
    for label, kind in (("Seats", "integer"), ("Margin", "decimal"), ("Fee", "money"), ("Signed", "date"), ("Pilot", "boolean")):
        create_custom_field(ctx, "account", label, kind)


def test_custom_values_by_api_come_back_as_they_were_sent(acme, fields):
    api = acme.api_key()

    made = api.post(f"{API}/accounts", {"name": "Hollis", "custom": VALUES}, **JSON)

    (listed,) = api.get(f"{API}/accounts?custom_seats=100..200&custom_erp=SAP").json()["items"]
    assert (made.status_code, made.json()["custom"]) == (201, VALUES)
    assert (listed["custom"], api.get(made["Location"]).json()["custom"]) == (VALUES, VALUES)


def test_custom_values_by_api_that_are_left_out_stay(acme, fields):
    api = acme.api_key()
    made = api.post(f"{API}/accounts", {"name": "Hollis", "custom": VALUES}, **JSON)

    changed = api.patch(made["Location"], {"custom": {"seats": 150, "erp": None}}, **JSON).json()["custom"]

    assert changed == VALUES | {"seats": 150, "erp": None}


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("erp", "Lexware"),
        ("seats", "many"),
        ("seats", True),
        ("margin", "NaN"),
        ("fee", {"amount": "12.50", "currency": "USD"}),
        ("signed", "31.01.2026"),
        ("pilot", "yes"),
        ("modules", ["Routes", "Rockets"]),
        ("nothing", 1),
    ],
)
def test_custom_value_by_api_that_does_not_fit_says_where(acme, fields, key, value):
    answer = acme.api_key().post(f"{API}/accounts", {"name": "Hollis", "custom": {key: value}}, **JSON)

    assert (answer.status_code, [one["pointer"] for one in answer.json()["errors"]]) == (422, [f"#/custom/{key}"])


def test_custom_value_by_api_points_at_nothing_out_of_reach(acme):
    create_custom_field(acme.owner.ctx, "account", "Reseller", "account")
    secret, own = acme.account("Hollis"), acme.account("Brightwater")
    api = acme.api_key(account=own)

    answers = [api.patch(f"{API}/accounts/{own.pk}", {"custom": {"reseller": str(one.pk)}}, **JSON) for one in (secret, own)]

    assert [answer.status_code for answer in answers] == [422, 200]


def test_custom_field_by_api_is_live_at_once_renamed_and_retired(acme):
    api = acme.api_key()

    made = api.post(f"{API}/custom-fields", {"record": "person", "label": "Shoe size", "kind": "integer"}, **JSON).json()
    person = api.post(f"{API}/people", {"name": "Marit", "custom": {"shoe_size": 38}}, **JSON)
    renamed = api.patch(f"{API}/custom-fields/{made['id']}", {"label": "Size of shoes"}, **JSON).json()
    api.post(f"{API}/custom-fields/{made['id']}/retire")
    retired = api.get(person["Location"]).json()["custom"]
    api.post(f"{API}/custom-fields/{made['id']}/reinstate")

    assert (made["key"], renamed["key"], renamed["label"]) == ("shoe_size", "shoe_size", "Size of shoes")
    assert (person.json()["custom"], retired, api.get(person["Location"]).json()["custom"]) == (
        {"shoe_size": 38}, {}, {"shoe_size": 38},
    )  # fmt: skip


def test_restricted_custom_field_by_api_is_hidden_from_a_key_without_the_right(acme):
    create_custom_field(acme.owner.ctx, "account", "Score", "integer", is_restricted=True)
    acme.account("Hollis")

    keys = acme.api_key(), acme.api_key("*.view")

    assert [[one["key"] for one in api.get(f"{API}/custom-fields").json()["items"]] for api in keys] == [["score"], []]
    assert [api.get(f"{API}/accounts").json()["items"][0]["custom"] for api in keys] == [{"score": None}, {}]


def test_custom_field_by_api_of_a_record_that_takes_none_is_404(acme):
    answer = acme.api_key().post(f"{API}/custom-fields", {"record": "file", "label": "Mood", "kind": "text"}, **JSON)

    assert answer.status_code == 404


@pytest.mark.parametrize(
    ("record", "path", "body"),
    [
        ("task", "tasks", {"title": "Call"}),
        ("channel", "channels", {"name": "Fair"}),
        ("other_cost", "other-costs", {"on": "2026-03-02", "amount": {"amount": "1", "currency": "EUR"}}),
        ("agent", "agents", {"name": "Ana Ruiz"}),
        ("opportunity", "opportunities", {"name": "Hundred seats"}),
        ("lead", "leads", {"name": "Ana Ruiz"}),
    ],
)
def test_custom_value_of_any_record_by_api_comes_back(acme, record, path, body):
    create_custom_field(acme.owner.ctx, record, "Mood", "text")
    api = acme.api_key()

    made = api.post(f"{API}/{path}", body | {"custom": {"mood": "Good"}}, **JSON)
    changed = api.patch(made["Location"], {"custom": {"mood": "Better"}}, **JSON)

    assert (made.json()["custom"], changed.json()["custom"]) == ({"mood": "Good"}, {"mood": "Better"})
    assert [one["custom"] for one in api.get(f"{API}/{path}?custom_mood=Better").json()["items"]] == [{"mood": "Better"}]


def test_custom_values_of_a_subscription_and_its_items_by_api_come_back(acme):
    for record in ("subscription", "subscription_item"):
        create_custom_field(acme.owner.ctx, record, "Mood", "text")
    api = acme.api_key()
    body = {"account": str(acme.account().pk), "plan": "Team", "starts_on": "2026-01-01", "custom": {"mood": "Good"}}

    made = api.post(f"{API}/subscriptions", body, **JSON)
    api.post(f"{made['Location']}/items", {"plan": "Seats", "custom": {"mood": "Better"}}, **JSON)

    (listed,) = api.get(f"{API}/subscriptions?custom_mood=Good").json()["items"]
    assert (made.json()["custom"], [item["custom"] for item in listed["items"]]) == (
        {"mood": "Good"}, [{"mood": None}, {"mood": "Better"}],
    )  # fmt: skip
    assert api.get(f"{made['Location']}/items").json()["items"] == listed["items"]
