from __future__ import annotations

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from tenure.workspace.enums import ChangeSetState, ImportState
from tenure.workspace.models import ChangeSet, ImportRun, SavedImport
from tenure.workspace.scope import enter
from tests.workspace.imports.runs import accounts, drafted, imported

ACCOUNTS = b"id,name,employees,kind\n1,Alpha,10,Compny\n2,Beta,many,\n3,Gamma,3,Company\n3,Gamma,4,Company\n"


def address(company, rest=""):
    return f"/{company.workspace.slug}/imports/{rest}"


def upload(company, content=ACCOUNTS, name="accounts.csv", record=""):
    return company.owner.client.post(address(company, "new/"), {"files": [SimpleUploadedFile(name, content)], "record": record})


def the_run(company):
    with enter(company.owner.ctx.scope):
        return ImportRun.objects.select_related("change_set").get()


def text_of(response):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode()))


def columns_form(response):
    """What the form of the columns would send, as it stands."""
    page = response.content.decode()
    sent = {}
    for name, options in re.findall(r'<select[^>]* name="([^"]+)"[^>]*>(.*?)</select>', page, re.DOTALL):
        chosen = re.search(r'value="([^"]*)" selected', options)
        sent[name] = chosen[1] if chosen else re.search(r'value="([^"]*)"', options)[1]
    return sent


def test_upload_finds_out_what_the_rows_are_and_shows_the_columns(acme):
    response = upload(acme)

    run = the_run(acme)
    assert (response.status_code, response["Location"]) == (303, address(acme, f"{run.pk}/columns/"))
    page = acme.owner.client.get(response["Location"])
    sent = columns_form(page)
    assert [sent[name] for name in ("record", "match_by", "field-0", "field-1", "field-2", "field-3")] == [
        "account", "external_id", "external_id", "name", "employees", "kind",
    ]  # fmt: skip


def test_upload_of_what_is_no_table_says_so(acme):
    response = upload(acme, b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 20, "logo.csv")

    assert response.status_code == 422
    assert "The file logo.csv is neither CSV nor XLSX." in text_of(response)
    with enter(acme.owner.ctx.scope):
        assert ImportRun.objects.count() == 0


def test_import_from_upload_to_undo_through_the_pages(acme):
    client = acme.owner.client
    columns = upload(acme)["Location"]
    run = the_run(acme)

    sent = columns_form(client.get(columns)) | {"save_as": "Our CRM"}
    preview = client.get(client.post(columns, sent)["Location"])
    shown = text_of(preview)
    assert "use what is probably meant" in shown
    assert "did you mean Company" in shown

    problems = the_run(acme).preview["files"][0]["problems"]
    place = next(place for place, one in enumerate(problems) if one["code"] == "unknown_value")
    file_id = the_run(acme).preview["files"][0]["file"]
    answered = client.post(address(acme, f"{run.pk}/answers/"), {"answer": f"{file_id}:{place}:correct"})
    assert answered.status_code == 303
    assert the_run(acme).preview["created"] == 2

    started = client.post(address(acme, f"{run.pk}/starts/"))
    assert (started.status_code, the_run(acme).state) == (303, ImportState.STARTED)
    with enter(acme.owner.ctx.scope):
        assert SavedImport.objects.get().name == "Our CRM"


def test_import_run_page_when_done_offers_rows_to_mend_and_undo(acme):
    ctx = acme.owner.ctx
    change_set = imported(ctx, "id,name,employees\n1,Alpha,10\n2,Beta,many\n")
    run = the_run(acme)

    page = acme.owner.client.get(address(acme, f"{run.pk}/"))
    assert "1 row of accounts-1.csv could not be loaded." in text_of(page)
    errors = acme.owner.client.get(re.search(r'href="([^"]+/errors/)"', page.content.decode())[1])
    assert b"".join(errors.streaming_content).decode().splitlines()[0] == "tenure:row,tenure:problem,id,name,employees"

    undone = acme.owner.client.post(f"/{acme.workspace.slug}/changes/{change_set.pk}/undo/")
    assert (undone.status_code, accounts(ctx, "name")) == (303, [])


def test_change_set_page_shows_rows_before_and_after(acme):
    acme.account("Alpha", external_id="1", city="Bonn")
    change_set = imported(acme.owner.ctx, "id,name,city\n1,Alpha,Graz\n")

    page = acme.owner.client.get(f"/{acme.workspace.slug}/changes/{change_set.pk}/")

    assert "City: Bonn Graz" in text_of(page)


@pytest.mark.parametrize(
    "state", [ChangeSetState.RUNNING, ChangeSetState.INTERRUPTED, ChangeSetState.CANCELLED, ChangeSetState.UNDOING]
)
def test_import_run_page_in_every_state_opens(acme, state):
    change_set = imported(acme.owner.ctx, "id,name\n1,Alpha\n")
    with enter(acme.owner.ctx.scope):
        ChangeSet.objects.filter(pk=change_set.pk).update(state=state)

    assert acme.owner.client.get(address(acme, f"{the_run(acme).pk}/")).status_code == 200
    assert acme.owner.client.get(address(acme, f"{the_run(acme).pk}/progress/")).status_code == 200


def test_imports_page_with_one_and_three_runs_takes_the_same_queries(acme, django_assert_num_queries):
    drafted(acme.owner.ctx, "id,name\n1,Alpha\n")
    acme.owner.client.get(address(acme))
    with django_assert_num_queries(19):
        acme.owner.client.get(address(acme))
    for _ in range(2):
        drafted(acme.owner.ctx, "id,name\n1,Alpha\n")
    with django_assert_num_queries(19):
        acme.owner.client.get(address(acme))


def test_import_pages_for_viewer_and_stranger_are_closed(acme, stranger):
    run = drafted(acme.owner.ctx, "id,name\n1,Alpha\n")

    assert acme.viewer.client.get(address(acme)).status_code == 403
    assert stranger.owner.client.get(address(acme, f"{run.pk}/")).status_code == 404
    assert stranger.owner.client.get(f"/{stranger.workspace.slug}/imports/{run.pk}/").status_code == 404
