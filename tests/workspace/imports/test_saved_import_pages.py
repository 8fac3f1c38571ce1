from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from procrastinate.contrib.django.models import ProcrastinateJob

from tenure.kernel.errors import NotFound
from tenure.workspace.actions.run_saved_import import run_saved_import
from tenure.workspace.actions.save_import import SavedFrom, save_import
from tenure.workspace.actions.switch_off_saved_import import switch_off_saved_import, switch_on_saved_import
from tenure.workspace.actions.update_saved_import import update_saved_import
from tenure.workspace.imports.errors import RequiredFieldMissing, SavedNameTaken
from tenure.workspace.imports.plan import FilePlan
from tenure.workspace.imports.sources import SourceInvalid
from tenure.workspace.jobs import bodies
from tenure.workspace.models import ImportRun, SavedImport
from tenure.workspace.scope import enter
from tests.workspace.imports.runs import accounts
from tests.workspace.imports.test_import_pages import address, columns_form, text_of
from tests.workspace.imports.test_saved_imports import HEADER, PLAN, put

FOLDER = SavedFrom("folder", "firms", 30)


@pytest.fixture
def inbox(settings, tmp_path):
    settings.IMPORT_FOLDER = tmp_path
    return tmp_path


@pytest.fixture
def saved(acme, inbox):
    return save_import(acme.owner.ctx, "Firms", PLAN, HEADER, source="folder", place="firms", every_minutes=5)


def test_saved_import_changed_is_due_by_its_new_schedule(acme, saved):
    ctx = acme.owner.ctx
    plan = FilePlan.from_dict({"record": "account", "columns": {"Firm": "name"}})

    changed = update_saved_import(ctx, saved.pk, name="Companies", plan=plan, source=FOLDER)

    assert (changed.name, list(changed.plan["columns"]), changed.every_minutes) == ("Companies", ["Firm"], 30)
    assert timedelta(minutes=29) < changed.next_run_at - ctx.now() <= timedelta(minutes=30)
    due = ProcrastinateJob.objects.filter(task_name="workspace.run_saved_import").order_by("-id").first()
    assert due.args["due"] == changed.next_run_at.isoformat()


def test_saved_import_with_a_mapping_that_lacks_a_needed_field_is_refused(acme, saved):
    plan = FilePlan.from_dict({"record": "account", "columns": {"Key": "external_id"}})

    with pytest.raises(RequiredFieldMissing):
        update_saved_import(acme.owner.ctx, saved.pk, name="Firms", plan=plan, source=FOLDER)


def test_saved_import_cannot_take_the_name_of_another(acme, saved):
    save_import(acme.owner.ctx, "Others", PLAN, HEADER)

    with pytest.raises(SavedNameTaken):
        update_saved_import(acme.owner.ctx, saved.pk, name="Others", plan=PLAN, source=FOLDER)


def test_saved_import_switched_off_is_not_due_until_it_is_switched_on(acme, saved):
    ctx = acme.owner.ctx

    resting = switch_off_saved_import(ctx, saved.pk)
    edited = update_saved_import(ctx, saved.pk, name="Firms", plan=PLAN, source=FOLDER)
    going = switch_on_saved_import(ctx, saved.pk)

    assert (resting.next_run_at, edited.next_run_at, going.switched_off_at) == (None, None, None)
    assert timedelta(minutes=29) < going.next_run_at - ctx.now() <= timedelta(minutes=30)


def test_saved_import_run_now_imports_what_the_folder_holds_and_is_listed(acme, saved, inbox):
    ctx = acme.owner.ctx
    put(inbox / ctx.workspace.slug / "firms", "monday.csv")

    run_saved_import(ctx, saved.pk)
    asked = ProcrastinateJob.objects.get(task_name="workspace.import_from_source").args
    bodies["workspace.import_from_source"](ctx, **{name: value for name, value in asked.items() if name != "workspace"})

    page = acme.owner.client.get(address(acme, f"saved/{saved.pk}/"))
    assert accounts(ctx, "external_id", "name") == [("1", "Alpha"), ("2", "Beta")]
    assert "Firms: monday.csv" in text_of(page)


def test_saved_import_of_files_given_by_hand_cannot_be_run(acme):
    by_hand = save_import(acme.owner.ctx, "By hand", PLAN, HEADER)

    with pytest.raises(SourceInvalid):
        run_saved_import(acme.owner.ctx, by_hand.pk)


def test_saved_import_page_changes_mapping_source_and_schedule(acme, saved):
    url = address(acme, f"saved/{saved.pk}/")
    shown = acme.owner.client.get(url)
    sent = columns_form(shown) | {"name": "Companies", "source": "none", "place": "", "every_minutes": "", "field-0": ""}

    done = acme.owner.client.post(url, sent)

    with enter(acme.owner.ctx.scope):
        changed = SavedImport.objects.get(pk=saved.pk)
    assert (done.status_code, changed.name, list(changed.plan["columns"])) == (303, "Companies", ["Firm"])
    assert (changed.source, changed.every_minutes, changed.next_run_at) == ("none", None, None)


def test_saved_import_page_says_what_is_wrong_with_a_source(acme, saved):
    url = address(acme, f"saved/{saved.pk}/")
    sent = columns_form(acme.owner.client.get(url)) | {
        "name": "Firms",
        "source": "folder",
        "place": "../etc",
        "every_minutes": "5",
    }

    refused = acme.owner.client.post(url, sent)

    assert refused.status_code == 422
    assert "../etc cannot be the source of an import" in text_of(refused)


def test_saved_import_switch_and_run_through_the_page(acme, saved):
    off = acme.owner.client.post(address(acme, f"saved/{saved.pk}/rests/"))
    shown = text_of(acme.owner.client.get(address(acme, f"saved/{saved.pk}/")))
    ran = acme.owner.client.post(address(acme, f"saved/{saved.pk}/runs/"))
    on = acme.owner.client.post(address(acme, f"saved/{saved.pk}/rests/"), {"on": "1"})

    assert ([one.status_code for one in (off, ran, on)], "Switched off" in shown) == ([303, 303, 303], True)
    with enter(acme.owner.ctx.scope):
        assert SavedImport.objects.get(pk=saved.pk).switched_off_at is None


def test_file_brought_to_a_saved_import_is_read_as_it_says(acme):
    by_hand = save_import(acme.owner.ctx, "By hand", PLAN, HEADER)
    given = {"files": [SimpleUploadedFile("firms.csv", b"Key,Firm\n7,Zeta\n")], "saved": str(by_hand.pk)}

    sent = acme.owner.client.post(address(acme, "new/"), given)

    with enter(acme.owner.ctx.scope):
        assert (sent.status_code, ImportRun.objects.get().saved_id) == (303, by_hand.pk)


def test_saved_import_for_stranger_is_not_there(acme, stranger, saved):
    with pytest.raises(NotFound):
        switch_off_saved_import(stranger.owner.ctx, saved.pk)
