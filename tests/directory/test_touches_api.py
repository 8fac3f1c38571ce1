"""Notes, activities, tasks and files of accounts over the API."""

from __future__ import annotations

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from tenure.directory.actions.add_file import add_file
from tenure.directory.actions.add_note import add_note
from tenure.directory.actions.create_person import create_person
from tenure.directory.actions.create_task import create_task
from tenure.directory.actions.delete_files import delete_files
from tenure.directory.actions.delete_notes import delete_notes
from tenure.directory.actions.delete_tasks import delete_tasks
from tenure.directory.actions.update_note import update_note
from tenure.directory.actions.update_task import update_task
from tenure.workspace.actions.create_custom_field import create_custom_field

API = "/api/v1"
JSON = {"content_type": "application/json"}


@pytest.fixture(autouse=True)
def files_in_memory(settings):
    settings.STORAGES = settings.STORAGES | {"default": {"BACKEND": "django.core.files.storage.InMemoryStorage"}}


def test_note_by_api_is_written_pinned_and_taken_down(acme):
    api, account = acme.api_key(), acme.account()

    made = api.post(f"{API}/accounts/{account.pk}/notes", {"body": "They pay in **March**.", "is_pinned": True}, **JSON)
    changed = api.patch(made["Location"], {"is_pinned": False, "body": "They pay in April."}, **JSON).json()

    assert (made.status_code, made.json()["pinned_at"] is None) == (201, False)
    assert (changed["body"], changed["pinned_at"], changed["account"]) == ("They pay in April.", None, str(account.pk))


def test_note_by_api_takes_custom_values_and_an_external_id(acme):
    create_custom_field(acme.owner.ctx, "note", "Mood", "text")
    api, url = acme.api_key(), f"{API}/accounts/{acme.account().pk}/notes"
    body = {"body": "They pay in March.", "custom": {"mood": "calm"}, "external_id": "n-1"}

    made, again = api.post(url, body, **JSON), api.post(url, body, **JSON)

    assert (made.status_code, made.json()["custom"], made.json()["external_id"]) == (201, {"mood": "calm"}, "n-1")
    assert (again.status_code, again.json()["code"]) == (409, "external_id_taken")


def test_notes_of_an_account_by_api_are_its_own_and_living(acme):
    account, other = acme.account(), acme.account("Brightwater")
    notes = [add_note(acme.owner.ctx, where.pk, text) for where, text in ((account, "One"), (account, "Two"), (other, "Three"))]
    update_note(acme.owner.ctx, notes[0].pk, {"body": "One, mended"})
    delete_notes(acme.owner.ctx, [notes[1].pk])

    found = acme.api_key().get(f"{API}/accounts/{account.pk}/notes").json()["items"]

    assert [(one["body"], one["version"], one["author"]) for one in found] == [("One, mended", 2, str(acme.owner.member_id))]


def test_note_by_api_after_a_colleague_changed_it_is_412(acme):
    note = add_note(acme.owner.ctx, acme.account().pk, "One")
    update_note(acme.owner.ctx, note.pk, {"body": "Two"})

    answer = acme.api_key().patch(f"{API}/notes/{note.pk}", {"body": "Three"}, headers={"If-Match": '"1"'}, **JSON)

    assert answer.status_code == 412


def test_activity_by_api_is_the_persons_accounts_and_its_last_contact(acme):
    account = acme.account()
    person = create_person(acme.owner.ctx, {"name": "Marit de Vries", "account": account.pk})
    api = acme.api_key()
    body = {"kind": "call", "person": str(person.pk), "outcome": "reached", "happened_at": "2026-03-02T09:30:00Z", "minutes": 12}

    made = api.post(f"{API}/activities", body, **JSON)

    assert (made.status_code, made.json()["account"], made.json()["minutes"]) == (201, str(account.pk), 12)
    assert api.get(f"{API}/accounts/{account.pk}/activities?kind=call").json()["items"] == [made.json()]
    assert api.get(f"{API}/accounts/{account.pk}").json()["last_contact_at"] == "2026-03-02T09:30:00Z"


def test_activity_by_api_with_nobody_is_refused(acme):
    answer = acme.api_key().post(f"{API}/activities", {"kind": "call"}, **JSON)

    assert (answer.status_code, answer.json()["code"]) == (422, "account_missing")


def test_activity_by_api_always_happened_at_some_time(acme):
    api = acme.api_key()
    made = api.post(f"{API}/activities", {"kind": "mail", "account": str(acme.account().pk)}, **JSON)

    answer = api.patch(made["Location"], {"happened_at": None}, **JSON)

    assert (answer.status_code, [one["pointer"] for one in answer.json()["errors"]]) == (422, ["#/happened_at"])


def test_task_by_api_is_finished_and_reopened(acme):
    api, account = acme.api_key(), acme.account()
    made = api.post(f"{API}/tasks", {"title": "Send the contract", "account": str(account.pk), "due_on": "2026-03-02"}, **JSON)
    url = f"{API}/tasks/{made.json()['id']}"

    finished = api.post(f"{url}/finish").json()
    again = api.post(f"{url}/finish").json()
    reopened = api.post(f"{url}/reopen").json()

    assert (made.status_code, made.json()["done_at"]) == (201, None)
    assert (finished["done_at"] is None, again["version"], reopened["done_at"]) == (False, finished["version"], None)


def test_tasks_by_api_are_filtered_as_on_their_page(acme):
    account = acme.account()
    ours, mine, gone = (
        create_task(acme.owner.ctx, {"title": title, "account": account.pk, "assignee": member})
        for title, member in (("Ours", acme.rep.member_id), ("Mine", acme.owner.member_id), ("Gone", acme.owner.member_id))
    )
    update_task(acme.owner.ctx, mine.pk, {"title": "Mine, renamed"})
    delete_tasks(acme.owner.ctx, [gone.pk])

    found = acme.api_key().get(f"{API}/tasks?assignee={acme.owner.member_id}&state=open").json()["items"]

    assert [(one["id"], one["title"]) for one in found] == [(str(mine.pk), "Mine, renamed")]
    assert str(ours.pk) != str(mine.pk)


def test_file_by_api_comes_back_as_it_was_sent(acme):
    api, account = acme.api_key(), acme.account()
    content = b"%PDF-1.7\nA contract"

    made = api.post(f"{API}/accounts/{account.pk}/files", {"file": SimpleUploadedFile("contract.pdf", content)})
    fetched = api.get(f"{made['Location']}/content")

    assert (made.status_code, made.json()["media_type"], made.json()["size"]) == (201, "application/pdf", len(content))
    assert b"".join(fetched.streaming_content) == content
    assert (fetched["Content-Disposition"], fetched["X-Content-Type-Options"]) == (
        'attachment; filename="contract.pdf"',
        "nosniff",
    )


def test_file_by_api_that_is_a_program_is_refused_and_not_kept(acme):
    api, account = acme.api_key(), acme.account()

    answer = api.post(f"{API}/accounts/{account.pk}/files", {"file": SimpleUploadedFile("tool.exe", b"MZ\x90\x00" + bytes(200))})

    assert (answer.status_code, answer.json()["code"]) == (422, "file_type_refused")
    assert api.get(f"{API}/accounts/{account.pk}/files").json()["items"] == []


def test_file_by_api_larger_than_is_taken_is_413(acme):
    answer = acme.api_key().post(
        f"{API}/accounts/{acme.account().pk}/files",
        b"",
        content_type="multipart/form-data; boundary=x",
        CONTENT_LENGTH="99999999",
    )

    assert (answer.status_code, answer.json()["code"]) == (413, "body_too_large")


def test_delete_file_by_api_can_be_undone_and_files_deleted_on_the_page_are_gone(acme):
    api, account = acme.api_key(), acme.account()
    plan, old = (add_file(acme.owner.ctx, account.pk, name, io.BytesIO(b"text")) for name in ("plan.txt", "old.txt"))
    delete_files(acme.owner.ctx, [old.pk])

    change_set = api.delete(f"{API}/files/{plan.pk}").json()
    gone = api.get(f"{API}/accounts/{account.pk}/files").json()["items"]
    api.post(f"{API}/change-sets/{change_set['id']}/undo")

    assert gone == []
    assert [one["name"] for one in api.get(f"{API}/accounts/{account.pk}/files").json()["items"]] == ["plan.txt"]


def test_timeline_by_api_tells_what_happened_without_markup(acme):
    account = acme.account()
    create_task(acme.owner.ctx, {"title": "Call", "account": account.pk})
    add_note(acme.owner.ctx, account.pk, "They pay in March.")

    lines = acme.api_key().get(f"{API}/accounts/{account.pk}/timeline?kind=note").json()["items"]

    assert [(one["kind"], one["account"], one["subject_kind"], "<" in one["title"]) for one in lines] == [
        ("note", str(account.pk), "note", False)
    ]


@pytest.mark.parametrize("count", [1, 3])
def test_timeline_by_api_asks_a_constant_number_of_queries(acme, django_assert_num_queries, count):
    account = acme.account()
    for number in range(count):
        add_note(acme.owner.ctx, account.pk, f"Note {number}")
    api, url = acme.api_key(), f"{API}/accounts/{account.pk}/timeline?kind=note"
    api.get(url)

    with django_assert_num_queries(21):
        answer = api.get(url)

    assert len(answer.json()["items"]) == count
