from __future__ import annotations

from datetime import date

from django.test import Client

from tenure.directory.actions.set_account_figures import AccountFigures, set_account_figures
from tenure.directory.models import Segment
from tenure.kernel import clock
from tenure.workspace.scope import enter

ACCOUNTS = "/api/v1/accounts"
JSON = {"content_type": "application/json"}


def _names(answer) -> list[str]:
    return [item["name"] for item in answer.json()["items"]]


def test_create_account_by_api_returns_it_as_get_does(acme):
    api = acme.api_key()
    body = {
        "name": "Hollis Logistics",
        "domain": "https://www.hollis.example",
        "employees": 40,
        "tags": ["b", "a"],
        "country": "NL",
    }

    made = api.post(ACCOUNTS, body | {"owner": str(acme.owner.member_id)}, **JSON)

    assert made.status_code == 201
    assert {name: made.json()[name] for name in ("name", "employees", "tags", "owner", "version", "stage", "arr")} == {
        "name": "Hollis Logistics", "employees": 40, "tags": ["a", "b"], "owner": str(acme.owner.member_id),
        "version": 1, "stage": None, "arr": None,
    }  # fmt: skip
    assert api.get(made["Location"]).json() == made.json()


def test_account_by_api_shows_money_in_major_units(acme):
    account = acme.account()

    set_account_figures(acme.owner.ctx, [AccountFigures(account.pk, 8_400_050, date(2027, 1, 1))])

    shown = acme.api_key().get(f"{ACCOUNTS}/{account.pk}").json()
    assert (shown["arr"], shown["renews_on"]) == ({"amount": "84000.50", "currency": "EUR"}, "2027-01-01")


def test_accounts_by_api_are_filtered_sorted_and_searched_as_on_the_page(acme):
    with enter(acme.owner.ctx.scope):
        segment = Segment.objects.create(workspace=acme.workspace, name="Mid", position=1, created_at=clock.now())
    for name, employees in (("Hollis", 10), ("Brightwater", 400), ("Casa Oliva", 600)):
        acme.account(name, employees=employees, segment=segment.pk)
    acme.account("Elsewhere", employees=20)
    api = acme.api_key()

    assert _names(api.get(f"{ACCOUNTS}?segment={segment.pk}&employees=10..500&sort=-employees")) == ["Brightwater", "Hollis"]
    assert _names(api.get(f"{ACCOUNTS}?q=oliva")) == ["Casa Oliva"]
    assert _names(api.get(f"{ACCOUNTS}?segment=-")) == ["Elsewhere"]


def test_accounts_by_api_come_in_pages_in_both_directions(acme):
    for name in "ABCDE":
        acme.account(f"Company {name}")
    api = acme.api_key()
    url = f"{ACCOUNTS}?sort=name&limit=2"

    first = api.get(url)
    second = api.get(f"{url}&after={first.json()['next']}")
    third = api.get(f"{url}&after={second.json()['next']}")
    back = api.get(f"{url}&before={second.json()['previous']}")

    assert [_names(page) for page in (first, second, third)] == [
        ["Company A", "Company B"],
        ["Company C", "Company D"],
        ["Company E"],
    ]
    assert (first.json()["previous"], third.json()["next"], _names(back)) == (None, None, ["Company A", "Company B"])


def test_update_account_by_api_changes_only_what_is_sent(acme):
    account = acme.account("Hollis", city="Delft", industry="Logistics")

    changed = acme.api_key().patch(f"{ACCOUNTS}/{account.pk}", {"city": "Rotterdam"}, **JSON)

    assert (changed.status_code, changed["ETag"]) == (200, '"2"')
    assert (changed.json()["city"], changed.json()["industry"]) == ("Rotterdam", "Logistics")


def test_update_account_by_api_of_a_stale_version_changes_nothing(acme):
    account = acme.account()
    api, url = acme.api_key(), f"{ACCOUNTS}/{account.pk}"
    api.patch(url, {"city": "Rotterdam"}, **JSON)

    by_header = api.patch(url, {"city": "Delft"}, headers={"If-Match": '"1"'}, **JSON)
    by_body = api.patch(url, {"city": "Delft", "version": 1}, **JSON)
    strange = api.patch(url, {"city": "Delft"}, headers={"If-Match": "W/xyz"}, **JSON)
    fresh = api.patch(url, {"city": "Delft"}, headers={"If-Match": '"2"'}, **JSON)

    assert [answer.status_code for answer in (by_header, by_body, strange, fresh)] == [412, 409, 412, 200]


def test_delete_account_by_api_can_be_undone(acme):
    account = acme.account()
    api, url = acme.api_key(), f"{ACCOUNTS}/{account.pk}"

    change_set = api.delete(url).json()
    gone = api.get(url).status_code
    undone = api.post(f"/api/v1/change-sets/{change_set['id']}/undo").json()

    assert (change_set["deleted"], gone, undone["state"], api.get(url).status_code) == (1, 404, "undone", 200)


def test_duplicates_by_api_say_why(acme):
    account = acme.account("Hollis Logistics BV", domain="hollis.example")

    found = acme.api_key().get(f"{ACCOUNTS}/duplicates?name=Hollis+Logistics&domain=www.hollis.example").json()["items"]

    assert [(one["account"]["id"], one["reasons"][:2], one["certainty"]) for one in found] == [
        (str(account.pk), ["domain", "name"], 0.95)
    ]


def test_children_by_api_are_those_directly_below(acme):
    group = acme.account("Group")
    company = acme.account("Company", parent=group.pk)
    acme.account("Branch", parent=company.pk)

    assert _names(acme.api_key().get(f"{ACCOUNTS}/{group.pk}/children")) == ["Company"]


def test_account_by_api_of_a_key_below_another_account_is_not_there(acme):
    account, own = acme.account("Hollis"), acme.account("Brightwater")
    api: Client = acme.api_key(account=own)

    assert (api.get(f"{ACCOUNTS}/{account.pk}").status_code, _names(api.get(ACCOUNTS))) == (404, ["Brightwater"])
