from __future__ import annotations

import io
from datetime import UTC, date, datetime, timedelta

import pytest
from django.core.files.storage import default_storage

from tenure.directory.actions.add_file import MAX_MEGABYTES, add_file, clean_name
from tenure.directory.actions.add_note import add_note
from tenure.directory.actions.ask_for_tasks import TaskRequest, ask_for_tasks
from tenure.directory.actions.create_person import create_person
from tenure.directory.actions.create_task import create_task
from tenure.directory.actions.delete_activities import delete_activities
from tenure.directory.actions.finish_task import finish_task
from tenure.directory.actions.log_activity import log_activity
from tenure.directory.actions.reopen_task import reopen_task
from tenure.directory.actions.settle_timeline import TimelineFact, add_timeline_entries, settle_timeline
from tenure.directory.actions.update_activity import update_activity
from tenure.directory.actions.update_person import update_person
from tenure.directory.errors import FileEmpty, FileTooLarge, FileTypeRefused, TextMissing
from tenure.directory.models import AccountFile, TimelineEntry
from tenure.directory.queries.tasks import due_of
from tenure.directory.queries.timeline import timeline_page
from tenure.kernel.ids import uuid7
from tenure.workspace.actions.undo_change_set import undo_change_set
from tenure.workspace.errors import PermissionMissing
from tenure.workspace.scope import enter

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)


@pytest.fixture(autouse=True)
def files_in_memory(settings):
    settings.STORAGES = settings.STORAGES | {"default": {"BACKEND": "django.core.files.storage.InMemoryStorage"}}


def last_contact(company, account) -> datetime | None:
    with enter(company.owner.ctx.scope):
        return account.refreshed().last_contact_at


def told(company, account) -> list[str]:
    ctx = company.owner.ctx
    with enter(ctx.scope):
        lines = timeline_page(ctx, account_id=account.pk)["lines"]
    return [f"{line.title} | {line.detail} | {line.body or ''}" for line in lines]


def test_add_note_stands_on_the_timeline_with_its_author(acme):
    account = acme.account()

    add_note(acme.owner.ctx, account.pk, "They want **price** protection.")

    assert told(acme, account) == ["<b>Ana Müller</b> noted |  | <p>They want <strong>price</strong> protection.</p>"]


def test_add_note_without_words_is_refused(acme):
    with pytest.raises(TextMissing):
        add_note(acme.owner.ctx, acme.account().pk, "  ")


def test_add_note_by_viewer_is_refused(acme):
    account = acme.account()
    with pytest.raises(PermissionMissing):
        add_note(acme.viewer.ctx, account.pk, "Hello")


def test_log_activity_sets_the_last_contact_and_takes_it_back(acme):
    account = acme.account()
    marit = create_person(acme.owner.ctx, {"name": "Marit", "account": account.pk})
    log_activity(acme.owner.ctx, {"kind": "meeting", "account": account.pk, "happened_at": NOON - timedelta(days=9)})

    call = log_activity(
        acme.owner.ctx,
        {"kind": "call", "person": marit.pk, "happened_at": NOON, "outcome": "reached", "minutes": 12, "subject": "Prices"},
    )
    latest = last_contact(acme, account)
    missed = update_activity(acme.owner.ctx, call.pk, {"outcome": "not_reached"})

    assert latest == NOON
    assert last_contact(acme, account) == NOON - timedelta(days=9)
    assert told(acme, account)[0] == "Call with <b>Marit</b>: <b>Prices</b> | Not reached · 12 min · by Ana Müller | "
    undo_change_set(acme.owner.ctx, missed.last_change_set.pk)
    assert last_contact(acme, account) == NOON


def test_delete_activities_takes_them_off_the_timeline_until_undone(acme):
    account = acme.account()
    mail = log_activity(acme.owner.ctx, {"kind": "mail", "direction": "in", "account": account.pk, "subject": "Renewal"})

    change_set = delete_activities(acme.owner.ctx, [mail.pk])
    gone = told(acme, account)
    undo_change_set(acme.owner.ctx, change_set.pk)

    assert (gone, told(acme, account)) == ([], ["A mail came: <b>Renewal</b> |  | "])


def test_person_who_left_is_told_without_naming_them_in_the_row(acme):
    account = acme.account()
    person = create_person(acme.owner.ctx, {"name": "Jan Bakker", "account": account.pk, "role": "user_administrator"})

    update_person(acme.owner.ctx, person.pk, {"left_on": date(2026, 3, 2)})

    assert told(acme, account) == ["<b>Jan Bakker</b> left | User administrator in the decision chain | "]
    with enter(acme.owner.ctx.scope):
        assert TimelineEntry.objects.get().facts == {
            "person": {"person": str(person.pk)},
            "role": {"chain": "user_administrator"},
        }


def test_finish_task_is_told_and_reopen_takes_it_back(acme):
    account = acme.account()
    task = create_task(acme.rep.ctx, {"title": "Call Marit", "account": account.pk, "due_on": date(2026, 3, 1)})

    done = finish_task(acme.owner.ctx, task.pk)
    after = told(acme, account)
    reopen_task(acme.owner.ctx, task.pk)

    assert (done.assignee_id, done.done_by_id) == (acme.rep.member_id, acme.owner.member_id)
    assert (after, told(acme, account)) == (["Done: <b>Call Marit</b> | by Ana Müller | "], [])


def test_ask_for_tasks_twice_asks_once(acme):
    account = acme.account()
    requests = [
        TaskRequest("play:1:1", "Call", account.pk, asked_by="Renewal at six months"),
        TaskRequest("play:1:2", "Write", account.pk),
    ]

    first, again = ask_for_tasks(acme.owner.ctx, requests), ask_for_tasks(acme.owner.ctx, requests)

    assert ([task.title for task in first], again) == (["Call", "Write"], [])


def test_due_tasks_are_sorted_by_when_they_press(acme):
    today = date(2026, 3, 2)
    for title, values in {
        "late": {"due_on": date(2026, 3, 1)},
        "now": {"due_on": today},
        "reminded": {"due_on": date(2026, 3, 9), "remind_on": date(2026, 3, 2)},
        "soon": {"due_on": date(2026, 3, 16)},
        "later": {"due_on": date(2026, 3, 17)},
        "whenever": {},
    }.items():
        create_task(acme.rep.ctx, {"title": title, **values})
    create_task(acme.owner.ctx, {"title": "somebody else's", "due_on": today})

    with enter(acme.rep.ctx.scope):
        due = due_of(acme.rep.ctx, acme.rep.member_id, today)

    titles = [[task.title for task in group] for group in due[:4]]
    assert (titles, due.later) == ([["late"], ["now", "reminded"], ["soon"], ["whenever"]], 1)


def test_add_file_keeps_bytes_by_their_type_and_sends_them_as_a_download(acme, stranger):
    account = acme.account()
    row = add_file(acme.owner.ctx, account.pk, '..\\up/Vertrag "2026".pdf', io.BytesIO(b"%PDF-1.7 contract"))
    url = f"/{acme.workspace.slug}/files/{row.pk}/"

    response = acme.viewer.client.get(url)

    assert (row.name, row.media_type) == ('Vertrag "2026".pdf', "application/pdf")
    assert b"".join(response.streaming_content) == b"%PDF-1.7 contract"
    assert response["Content-Disposition"] == 'attachment; filename="Vertrag \\"2026\\".pdf"'
    assert (response["X-Content-Type-Options"], response["Content-Type"]) == ("nosniff", "application/pdf")
    assert stranger.owner.client.get(url).status_code == 404
    assert stranger.owner.client.get(url.replace(acme.workspace.slug, stranger.workspace.slug)).status_code == 404


@pytest.mark.parametrize(
    ("name", "content", "error"),
    [
        ("a.pdf", b"", FileEmpty),
        ("a.pdf", b"MZ program", FileTypeRefused),
        ("a.txt", b"x" * (MAX_MEGABYTES * 1024 * 1024 + 1), FileTooLarge),
    ],
    ids=["empty", "program", "too large"],
)
def test_add_file_that_cannot_be_kept_leaves_nothing(acme, name, content, error):
    account = acme.account()

    with pytest.raises(error):
        add_file(acme.owner.ctx, account.pk, name, io.BytesIO(content))

    with enter(acme.owner.ctx.scope):
        assert AccountFile.objects.count() == 0
    assert not default_storage.exists(f"{acme.workspace.pk}")


@pytest.mark.parametrize(
    ("given", "clean"), [("../../etc/passwd", "passwd"), (".htaccess", "htaccess"), ("a\x00b\n.txt", "ab.txt"), ("", "file")]
)
def test_clean_name_is_a_name_and_no_path(given, clean):
    assert clean_name(given) == clean


def test_clean_name_that_is_too_long_keeps_its_ending():
    assert clean_name("x" * 500 + ".pdf") == "x" * 196 + ".pdf"


def test_settle_timeline_keeps_lines_that_say_the_same_with_who_did_them(acme):
    account, subject = acme.account(), uuid7()
    facts = [TimelineFact("task_done", NOON, account.pk, None, "deal", subject, {"task": "One"})]
    settle_timeline(acme.owner.ctx, [subject], facts)

    settle_timeline(
        acme.rep.ctx, [subject], [*facts, TimelineFact("task_done", NOON, account.pk, None, "deal", subject, {"task": "Two"})]
    )

    with enter(acme.owner.ctx.scope):
        assert sorted((entry.facts["task"], entry.actor_name) for entry in TimelineEntry.objects.all()) == [
            ("One", "Ana Müller"),
            ("Two", "Rep"),
        ]


def test_add_timeline_entries_twice_adds_once(acme):
    account = acme.account()
    fact = TimelineFact("task_done", NOON, account.pk, None, "deal", uuid7(), {"task": "One"})

    add_timeline_entries(acme.owner.ctx, [fact])
    add_timeline_entries(acme.owner.ctx, [fact])

    assert told(acme, account) == ["Done: <b>One</b> |  | "]


def test_timeline_of_many_lines_comes_in_pages_by_a_constant_number_of_queries(acme, django_assert_num_queries):
    account = acme.account()
    facts = [
        TimelineFact(
            "task_done",
            NOON + timedelta(hours=hour),
            account.pk,
            facts={"task": str(hour), "member": {"member": str(acme.owner.member_id)}},
        )
        for hour in range(70)
    ]
    add_timeline_entries(acme.owner.ctx, facts)
    ctx = acme.owner.ctx

    with enter(ctx.scope):
        with django_assert_num_queries(4):
            first = timeline_page(ctx, account_id=account.pk)
        second = timeline_page(ctx, account_id=account.pk, after=first["older"])
        third = timeline_page(ctx, account_id=account.pk, after=second["older"])

    assert [len(page["lines"]) for page in (first, second, third)] == [30, 30, 10]
    assert third["older"] == ""
