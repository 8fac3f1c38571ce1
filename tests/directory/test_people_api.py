from __future__ import annotations

from uuid import uuid4

import pytest

from tenure.directory.actions.create_person import create_person
from tenure.directory.actions.update_person import update_person

PEOPLE = "/api/v1/people"
JSON = {"content_type": "application/json"}


def test_create_person_by_api_returns_them_as_get_does(acme):
    api, account = acme.api_key(), acme.account()
    body = {
        "name": "Marit de Vries", "email": "marit@hollis.example", "account": str(account.pk), "role": "champion",
        "language": "es", "is_main": True,
    }  # fmt: skip

    made = api.post(PEOPLE, body, **JSON)

    assert made.status_code == 201
    assert {name: made.json()[name] for name in body} == body
    assert api.get(made["Location"]).json() == made.json()


def test_create_person_by_api_on_an_account_nobody_knows_says_where(acme):
    answer = acme.api_key().post(PEOPLE, {"name": "Marit", "account": str(uuid4())}, **JSON)

    assert (answer.status_code, answer["Content-Type"]) == (422, "application/problem+json")
    assert [one["pointer"] for one in answer.json()["errors"]] == ["#/account"]


def test_create_person_by_api_in_a_language_tenure_does_not_speak_says_where(acme):
    answer = acme.api_key().post(PEOPLE, {"name": "Marit", "language": "tlh"}, **JSON)

    assert (answer.status_code, [one["pointer"] for one in answer.json()["errors"]]) == (422, ["#/language"])


def test_update_person_by_api_changes_only_what_is_sent_and_can_be_undone(acme):
    person = create_person(acme.owner.ctx, {"name": "Marit de Vries", "title": "Buyer", "role": "blocker"})
    api, url = acme.api_key(), f"{PEOPLE}/{person.pk}"

    changed = api.patch(url, {"title": "Head of Operations", "role": None}, **JSON).json()
    (change_set,) = api.get("/api/v1/change-sets?kind=edit").json()["items"]
    api.post(f"/api/v1/change-sets/{change_set['id']}/undo")

    assert (changed["name"], changed["title"], changed["role"]) == ("Marit de Vries", "Head of Operations", None)
    assert (api.get(url).json()["title"], api.get(url).json()["role"]) == ("Buyer", "blocker")


def test_update_person_by_api_after_a_colleague_changed_them_is_412(acme):
    person = create_person(acme.owner.ctx, {"name": "Marit de Vries"})
    api, url = acme.api_key(), f"{PEOPLE}/{person.pk}"
    in_hand = api.get(url)["ETag"]
    update_person(acme.owner.ctx, person.pk, {"title": "Buyer"})

    answers = [
        api.patch(url, {"title": "Seller"}, headers={"If-Match": in_hand}, **JSON),
        api.delete(url, headers={"If-Match": in_hand}),
        api.delete(url, headers={"If-Match": '"2"'}),
    ]

    assert [answer.status_code for answer in answers] == [412, 412, 200]


def test_delete_person_by_api_can_be_undone(acme):
    person = create_person(acme.owner.ctx, {"name": "Marit de Vries"})
    api, url = acme.api_key(), f"{PEOPLE}/{person.pk}"

    change_set = api.delete(url).json()
    gone = api.get(url).status_code
    api.post(f"/api/v1/change-sets/{change_set['id']}/undo")

    assert (change_set["deleted"], gone, api.get(url).status_code) == (1, 404, 200)


def test_merge_people_by_api_leaves_one(acme):
    account = acme.account()
    stays, goes = (
        create_person(acme.owner.ctx, {"name": "Marit de Vries", "account": account.pk, "phone": phone}) for phone in ("", "0123")
    )
    api = acme.api_key()

    change_set = api.post(f"{PEOPLE}/{stays.pk}/merge", {"loser": str(goes.pk)}, **JSON).json()

    assert change_set["kind"] == "merge"
    assert [(one["id"], one["phone"]) for one in api.get(PEOPLE).json()["items"]] == [(str(stays.pk), "0123")]


def test_duplicates_of_a_person_by_api_share_the_address(acme):
    person = create_person(acme.owner.ctx, {"name": "Marit de Vries", "email": "Marit@Hollis.example"})
    create_person(acme.owner.ctx, {"name": "Ana Ruiz", "email": "ana@hollis.example"})

    found = acme.api_key().get(f"{PEOPLE}/duplicates?email=marit@hollis.example").json()["items"]

    assert [one["id"] for one in found] == [str(person.pk)]


def test_erase_person_by_api_leaves_nothing_of_them(acme):
    person = create_person(acme.owner.ctx, {"name": "Marit de Vries", "email": "marit@hollis.example"})
    api, url = acme.api_key(), f"{PEOPLE}/{person.pk}"
    exported = api.get(f"{url}/export").json()

    api.post(f"{url}/erase")

    left = api.get(url).json()
    assert exported["person"][0]["email"] == "marit@hollis.example"
    assert (left["email"], left["name"] == "Marit de Vries", left["erased_at"] is None) == ("", False, False)


@pytest.mark.parametrize("count", [1, 3])
def test_people_by_api_ask_a_constant_number_of_queries(acme, django_assert_num_queries, count):
    for number in range(count):
        account = acme.account(f"Hollis {number}")
        create_person(acme.owner.ctx, {"name": f"Marit {number}", "account": account.pk})
    api = acme.api_key()
    api.get(PEOPLE)

    with django_assert_num_queries(18):
        answer = api.get(PEOPLE)

    assert len(answer.json()["items"]) == count
