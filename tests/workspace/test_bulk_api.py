"""Bulk edit, bulk deletion and exports over the API."""

from __future__ import annotations

import csv
import io

import pytest
from asgiref.sync import async_to_sync

from tenure.directory.models import Account
from tenure.workspace.actions.create_custom_field import create_custom_field
from tenure.workspace.enums import GrantScope
from tenure.workspace.scope import enter

API = "/api/v1"
LIST = f"{API}/lists/accounts"
JSON = {"content_type": "application/json"}


@pytest.fixture
def accounts(acme):
    return [acme.account(f"Hollis {number}", industry="Logistics" if number < 2 else "Energy") for number in range(3)]


@pytest.fixture
def api(acme):
    return acme.api_key()


def _all(acme, column):
    with enter(acme.owner.ctx.scope):
        return list(Account.objects.order_by("name").values_list(column, flat=True))


def _rows(answer):
    return list(csv.reader(io.StringIO(_content(answer).decode("utf-8-sig"))))


def _content(answer):
    async def read():
        return b"".join([block async for block in answer.streaming_content])

    return async_to_sync(read)()


def test_bulk_edit_by_api_of_what_a_filter_finds_is_undone(acme, api, accounts):
    done = api.post(f"{LIST}/bulk-edit", {"query": "industry=Logistics", "values": {"city": "Delft"}, "reason": "Moved"}, **JSON)
    changed = _all(acme, "city")
    api.post(f"{API}/change-sets/{done.json()['id']}/undo")

    assert (done.json()["kind"], done.json()["updated"], done.json()["reason"]) == ("bulk_edit", 2, "Moved")
    assert (changed, _all(acme, "city")) == (["Delft", "Delft", ""], ["", "", ""])


def test_bulk_edit_by_api_reads_values_as_their_fields_ask(acme, api, accounts):
    create_custom_field(acme.owner.ctx, "account", "Tier", "integer")
    values = {
        "employees": 40, "tags": ["key"], "parent": None, "owner": str(acme.rep.member_id), "kind": "individual",
        "custom": {"tier": 2},
    }  # fmt: skip

    done = api.post(f"{LIST}/bulk-edit", {"ids": [str(accounts[0].pk)], "values": values}, **JSON)
    shown = api.get(f"{API}/accounts/{accounts[0].pk}").json()

    assert done.status_code == 200
    assert {name: shown[name] for name in values} == values
    assert _all(acme, "employees") == [40, None, None]


@pytest.mark.parametrize(
    ("values", "pointer"),
    [
        ({"employees": "many"}, "values/employees"),
        ({"name": ""}, "values/name"),
        ({"external_id": "7"}, "values/external_id"),
        ({"nonsense": 1}, "values/nonsense"),
        ({"tags": None}, "values/tags"),
        ({"custom": 3}, "values/custom"),
        ({"custom": {"tier": 2}}, "custom/tier"),
        ({"kind": "shop"}, "kind"),
    ],
)
def test_bulk_edit_by_api_says_which_value_is_wrong(acme, api, accounts, values, pointer):
    answer = api.post(f"{LIST}/bulk-edit", {"query": "", "values": values}, **JSON)

    assert (answer.status_code, answer.json()["errors"][0]["pointer"]) == (422, f"#/{pointer}")


def test_bulk_edit_by_api_of_no_records_or_of_both_is_422(api, accounts):
    bodies = [{}, {"ids": [str(accounts[0].pk)], "query": ""}, {"query": "nonsense=1"}, {"query": "country=%00"}]

    answers = [api.post(f"{LIST}/bulk-edit", body | {"values": {"city": "Delft"}}, **JSON).status_code for body in bodies]

    assert answers == [422] * 4


def test_bulk_edit_by_api_of_an_amount_sets_its_currency(acme, api, accounts):
    made = api.post(f"{API}/opportunities", {"name": "Seats", "account": str(accounts[0].pk)}, **JSON).json()
    money = {"amount": "1200.50", "currency": "USD"}

    answer = api.post(f"{API}/lists/opportunities/bulk-edit", {"ids": [made["id"]], "values": {"amount": money}}, **JSON)

    assert (answer.status_code, api.get(f"{API}/opportunities/{made['id']}").json()["amount"]) == (200, money)


def test_bulk_work_by_api_on_a_list_without_records_is_404(api):
    answers = [
        api.post(f"{API}/lists/{name}/bulk-delete", {"query": ""}, **JSON).status_code
        for name in ("members", "audit", "nonsense")
    ]

    assert answers == [404, 404, 404]


def test_bulk_delete_by_api_takes_only_what_the_key_reaches_and_comes_back(acme, accounts):
    ids = [str(account.pk) for account in accounts[:2]]
    narrow = acme.api_key(account=accounts[0])

    done = narrow.post(f"{LIST}/bulk-delete", {"ids": ids}, **JSON).json()
    left = _all(acme, "name")
    acme.api_key().post(f"{API}/change-sets/{done['id']}/undo")

    assert (done["deleted"], left, len(_all(acme, "name"))) == (1, ["Hollis 1", "Hollis 2"], 3)


def test_export_by_api_writes_what_the_filter_finds_with_the_columns_asked_for(acme, api, accounts):
    answer = api.get(f"{LIST}/export?industry=Logistics&columns=name,industry&sort=-name")

    assert answer["Content-Type"] == "text/csv; charset=utf-8"
    assert _rows(answer)[1:] == [["Hollis 1", "Logistics"], ["Hollis 0", "Logistics"]]


def test_export_by_api_writes_a_workbook_too(api, accounts):
    answer = api.get(f"{LIST}/export?format=xlsx")

    assert _content(answer)[:2] == b"PK"


def test_export_by_api_shows_only_what_the_key_reaches(acme, accounts):
    narrow = acme.api_key(account=accounts[1])

    assert [row[0] for row in _rows(narrow.get(f"{LIST}/export?columns=name"))[1:]] == ["Hollis 1"]


def test_export_by_api_of_a_filter_that_cannot_be_read_is_422(api):
    answers = [api.get(f"{LIST}/export?{query}").status_code for query in ("employees=many", "nonsense=1", "format=pdf")]

    assert answers == [422, 422, 422]


def test_export_page_of_a_filter_that_cannot_be_read_is_422(acme):
    member = acme.member("Rep", name="Ben", scope=GrantScope.WORKSPACE)

    answer = member.client.get(f"/{acme.workspace.slug}/lists/accounts/exports/?employees=many")

    assert answer.status_code == 422
