from __future__ import annotations

from datetime import date

import pytest

from tenure.billing.actions.report_churn import report_churn
from tenure.billing.models import MrrMovement, ReportedChurn, Subscription, SubscriptionItem
from tenure.workspace.scope import enter
from tests.billing.world import movements, subscribed


def get(company, path):
    return company.owner.client.get(f"/{company.workspace.slug}/{path}")


def post(company, path, **values):
    return company.owner.client.post(f"/{company.workspace.slug}/{path}", values)


@pytest.mark.parametrize(("path", "queries"), [("subscriptions/", 23), ("mrr-movements/", 21), ("reported-churn/", 25)])
@pytest.mark.parametrize("count", [1, 3])
def test_list_page_with_rows_asks_a_constant_number_of_queries(acme, django_assert_num_queries, path, queries, count):
    for number in range(count):
        account = acme.account(f"Hollis {number}")
        subscribed(acme, account)
        report_churn(acme.owner.ctx, {"account": account.pk, "churned_on": date(2026, 5, 1), "refund": 1000})
    get(acme, path)

    with django_assert_num_queries(queries):
        response = get(acme, path)

    assert response.status_code == 200
    assert response.content.decode().count("data-row") == count


def test_billing_pages_by_stranger_are_not_there(acme, stranger):
    subscription = subscribed(acme, acme.account())
    with enter(acme.owner.ctx.scope):
        movement = MrrMovement.objects.get()

    for path in ("subscriptions/", f"subscriptions/{subscription.pk}/", f"mrr-movements/{movement.pk}/", "reported-churn/"):
        assert stranger.owner.client.get(f"/{acme.workspace.slug}/{path}").status_code == 404


def test_subscription_new_posted_writes_subscription_and_shows_it(acme):
    account = acme.account()

    answer = post(
        acme,
        "subscriptions/new/",
        account=account.pk,
        plan="Team",
        net_amount="49.90",
        starts_on="2026-01-01",
        interval="month",
        currency="EUR",
    )

    with enter(acme.owner.ctx.scope):
        row, item = Subscription.objects.get(), SubscriptionItem.objects.get()
    assert (answer.status_code, item.net_minor, row.monthly_minor) == (303, 4990, 4990)
    assert "€\xa049.90" in get(acme, f"subscriptions/{row.pk}/").content.decode()


def test_subscription_edit_shows_what_stands_there_and_corrects_it(acme):
    row = subscribed(acme, acme.account())
    form = get(acme, f"subscriptions/{row.pk}/edit/").context["form"]
    values = {name: value for name, value in form.initial.items() if value not in (None, "", False)}

    answer = post(acme, f"subscriptions/{row.pk}/edit/", **values | {"net_amount": "120", "version": "1"})

    assert answer.status_code == 303
    assert movements(acme) == [("new", 120, "2026-01-01")]


def test_subscription_edit_with_bad_dates_says_so(acme):
    row = subscribed(acme, acme.account())

    answer = post(
        acme,
        f"subscriptions/{row.pk}/edit/",
        account=row.account_id,
        plan="Team",
        starts_on="2026-01-01",
        ends_on="2025-01-01",
        currency="EUR",
    )

    assert answer.status_code == 422
    assert "before it starts" in answer.content.decode()


def test_subscription_endings_posted_ends_it_with_its_term(acme):
    row = subscribed(acme, acme.account(), "2026-01-01")

    answer = post(acme, f"subscriptions/{row.pk}/endings/", notice_on="2026-03-10", reason="price")

    assert answer.status_code == 303
    assert movements(acme) == [("new", 100, "2026-01-01"), ("churn", -100, "2026-04-01")]


def test_item_changes_posted_moves_the_difference(acme):
    row = subscribed(acme, acme.account(), "2026-01-01")

    answer = post(
        acme,
        f"subscription-items/{row.pk}/changes/",
        on="2026-03-01",
        plan="Business",
        net_amount="150",
        list_amount="100",
        currency="EUR",
        interval="month",
        quantity="1",
    )

    assert answer.status_code == 303
    assert movements(acme) == [("new", 100, "2026-01-01"), ("expansion", 50, "2026-03-01")]


def test_reported_churn_page_shows_both_counts(acme):
    account = acme.account()
    subscribed(acme, account, "2026-01-01", ends_on=date(2026, 5, 1))
    for day in (date(2026, 5, 1), date(2026, 6, 1)):
        report_churn(acme.owner.ctx, {"account": account.pk, "churned_on": day})

    said = get(acme, "reported-churn/").context["said"]

    assert (said["reported"], said["ended"], said["subscriptions"], said["matched"], said["other_day"]) == (
        "2",
        "1",
        "1",
        "1",
        "1",
    )


def test_reported_churn_new_posted_moves_nothing(acme):
    account = acme.account()
    subscribed(acme, account)

    post(acme, "reported-churn/new/", account=account.pk, churned_on="2026-05-01", reason="price", refund="10.50", currency="EUR")

    with enter(acme.owner.ctx.scope):
        assert ReportedChurn.objects.get().refund_minor == 1050
    assert movements(acme) == [("new", 100, "2026-01-01")]


def test_account_page_shows_money_tab_and_renewal(acme):
    account = acme.account()
    subscribed(acme, account)

    page = get(acme, f"accounts/{account.pk}/?tab=money")

    assert page.status_code == 200
    assert [figure["label"] for figure in page.context["figures"]][:2] == ["ARR", "Renewal"]
    assert "€\xa0100.00" in page.content.decode()
