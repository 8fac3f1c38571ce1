from __future__ import annotations

import io
import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tenure.directory.actions.add_note import add_note
from tenure.directory.actions.create_person import create_person
from tenure.directory.actions.create_task import create_task
from tenure.directory.actions.log_activity import log_activity
from tenure.directory.actions.remove_segment import remove_segment
from tenure.directory.actions.save_segment import Need, save_segment
from tenure.directory.errors import SegmentInUse
from tenure.directory.models import Account, Activity, Note, Person, Segment, Task
from tenure.kernel import clock
from tenure.workspace.scope import enter


@pytest.fixture(autouse=True)
def files_in_memory(settings):
    settings.STORAGES = settings.STORAGES | {"default": {"BACKEND": "django.core.files.storage.InMemoryStorage"}}


def url(company, path="") -> str:
    return f"/{company.workspace.slug}/{path}"


def only(company, model):
    with enter(company.owner.ctx.scope):
        return model.objects.get()


def test_account_page_asks_no_more_queries_for_more_rows(acme):
    segment = save_segment(acme.owner.ctx, 1, name="Mid", needs=[Need("Speed")])
    asked = []
    for rows in (1, 3):
        account = acme.account(f"Hollis {rows}", segment=segment.pk)
        for number in range(rows):
            person = create_person(acme.owner.ctx, {"name": f"Marit {number}", "account": account.pk})
            log_activity(acme.owner.ctx, {"kind": "call", "person": person.pk})
            add_note(acme.owner.ctx, account.pk, f"Note {number}")
            create_task(acme.owner.ctx, {"title": f"Task {number}", "account": account.pk})
        acme.owner.client.get(url(acme, f"accounts/{account.pk}/"))
        with CaptureQueriesContext(connection) as queries:
            assert acme.owner.client.get(url(acme, f"accounts/{account.pk}/")).status_code == 200
        asked.append(len(queries))

    # Later rooms add panels of their own, so that only the growth is this test's.
    assert asked[0] == asked[1]


@pytest.mark.parametrize("count", [1, 3])
def test_my_day_asks_a_constant_number_of_queries(acme, django_assert_num_queries, count):
    for number in range(count):
        account = acme.account(f"Hollis {number}", owner=acme.owner.member_id)
        create_task(acme.owner.ctx, {"title": f"Task {number}", "account": account.pk, "due_on": acme.owner.ctx.today()})
        add_note(acme.rep.ctx, account.pk, "They want a price.")
    acme.owner.client.get(url(acme, "my-day/"))

    with django_assert_num_queries(MY_DAY_QUERIES):
        response = acme.owner.client.get(url(acme, "my-day/"))

    assert response.content.decode().count("data-task") == count
    assert response.content.decode().count("Rep</b> noted") == count


@pytest.mark.parametrize(
    "path", ["people/", "tasks/", "segments/", "my-day/", "duplicates/", "duplicates/?kind=person", "people/new/", "tasks/new/"]
)
def test_pages_of_the_room_answer_and_are_not_there_for_a_stranger(acme, stranger, path):
    assert acme.owner.client.get(url(acme, path)).status_code == 200
    assert stranger.owner.client.get(url(acme, path)).status_code == 404


def test_note_form_without_words_says_so_and_with_words_keeps_them(acme):
    account = acme.account()
    form = url(acme, f"accounts/{account.pk}/notes/")

    refused, kept = acme.rep.client.post(form, {"body": " "}), acme.rep.client.post(form, {"body": "They want a price."})

    assert (refused.status_code, kept.status_code) == (422, 303)
    assert only(acme, Note).author_id == acme.rep.member_id
    assert acme.viewer.client.post(form, {"body": "x"}).status_code == 403


def test_note_is_pinned_edited_and_deleted_by_its_forms(acme):
    account = acme.account()
    note = add_note(acme.owner.ctx, account.pk, "Hello")

    acme.owner.client.post(url(acme, f"notes/{note.pk}/pins/"))
    acme.owner.client.post(url(acme, f"notes/{note.pk}/edit/"), {"body": "Hello again"})
    changed = only(acme, Note)
    acme.owner.client.post(url(acme, f"notes/{note.pk}/removals/"))

    assert (changed.body, changed.pinned_at is not None) == ("Hello again", True)
    with enter(acme.owner.ctx.scope):
        assert Note.objects.count() == 0


def test_activity_form_keeps_the_call_with_its_person(acme):
    account = acme.account()
    person = create_person(acme.owner.ctx, {"name": "Marit", "account": account.pk})
    form = url(acme, f"accounts/{account.pk}/activities/")
    values = {
        "kind": "call",
        "happened_at": "2026-03-02T09:30",
        "person": str(person.pk),
        "outcome": "reached",
        "direction": "out",
    }

    response = acme.rep.client.post(form, values)

    kept = only(acme, Activity)
    assert response.status_code == 303
    assert (kept.person_id, kept.account_id, kept.member_id) == (person.pk, account.pk, acme.rep.member_id)


def test_task_is_set_down_ticked_and_opened_again_by_its_forms(acme):
    account = acme.account()
    acme.rep.client.post(
        url(acme, f"accounts/{account.pk}/tasks/"), {"title": "Call", "due_on": "2026-03-02", "assignee": str(acme.rep.member_id)}
    )
    task = only(acme, Task)

    acme.rep.client.post(url(acme, f"tasks/{task.pk}/completions/"))
    done = only(acme, Task).is_done
    acme.rep.client.post(url(acme, f"tasks/{task.pk}/reopenings/"))

    assert (done, only(acme, Task).is_done) == (True, False)


def test_person_form_shows_who_has_the_address_already(acme):
    create_person(acme.owner.ctx, {"name": "Marit de Vries", "email": "marit@hollis.example"})
    values = {"name": "M. de Vries", "email": "Marit@hollis.example"}

    asked = acme.owner.client.post(url(acme, "people/new/"), values)
    kept = acme.owner.client.post(url(acme, "people/new/"), {**values, "create_anyway": "1"})

    assert (asked.status_code, kept.status_code) == (422, 303)
    with enter(acme.owner.ctx.scope):
        assert Person.objects.count() == 2


def test_segments_are_written_and_given_up_only_when_empty(acme):
    acme.owner.client.post(
        url(acme, "segments/2/edit/"),
        {"name": "Clinics", "need1": "Samples on time", "answer1": "Slots", "need2": "", "need3": "Price"},
    )
    segment = only(acme, Segment)
    acme.account(segment=segment.pk)

    with pytest.raises(SegmentInUse):
        remove_segment(acme.owner.ctx, segment.pk)

    assert segment.needs == [{"need": "Samples on time", "answer": "Slots"}, {"need": "Price", "answer": ""}]
    assert acme.owner.client.get(url(acme, "segments/4/edit/")).status_code == 404


def test_merge_page_shows_what_would_happen_and_the_post_does_it(acme):
    winner, loser = acme.account("Hollis", city="Rotterdam"), acme.account("Hollis B.V.", industry="Logistics")
    add_note(acme.owner.ctx, loser.pk, "Note")
    page = url(acme, f"accounts/{winner.pk}/merges/")

    choose, compare = acme.owner.client.get(page), acme.owner.client.get(f"{page}?other={loser.pk}")
    done = acme.owner.client.post(page, {"other": str(loser.pk)})

    assert "Hollis B.V." in choose.content.decode()
    assert "1 Notes" in compare.content.decode()
    assert done.status_code == 303
    with enter(acme.owner.ctx.scope):
        assert [(row.name, row.city, row.industry) for row in Account.objects.all()] == [("Hollis", "Rotterdam", "Logistics")]


def test_account_that_was_merged_leads_to_the_one_it_became(acme):
    winner, loser = acme.account("Hollis"), acme.account("Hollis B.V.")
    acme.owner.client.post(url(acme, f"accounts/{winner.pk}/merges/"), {"other": str(loser.pk)})

    response = acme.owner.client.get(url(acme, f"accounts/{loser.pk}/"))

    assert (response.status_code, response["Location"]) == (303, url(acme, f"accounts/{winner.pk}/"))


def test_duplicates_are_grouped_until_somebody_says_they_are_two(acme):
    one, other = acme.account("Hollis"), acme.account("Hollis B.V.")
    acme.account("Kestrel", domain="kestrel.example")
    acme.account("Kestrel Freight", domain="www.kestrel.example")
    page = url(acme, "duplicates/")

    before = acme.owner.client.get(page).content.decode()
    acme.owner.client.post(url(acme, "duplicates/account/pairs/"), {"one": str(one.pk), "other": str(other.pk)})
    after = acme.owner.client.get(page).content.decode()

    assert [(name in before, name in after) for name in ("Hollis B.V.", "Kestrel Freight")] == [(True, False), (True, True)]


def test_files_are_uploaded_and_taken_off_by_their_forms(acme):
    account = acme.account()
    upload = io.BytesIO(b"%PDF-1.7 contract")
    upload.name = "contract.pdf"

    acme.owner.client.post(url(acme, f"accounts/{account.pk}/files/"), {"files": [upload]})
    listed = acme.owner.client.get(url(acme, f"accounts/{account.pk}/?tab=files")).content.decode()

    assert listed.count("contract.pdf") == 1


def test_people_and_accounts_are_found_by_the_palette(acme):
    account = acme.account("Hollis Logistics")
    create_person(acme.owner.ctx, {"name": "Marit Hollis", "account": account.pk})

    found = acme.owner.client.get(url(acme, "search/?q=holl"), headers={"HX-Request": "true"}).content.decode()

    assert [name in found for name in ("Hollis Logistics", "Marit Hollis")] == [True, True]


def test_older_lines_come_as_a_part_for_the_page_and_as_a_page_alone(acme):
    account = acme.account()
    for days in range(31):
        log_activity(acme.owner.ctx, {"kind": "call", "account": account.pk, "happened_at": clock.now() - timedelta(days=days)})
    page = acme.owner.client.get(url(acme, f"accounts/{account.pk}/")).content.decode()
    older = re.findall(r'hx-get="([^"]*/timeline/[^"]*)"', page)[0]

    part = acme.owner.client.get(older, headers={"HX-Request": "true"}).content.decode()

    assert (part.count("timeline-mark"), "<html" in part) == (1, False)


MY_DAY_QUERIES = 23
