from __future__ import annotations

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from procrastinate.contrib.django.models import ProcrastinateJob

from tenure.workspace.actions.preview_import import preview_import
from tenure.workspace.actions.receive_import import AT_ONCE_BYTES, receive_import
from tenure.workspace.enums import ImportState
from tenure.workspace.imports.errors import ImportNotReady
from tenure.workspace.imports.plan import FilePlan
from tenure.workspace.jobs import bodies
from tenure.workspace.models import ImportFile, ImportRun
from tenure.workspace.scope import enter
from tests.workspace.imports.test_import_pages import address, text_of

PEOPLE, ACCOUNTS = b"id,full name,email,company\n1,Ida,ida@example.com,9\n", b"id,name,domain\n9,Alpha,alpha.example\n"


def received(company, *contents, records=("account", "")):
    given = zip(contents, records, strict=False)
    files = [(f"file-{number}.csv", io.BytesIO(content), FilePlan(record)) for number, (content, record) in enumerate(given)]
    return receive_import(company.owner.ctx, files, at_once=10)


def read(company):
    asked = ProcrastinateJob.objects.get(task_name="workspace.read_import").args
    bodies["workspace.read_import"](company.owner.ctx, **{name: value for name, value in asked.items() if name != "workspace"})
    with enter(company.owner.ctx.scope):
        return ImportRun.objects.get()


def test_big_files_are_read_by_a_job_and_become_a_draft_in_the_order_of_their_references(acme):
    waiting = received(acme, PEOPLE, ACCOUNTS, records=("person", "account"))
    page = acme.owner.client.get(address(acme, f"{waiting.pk}/"))
    columns = acme.owner.client.get(address(acme, f"{waiting.pk}/columns/"))

    done = read(acme)

    with enter(acme.owner.ctx.scope):
        files = list(ImportFile.objects.order_by("position").values_list("file__name", "record", "rows"))
    assert (waiting.state, "Reading the files" in text_of(page), columns.status_code) == (ImportState.READING, True, 303)
    assert (done.state, files) == (ImportState.DRAFT, [("file-1.csv", "account", 1), ("file-0.csv", "person", 1)])


def test_big_file_that_cannot_be_read_says_so_on_its_page(acme):
    run = received(acme, b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 20)

    read(acme)

    page = acme.owner.client.get(address(acme, f"{run.pk}/"))
    assert (page.status_code, "The file file-0.csv is neither CSV nor XLSX." in text_of(page)) == (200, True)


def test_big_files_that_are_being_read_cannot_be_previewed(acme):
    run = received(acme, ACCOUNTS)

    with pytest.raises(ImportNotReady):
        preview_import(acme.owner.ctx, run.pk)


def test_big_files_by_api_are_read_by_a_job(acme):
    api, big = acme.api_key(), ACCOUNTS + b"\n" * AT_ONCE_BYTES

    sent = api.post("/api/v1/imports", {"files": [SimpleUploadedFile("big.csv", big)]})
    early = api.post(f"{sent['Location']}/preview")

    assert (sent.status_code, sent.json()["state"], sent.json()["files"][0]["rows"]) == (201, "reading", None)
    assert (early.status_code, early.json()["code"]) == (409, "import_not_ready")
    with enter(acme.owner.ctx.scope):
        assert ProcrastinateJob.objects.filter(task_name="workspace.read_import").count() == 1


def test_big_files_that_were_read_are_previewed_by_api(acme):
    run = received(acme, ACCOUNTS)
    read(acme)

    answer = acme.api_key().post(f"/api/v1/imports/{run.pk}/preview")

    assert (answer.status_code, answer.json()["state"], answer.json()["created"]) == (200, "ready", 1)


def test_small_files_are_read_at_once(acme):
    run = receive_import(acme.owner.ctx, [("a.csv", io.BytesIO(ACCOUNTS), FilePlan())])

    assert run.state == ImportState.DRAFT
