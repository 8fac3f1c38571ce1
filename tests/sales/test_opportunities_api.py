from __future__ import annotations

from uuid import UUID

import pytest

from tenure.market.actions.create_lead import create_lead
from tenure.sales.actions.create_opportunity import create_opportunity
from tenure.sales.actions.update_opportunity import update_opportunity

API = "/api/v1"
DEALS = f"{API}/opportunities"
JSON = {"content_type": "application/json"}


def _stages(api) -> dict[str, str]:
    """The id of one stage of each meaning."""
    return {one["meaning"]: one["id"] for one in api.get(f"{API}/pipeline-stages").json()["items"]}


def test_create_opportunity_by_api_returns_it_as_get_does(acme):
    api, account = acme.api_key(), acme.account()
    body = {"name": "Hundred seats", "account": str(account.pk), "amount": {"amount": "12000.50", "currency": "USD"}}

    made = api.post(DEALS, body, **JSON)

    assert (made.status_code, made.json()["outcome"], made.json()["kind"]) == (201, "open", "first_purchase")
    assert {name: made.json()[name] for name in body} == body
    assert api.get(made["Location"]).json() == made.json()


@pytest.mark.parametrize(
    ("amount", "pointer"),
    [
        ({"amount": "12.345", "currency": "EUR"}, "#/amount"),
        ({"amount": "-1.00", "currency": "EUR"}, "#/amount/amount"),
        ({"amount": "1", "currency": "euro"}, "#/amount/currency"),
    ],
)
def test_opportunity_by_api_with_an_amount_that_is_none_says_where(acme, amount, pointer):
    answer = acme.api_key().post(DEALS, {"amount": amount}, **JSON)

    assert (answer.status_code, [one["pointer"] for one in answer.json()["errors"]]) == (422, [pointer])


def test_opportunity_by_api_moves_to_won_with_a_reason_and_back(acme):
    deal = create_opportunity(acme.owner.ctx, {"name": "Hundred seats", "account": acme.account().pk})
    api, url = acme.api_key(), f"{DEALS}/{deal.pk}"
    stages = _stages(api)

    won = api.post(f"{url}/move", {"stage": stages["won"], "reason": "Price"}, **JSON).json()
    again = api.post(f"{url}/move", {"stage": stages["open"]}, **JSON).json()

    assert (won["outcome"], won["reason"], won["closed_at"] is None) == ("won", "Price", False)
    assert (again["outcome"], again["closed_at"]) == ("open", None)
    assert [step["outcome"] for step in api.get(f"{url}/steps").json()["items"]] == ["open", "won", "open"]


def test_opportunity_by_api_moves_to_no_stage_of_another_company(acme, stranger):
    deal = create_opportunity(acme.owner.ctx, {"name": "Hundred seats"})
    theirs = _stages(stranger.api_key())

    answer = acme.api_key().post(f"{DEALS}/{deal.pk}/move", {"stage": next(iter(theirs.values()), str(deal.pk))}, **JSON)

    assert answer.status_code == 404


def test_update_opportunity_by_api_after_a_colleague_changed_it_is_412(acme):
    deal = create_opportunity(acme.owner.ctx, {"name": "Hundred seats"})
    update_opportunity(acme.owner.ctx, deal.pk, {"competitor": "Rival"})
    api, url = acme.api_key(), f"{DEALS}/{deal.pk}"

    stale = api.patch(url, {"name": "Ninety seats"}, headers={"If-Match": '"1"'}, **JSON)
    fresh = api.patch(url, {"name": "Ninety seats", "amount": None, "version": 2}, **JSON)

    assert (stale.status_code, fresh.status_code, fresh.json()["name"]) == (412, 200, "Ninety seats")


def test_delete_opportunity_by_api_can_be_undone(acme):
    deal = create_opportunity(acme.owner.ctx, {"name": "Hundred seats"})
    api, url = acme.api_key(), f"{DEALS}/{deal.pk}"

    change_set = api.delete(url).json()
    gone = api.get(url).status_code
    api.post(f"{API}/change-sets/{change_set['id']}/undo")

    assert (gone, api.get(url).status_code) == (404, 200)


def test_lead_becomes_a_deal_by_api_once(acme):
    lead = create_lead(acme.owner.ctx, {"name": "Ana Ruiz", "company": "Talleres Ibarra", "email": "ana@ibarra.example"})
    api, url = acme.api_key(), f"{API}/leads/{lead.pk}"

    made = api.post(f"{url}/convert", {"amount": {"amount": "900", "currency": "EUR"}}, **JSON)
    again = api.post(f"{url}/convert", {}, **JSON)

    account = api.get(f"{API}/accounts/{made.json()['account']}").json()
    person = api.get(f"{API}/people/{made.json()['person']}").json()
    assert (made.status_code, account["name"], person["email"]) == (201, "Talleres Ibarra", "ana@ibarra.example")
    assert (api.get(url).json()["status"], again.status_code, again.json()["code"]) == ("converted", 409, "lead_converted")


def test_stage_of_the_pipeline_with_deals_by_api_neither_goes_nor_means_something_else(acme):
    api = acme.api_key()
    made = api.post(f"{API}/pipeline-stages", {"name": "Security review", "meaning": "open"}, **JSON)
    create_opportunity(acme.owner.ctx, {"name": "Hundred seats", "stage": UUID(made.json()["id"])})

    answers = [api.delete(made["Location"]), api.patch(made["Location"], {"meaning": "lost"}, **JSON)]

    assert [(answer.status_code, answer.json()["code"]) for answer in answers] == [(409, "stage_in_use")] * 2


def test_agent_and_product_by_api_are_known_by_name(acme):
    api = acme.api_key()
    first = [
        api.post(f"{API}/agents", {"name": "Ana Ruiz", "team": "North"}, **JSON),
        api.post(f"{API}/products", {"name": "Team", "list_price": {"amount": "4900", "currency": "JPY"}}, **JSON),
    ]

    second = [api.post(f"{API}/agents", {"name": "ana ruiz"}, **JSON), api.post(f"{API}/products", {"name": "TEAM"}, **JSON)]

    assert [answer.status_code for answer in first] == [201, 201]
    assert first[1].json()["list_price"] == {"amount": "4900", "currency": "JPY"}
    assert [(answer.status_code, answer.json()["code"]) for answer in second] == [(409, "name_taken")] * 2


@pytest.mark.parametrize("count", [1, 3])
def test_opportunities_by_api_ask_a_constant_number_of_queries(acme, django_assert_num_queries, count):
    for number in range(count):
        create_opportunity(acme.owner.ctx, {"account": acme.account(f"Hollis {number}").pk, "amount": 1200})
    api = acme.api_key()
    api.get(DEALS)

    with django_assert_num_queries(18):
        answer = api.get(DEALS)

    assert len(answer.json()["items"]) == count
