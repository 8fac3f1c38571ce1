from __future__ import annotations

from datetime import date

import pytest

from tenure.billing.actions.change_item import change_item
from tenure.billing.actions.create_item import create_item
from tenure.billing.actions.delete_items import delete_items
from tenure.billing.actions.delete_reported_churn import delete_reported_churn
from tenure.billing.actions.delete_subscriptions import delete_subscriptions
from tenure.billing.actions.end_subscription import end_subscription
from tenure.billing.actions.report_churn import report_churn
from tenure.billing.actions.update_item import update_item
from tenure.billing.actions.update_reported_churn import update_reported_churn
from tenure.billing.actions.update_subscription import update_subscription
from tests.billing.world import subscribed

API = "/api/v1"
SUBSCRIPTIONS = f"{API}/subscriptions"
JSON = {"content_type": "application/json"}


def _movements(api) -> list[tuple[str, str, str]]:
    """(kind, euros a month, day) of the movements that count, in order of time."""
    items = api.get(f"{API}/mrr-movements?sort=day").json()["items"]
    return [(one["kind"], one["monthly"]["amount"], one["effective_on"]) for one in items]


def test_create_subscription_by_api_returns_what_follows_from_it(acme):
    api, account = acme.api_key(), acme.account()
    body = {
        "account": str(account.pk), "plan": "Team", "quantity": "25", "starts_on": "2026-01-01", "interval": "year",
        "net_amount": {"amount": "1200.00", "currency": "EUR"},
    }  # fmt: skip

    made = api.post(SUBSCRIPTIONS, body, **JSON)

    answer = made.json()
    assert (made.status_code, answer["state"], answer["plan"], answer["monthly"]) == (
        201, "running", "Team", {"amount": "100.00", "currency": "EUR"},
    )  # fmt: skip
    assert [(one["id"], one["quantity"], one["net_amount"]) for one in answer["items"]] == [
        (answer["id"], "25", body["net_amount"])
    ]
    assert api.get(made["Location"]).json() == answer
    assert api.get(f"{API}/accounts/{account.pk}").json()["arr"] == {"amount": "1200.00", "currency": "EUR"}
    assert _movements(api) == [("new", "100.00", "2026-01-01")]


def test_create_subscription_by_api_that_ends_before_it_starts_is_refused(acme):
    body = {"account": str(acme.account().pk), "plan": "Team", "starts_on": "2026-03-01", "ends_on": "2026-02-01"}

    answer = acme.api_key().post(SUBSCRIPTIONS, body, **JSON)

    assert (answer.status_code, answer.json()["code"]) == (422, "subscription_ends_before_it_starts")


def test_create_subscription_by_api_in_two_currencies_says_where(acme):
    body = {
        "account": str(acme.account().pk), "plan": "Team", "starts_on": "2026-03-01",
        "net_amount": {"amount": "90", "currency": "EUR"}, "list_amount": {"amount": "100", "currency": "USD"},
    }  # fmt: skip

    answer = acme.api_key().post(SUBSCRIPTIONS, body, **JSON)

    assert (answer.status_code, [one["pointer"] for one in answer.json()["errors"]]) == (422, ["#/list_amount/currency"])


def test_end_subscription_by_api_ends_it_with_its_term(acme):
    subscription = subscribed(acme, acme.account(), "2026-01-15")
    api = acme.api_key()

    ended = api.post(f"{SUBSCRIPTIONS}/{subscription.pk}/end", {"notice_on": "2026-03-02", "reason": "Price"}, **JSON).json()
    again = api.post(f"{SUBSCRIPTIONS}/{subscription.pk}/end", {"notice_on": "2026-04-01"}, **JSON)

    assert (ended["state"], ended["cancelled_on"], ended["ends_on"], ended["end_reason"]) == (
        "ended", "2026-03-02", "2026-03-15", "Price",
    )  # fmt: skip
    assert (again.status_code, again.json()["code"]) == (409, "subscription_ended")
    assert _movements(api) == [("new", "100.00", "2026-01-15"), ("churn", "-100.00", "2026-03-15")]


def test_subscription_by_api_after_a_colleague_changed_it_is_412(acme):
    subscription = subscribed(acme, acme.account())
    update_subscription(acme.owner.ctx, subscription.pk, {"signed_on": date(2025, 12, 1)})
    api, url = acme.api_key(), f"{SUBSCRIPTIONS}/{subscription.pk}"

    answers = [
        api.patch(url, {"live_on": "2026-02-01"}, headers={"If-Match": '"1"'}, **JSON),
        api.delete(url, headers={"If-Match": '"1"'}),
        api.patch(url, {"live_on": "2026-02-01"}, headers={"If-Match": '"2"'}, **JSON),
    ]

    assert [answer.status_code for answer in answers] == [412, 412, 200]
    assert (answers[2].json()["signed_on"], answers[2].json()["live_on"]) == ("2025-12-01", "2026-02-01")


def test_subscription_by_api_that_is_corrected_was_always_so(acme):
    subscription = subscribed(acme, acme.account())
    api = acme.api_key()

    amount = {"amount": "80.00", "currency": "EUR"}
    changed = api.patch(f"{SUBSCRIPTIONS}/{subscription.pk}", {"net_amount": amount, "list_amount": amount}, **JSON).json()

    assert (changed["monthly"]["amount"], _movements(api)) == ("80.00", [("new", "80.00", "2026-01-01")])


def test_subscription_ended_and_deleted_on_the_page_is_seen_so_by_the_api(acme):
    kept, gone = subscribed(acme, acme.account()), subscribed(acme, acme.account("Brightwater"))
    end_subscription(acme.owner.ctx, kept.pk, notice_on=date(2026, 2, 10), ends_on=date(2026, 3, 1))
    change_set = delete_subscriptions(acme.owner.ctx, [gone.pk])
    api = acme.api_key()

    before = [(one["id"], one["state"]) for one in api.get(SUBSCRIPTIONS).json()["items"]]
    api.post(f"{API}/change-sets/{change_set.pk}/undo")

    assert before == [(str(kept.pk), "ended")]
    assert [one["id"] for one in api.get(f"{SUBSCRIPTIONS}?state=running").json()["items"]] == [str(gone.pk)]


def test_item_by_api_changes_its_terms_from_a_day_on(acme):
    subscription = subscribed(acme, acme.account())
    api, url = acme.api_key(), f"{API}/subscription-items/{subscription.pk}"

    made = api.post(f"{url}/change", {"on": "2026-04-01", "net_amount": {"amount": "150", "currency": "EUR"}}, **JSON)
    outside = api.post(f"{url}/change", {"on": "2025-12-01", "plan": "Large"}, **JSON)

    assert (made.status_code, made.json()["replaces"], made.json()["plan"]) == (201, str(subscription.pk), "Team")
    assert (outside.status_code, outside.json()["code"]) == (409, "change_outside_item")
    assert _movements(api) == [("new", "100.00", "2026-01-01"), ("expansion", "50.00", "2026-04-01")]


def test_items_by_api_are_those_of_the_subscription_with_their_values(acme):
    subscription = subscribed(acme, acme.account())
    ctx, api = acme.owner.ctx, acme.api_key()
    seats = create_item(ctx, {"subscription": subscription.pk, "plan": "Seats", "net_amount": 3_000})
    wrong = create_item(ctx, {"subscription": subscription.pk, "plan": "Wrong", "net_amount": 1_000})
    update_item(ctx, seats.pk, {"net_amount": 2_000, "list_amount": 2_000})
    later = change_item(ctx, seats.pk, on=date(2026, 5, 1), values={"net_amount": 4_000})
    delete_items(ctx, [wrong.pk])

    items = api.get(f"{SUBSCRIPTIONS}/{subscription.pk}/items").json()["items"]
    values = api.get(f"{API}/subscription-items/{later.pk}/values").json()["items"]

    assert [(one["plan"], one["net_amount"]["amount"], one["ends_on"]) for one in items] == [
        ("Team", "100.00", None),
        ("Seats", "20.00", "2026-05-01"),
        ("Seats", "40.00", None),
    ]
    assert [(one["state"], one["net_amount"]["amount"], one["valid_to"]) for one in values] == [("paid", "40.00", None)]


def test_first_item_by_api_goes_with_its_subscription_only(acme):
    subscription = subscribed(acme, acme.account())
    api = acme.api_key()
    further = api.post(f"{SUBSCRIPTIONS}/{subscription.pk}/items", {"plan": "Seats"}, **JSON)

    answers = [api.delete(f"{API}/subscription-items/{subscription.pk}"), api.delete(further["Location"])]

    assert [answer.status_code for answer in answers] == [409, 200]
    assert answers[0].json()["code"] == "first_item_stays"


def test_reported_churn_by_api_stands_beside_what_subscriptions_say(acme):
    ctx, api, account = acme.owner.ctx, acme.api_key(), acme.account()
    subscribed(acme, account)
    body = {
        "account": str(account.pk),
        "churned_on": "2026-03-02",
        "reason": "Price",
        "refund": {"amount": "10", "currency": "EUR"},
    }
    wrong = report_churn(ctx, {"account": account.pk, "churned_on": date(2026, 1, 5)})
    update_reported_churn(ctx, wrong.pk, {"reason": "Mistake"})
    delete_reported_churn(ctx, [wrong.pk])

    made = api.post(f"{API}/reported-churn", body, **JSON)
    changed = api.patch(made["Location"], {"reason": "Budget", "refund": None}, **JSON).json()
    compared = api.get(f"{API}/reported-churn/comparison").json()

    assert (made.status_code, made.json()["refund"]) == (201, {"amount": "10.00", "currency": "EUR"})
    assert (changed["reason"], changed["refund"]) == ("Budget", None)
    assert (compared["reported"], compared["ended"], compared["still_paying"]) == (1, 0, 1)
    assert [one["id"] for one in api.get(f"{API}/reported-churn").json()["items"]] == [made.json()["id"]]


@pytest.mark.parametrize("count", [1, 3])
def test_subscriptions_by_api_ask_a_constant_number_of_queries(acme, django_assert_num_queries, count):
    for number in range(count):
        subscribed(acme, acme.account(f"Hollis {number}"))
    api = acme.api_key()
    api.get(SUBSCRIPTIONS)

    with django_assert_num_queries(19):
        answer = api.get(SUBSCRIPTIONS)

    assert [len(one["items"]) for one in answer.json()["items"]] == [1] * count
