from __future__ import annotations

from datetime import UTC, datetime

import pytest

from tenure.market.actions.create_channel import create_channel
from tenure.market.actions.create_lead import create_lead
from tenure.market.actions.settle_conversions import settle_conversions
from tenure.market.actions.update_lead import update_lead

API = "/api/v1"
LEADS = f"{API}/leads"
JSON = {"content_type": "application/json"}


def test_create_lead_by_api_keeps_both_touches_as_they_came(acme):
    api = acme.api_key()
    channel = create_channel(acme.owner.ctx, {"name": "Paid search"})
    first = {"source": "google", "medium": "cpc", "campaign": "spring", "term": "", "content": "", "click_id": "Cj0"}
    body = {"name": "Ana Ruiz", "channel": str(channel.pk), "first_touch": first, "last_touch": {"source": "newsletter"}}

    made = api.post(LEADS, body, **JSON)

    assert (made.status_code, made.json()["status"], made.json()["first_touch"]) == (201, "new", first)
    assert (made.json()["last_touch"]["source"], made.json()["last_touch"]["medium"]) == ("newsletter", "")
    assert api.get(made["Location"]).json() == made.json()
    assert [one["id"] for one in api.get(f"{LEADS}?source=google&channel={channel.pk}").json()["items"]] == [made.json()["id"]]


def test_update_lead_by_api_changes_one_part_of_a_touch(acme):
    lead = create_lead(acme.owner.ctx, {"name": "Ana Ruiz", "first_source": "google", "first_medium": "cpc"})

    changed = acme.api_key().patch(f"{LEADS}/{lead.pk}", {"first_touch": {"campaign": "spring"}}, **JSON).json()["first_touch"]

    assert (changed["source"], changed["medium"], changed["campaign"]) == ("google", "cpc", "spring")


def test_lead_by_api_is_qualified_given_up_and_comes_back(acme):
    lead = create_lead(acme.owner.ctx, {"name": "Ana Ruiz"})
    api, url = acme.api_key(), f"{LEADS}/{lead.pk}"

    answers = [
        api.post(f"{url}/qualify"),
        api.post(f"{url}/disqualify", {"reason": "No budget"}, **JSON),
        api.post(f"{url}/qualify"),
    ]

    assert [(answer.json()["status"], answer.json()["lost_reason"]) for answer in answers] == [
        ("qualified", ""),
        ("disqualified", "No budget"),
        ("qualified", ""),
    ]


def test_lead_by_api_is_converted_while_a_deal_says_so(acme):
    lead = create_lead(acme.owner.ctx, {"name": "Ana Ruiz"})
    api, url = acme.api_key(), f"{LEADS}/{lead.pk}"

    settle_conversions(acme.owner.ctx, {lead.pk: datetime(2026, 3, 2, 9, tzinfo=UTC)})
    converted = api.get(url).json()
    settle_conversions(acme.owner.ctx, {lead.pk: None})

    assert (converted["status"], converted["converted_at"], converted["version"]) == ("converted", "2026-03-02T09:00:00Z", 1)
    assert (api.get(url).json()["status"], api.get(url).json()["converted_at"]) == ("new", None)


def test_lead_by_api_is_not_given_up_without_a_reason(acme):
    lead = create_lead(acme.owner.ctx, {"name": "Ana Ruiz"})

    answers = [acme.api_key().post(f"{LEADS}/{lead.pk}/disqualify", body, **JSON) for body in ({}, {"reason": "  "})]

    assert [(answer.status_code, answer.json()["code"]) for answer in answers] == [(422, "invalid"), (422, "reason_missing")]


def test_update_lead_by_api_after_a_colleague_changed_it_is_412(acme):
    lead = create_lead(acme.owner.ctx, {"name": "Ana Ruiz"})
    update_lead(acme.owner.ctx, lead.pk, {"company": "Talleres Ibarra"})

    answer = acme.api_key().patch(f"{LEADS}/{lead.pk}", {"company": "Other"}, headers={"If-Match": '"1"'}, **JSON)

    assert answer.status_code == 412


def test_delete_lead_by_api_can_be_undone(acme):
    lead = create_lead(acme.owner.ctx, {"name": "Ana Ruiz"})
    api, url = acme.api_key(), f"{LEADS}/{lead.pk}"

    change_set = api.delete(url).json()
    gone = api.get(url).status_code
    api.post(f"{API}/change-sets/{change_set['id']}/undo")

    assert (gone, api.get(url).status_code) == (404, 200)


def test_channel_by_api_is_of_the_kind_its_name_speaks_of_and_is_there_once(acme):
    api = acme.api_key()

    made = api.post(f"{API}/channels", {"name": "Paid search"}, **JSON)
    again = api.post(f"{API}/channels", {"name": "paid_search"}, **JSON)

    assert (made.status_code, made.json()["kind"], again.status_code, again.json()["code"]) == (
        201, "paid_search", 409, "name_taken",
    )  # fmt: skip


def test_cost_of_a_channel_by_api_is_one_row_a_day(acme):
    api = acme.api_key()
    channel = str(create_channel(acme.owner.ctx, {"name": "Paid search"}).pk)
    day = {
        "channel": channel,
        "on": "2026-03-02",
        "cost": {"amount": "120.50", "currency": "EUR"},
        "exposures": 9000,
        "clicks": 31,
    }

    made = api.post(f"{API}/channel-costs", day, **JSON)
    again = api.post(f"{API}/channel-costs", day, **JSON)
    changed = api.patch(made["Location"], {"exposures": 9100}, **JSON).json()

    assert {name: made.json()[name] for name in day} == day
    assert (again.status_code, again.json()["code"]) == (409, "day_taken")
    assert (changed["exposures"], changed["cost"]) == (9100, day["cost"])


def test_other_cost_by_api_needs_an_amount(acme):
    api = acme.api_key()

    refused = api.post(f"{API}/other-costs", {"on": "2026-03-02", "kind": "salaries"}, **JSON)
    made = api.post(f"{API}/other-costs", {"on": "2026-03-02", "amount": {"amount": "5000", "currency": "EUR"}}, **JSON)

    assert (refused.status_code, [one["pointer"] for one in refused.json()["errors"]]) == (422, ["#/amount"])
    assert (made.status_code, made.json()["amount"]) == (201, {"amount": "5000.00", "currency": "EUR"})


@pytest.mark.parametrize("count", [1, 3])
def test_leads_by_api_ask_a_constant_number_of_queries(acme, django_assert_num_queries, count):
    for number in range(count):
        create_lead(acme.owner.ctx, {"name": f"Ana {number}", "account": acme.account(f"Hollis {number}").pk})
    api = acme.api_key()
    api.get(LEADS)

    with django_assert_num_queries(18):
        answer = api.get(LEADS)

    assert len(answer.json()["items"]) == count
