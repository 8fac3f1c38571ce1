from __future__ import annotations

import pytest

from tenure.directory.models import Account
from tenure.workspace.scope import enter


@pytest.mark.parametrize("count", [1, 3])
def test_accounts_page_with_rows_asks_a_constant_number_of_queries(acme, django_assert_num_queries, count):
    for number in range(count):
        acme.account(f"Hollis {number}", tags=["key"])
    acme.owner.client.get(f"/{acme.workspace.slug}/accounts/")

    with django_assert_num_queries(23):
        response = acme.owner.client.get(f"/{acme.workspace.slug}/accounts/")

    assert response.status_code == 200
    assert response.content.decode().count("data-row") == count


def test_accounts_page_by_stranger_is_not_there(acme, stranger):
    assert stranger.owner.client.get(f"/{acme.workspace.slug}/accounts/").status_code == 404


def test_account_new_with_a_known_domain_asks_first(acme):
    acme.account("Hollis Logistics", domain="hollis.example")
    url = f"/{acme.workspace.slug}/accounts/new/"

    asked = acme.owner.client.post(url, {"name": "Hollis BV", "domain": "www.hollis.example", "kind": "company"})
    written = acme.owner.client.post(
        url, {"name": "Hollis BV", "domain": "www.hollis.example", "kind": "company", "create_anyway": "1"}
    )

    assert (asked.status_code, written.status_code) == (422, 303)
    assert "Hollis Logistics" in asked.content.decode()
    with enter(acme.owner.ctx.scope):
        assert Account.objects.count() == 2


def test_account_edit_with_a_stale_version_changes_nothing(acme):
    account = acme.account()
    url = f"/{acme.workspace.slug}/accounts/{account.pk}/edit/"
    acme.owner.client.post(url, {"name": "Hollis", "kind": "company", "city": "Rotterdam", "version": "1"})

    late = acme.owner.client.post(url, {"name": "Hollis", "kind": "company", "city": "Delft", "version": "1"})

    assert late.status_code == 422
    with enter(acme.owner.ctx.scope):
        assert Account.objects.get().city == "Rotterdam"
