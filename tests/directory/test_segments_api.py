"""Segments over the API; accounts that are one, or two all the same; and the workspace's own fields on accounts."""

from __future__ import annotations

from uuid import UUID

from tenure.directory.actions.create_person import create_person
from tenure.directory.actions.delete_account import delete_account
from tenure.directory.actions.keep_apart import keep_apart
from tenure.directory.queries.likeness import alike_accounts, alike_people
from tenure.directory.records import PERSON
from tenure.workspace.scope import enter

API = "/api/v1"
JSON = {"content_type": "application/json"}
MID_SIZE = {
    "name": "Mid-size logistics",
    "description": "Fifty lorries or more",
    "needs": [{"need": "Fewer empty runs", "answer": "Planning"}, {"need": "One bill", "answer": ""}],
}


def test_segment_by_api_is_saved_whole_and_written_over(acme):
    api = acme.api_key()

    first = api.put(f"{API}/segments/1", MID_SIZE, **JSON).json()
    second = api.put(f"{API}/segments/1", {"name": "Large logistics"}, **JSON).json()

    assert {name: first[name] for name in MID_SIZE} == MID_SIZE
    assert (second["id"], second["name"], second["needs"]) == (first["id"], "Large logistics", [])
    assert api.get(f"{API}/segments").json()["items"] == [second]


def test_segment_by_api_with_the_name_of_another_is_refused(acme):
    api = acme.api_key()
    api.put(f"{API}/segments/1", MID_SIZE, **JSON)

    answers = [api.put(f"{API}/segments/{place}", MID_SIZE, **JSON) for place in (2, 4)]

    assert [(answer.status_code, answer.json()["code"]) for answer in answers] == [(409, "segment_name_taken"), (422, "invalid")]


def test_segment_by_api_with_accounts_in_it_stays(acme):
    api = acme.api_key()
    segment = api.put(f"{API}/segments/1", MID_SIZE, **JSON).json()
    account = acme.account(segment=UUID(segment["id"]))

    in_use = api.delete(f"{API}/segments/1")
    api.patch(f"{API}/accounts/{account.pk}", {"segment": None}, **JSON)
    free = api.delete(f"{API}/segments/1")

    assert [(answer.status_code) for answer in (in_use, free)] == [409, 204]


def test_segment_by_api_of_a_key_below_one_account_stays_as_it_is(acme):
    api = acme.api_key(account=acme.account())

    assert api.put(f"{API}/segments/1", MID_SIZE, **JSON).status_code == 403


def test_merge_accounts_by_api_can_be_undone(acme):
    stays, goes = acme.account("Hollis", city="Delft"), acme.account("Hollis BV", domain="hollis.example")
    api = acme.api_key()

    change_set = api.post(f"{API}/accounts/{stays.pk}/merge", {"loser": str(goes.pk)}, **JSON).json()
    merged = api.get(f"{API}/accounts").json()["items"]
    api.post(f"{API}/change-sets/{change_set['id']}/undo")

    assert [(one["id"], one["city"], one["domain"]) for one in merged] == [(str(stays.pk), "Delft", "hollis.example")]
    assert {one["name"] for one in api.get(f"{API}/accounts").json()["items"]} == {"Hollis", "Hollis BV"}


def test_merge_of_an_account_with_itself_by_api_is_refused(acme):
    account = acme.account()

    answer = acme.api_key().post(f"{API}/accounts/{account.pk}/merge", {"loser": str(account.pk)}, **JSON)

    assert (answer.status_code, answer.json()["code"]) == (409, "merge_with_itself")


def test_records_kept_apart_are_offered_as_duplicates_no_more(acme):
    one, other = acme.account("Hollis"), acme.account("Hollis")
    marit, maria = (create_person(acme.owner.ctx, {"name": name, "email": "m@hollis.example"}) for name in ("Marit", "Maria"))

    answer = acme.api_key().post(f"{API}/distinct-pairs", {"one": str(one.pk), "other": str(other.pk)}, **JSON)
    keep_apart(acme.owner.ctx, PERSON, maria.pk, marit.pk)

    assert answer.status_code == 204
    with enter(acme.owner.ctx.scope):
        assert (alike_accounts(acme.owner.ctx)[0], alike_people(acme.owner.ctx)[0]) == ([], [])


def test_account_deleted_on_the_page_is_gone_from_the_api_until_undo(acme):
    account = acme.account()
    api = acme.api_key()

    change_set = delete_account(acme.owner.ctx, account.pk, version=1)
    gone = api.get(f"{API}/accounts/{account.pk}").status_code
    api.post(f"{API}/change-sets/{change_set.pk}/undo")

    assert (gone, api.get(f"{API}/accounts/{account.pk}").status_code) == (404, 200)


def test_account_by_api_has_nobody_of_another_company_on_its_team(acme, stranger):
    answer = acme.api_key().post(f"{API}/accounts", {"name": "Hollis", "seller": str(stranger.owner.member_id)}, **JSON)

    assert (answer.status_code, [one["pointer"] for one in answer.json()["errors"]]) == (422, ["#/seller"])


def test_account_by_api_has_its_team(acme):
    api, rep = acme.api_key(), str(acme.rep.member_id)

    made = api.post(f"{API}/accounts", {"name": "Hollis", "seller": rep, "support": rep}, **JSON)
    api.patch(made["Location"], {"support": None}, **JSON)

    (listed,) = api.get(f"{API}/accounts").json()["items"]
    assert (made.json()["seller"], made.json()["support"], made.json()["success"]) == (rep, rep, None)
    assert (listed["seller"], listed["support"]) == (rep, None)
