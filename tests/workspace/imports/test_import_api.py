from __future__ import annotations

import json

from django.core.files.uploadedfile import SimpleUploadedFile

from tenure.workspace.imports.run import carry_out
from tenure.workspace.models import ImportRun
from tenure.workspace.scope import enter
from tests.workspace.imports.runs import accounts

IMPORTS = "/api/v1/imports"
ACCOUNTS = b"id,name,employees\n1,Alpha,10\n2,Beta,many\n"


def sent(api, plan=None, content=ACCOUNTS):
    body = {"files": [SimpleUploadedFile("accounts.csv", content)], "plan": json.dumps(plan) if plan else ""}
    return api.post(IMPORTS, body)


def carried_out(company, run_id):
    with enter(company.owner.ctx.scope):
        run = ImportRun.objects.get(pk=run_id)
    carry_out(company.owner.ctx, run.pk, run.attempt)


def test_create_import_answers_with_the_preview_and_its_address(acme):
    api = acme.api_key("*")

    response = sent(api)

    told = response.json()
    assert (response.status_code, response["Location"]) == (201, f"{IMPORTS}/{told['id']}")
    assert (told["state"], told["created"], told["failed"], told["change_set"]) == ("ready", 1, 1, None)
    assert [(one["record"], one["problems"][0]["code"], one["problems"][0]["answers"]) for one in told["files"]] == [
        ("account", "not_a_number", ["fail", "skip", "empty"])
    ]


def test_import_from_sending_to_undo_over_the_api(acme):
    api = acme.api_key("*")
    run = sent(api, {"record": "account", "columns": {"id": "external_id", "name": "name", "employees": "employees"}}).json()

    columns = {
        "id": {"field": "external_id"},
        "name": {"field": "name"},
        "employees": {"field": "employees", "unreadable": "empty"},
    }
    changed = api.put(
        f"{IMPORTS}/{run['id']}/files/{run['files'][0]['id']}/plan",
        {"record": "account", "columns": columns},
        content_type="application/json",
    )
    assert (changed.status_code, changed.json()["created"], changed.json()["failed"]) == (200, 2, 0)

    assert api.post(f"{IMPORTS}/{run['id']}/start").json()["change_set"]["state"] == "running"
    carried_out(acme, run["id"])
    told = api.get(f"{IMPORTS}/{run['id']}").json()
    assert (told["change_set"]["state"], told["created"]) == ("done", 2)

    undone = api.post(f"{IMPORTS}/{run['id']}/undo")
    assert (undone.status_code, undone.json()["undone"], accounts(acme.owner.ctx, "name")) == (200, 2, [])


def test_import_errors_over_the_api_are_a_file_of_the_input_s_kind(acme):
    api = acme.api_key("*")
    run = sent(api).json()
    api.post(f"{IMPORTS}/{run['id']}/start")
    carried_out(acme, run["id"])

    response = api.get(f"{IMPORTS}/{run['id']}/files/{run['files'][0]['id']}/errors")

    assert response["Content-Disposition"] == 'attachment; filename="accounts-errors.csv"'
    lines = b"".join(response.streaming_content).decode().splitlines()
    assert (lines[0], len(lines)) == ("tenure:row,tenure:problem,id,name,employees", 2)


def test_import_started_twice_or_cancelled_when_done_is_refused(acme):
    api = acme.api_key("*")
    run = sent(api).json()
    api.post(f"{IMPORTS}/{run['id']}/start")
    carried_out(acme, run["id"])

    assert [api.post(f"{IMPORTS}/{run['id']}/{verb}").status_code for verb in ("start", "cancel", "resume")] == [409, 409, 409]


def test_import_with_plan_that_is_none_is_refused(acme):
    api = acme.api_key("*")

    assert sent(api, {"record": "planet"}).json()["code"] == "record_unknown"
    assert sent(api, {"shape": "round"}).json()["code"] == "plan_invalid"
    assert api.post(IMPORTS, {"files": [SimpleUploadedFile("a.csv", ACCOUNTS)], "plan": "[]"}).json()["code"] == "plan_invalid"


def test_import_of_another_workspace_is_not_there(acme, stranger):
    run = sent(acme.api_key("*")).json()

    assert stranger.api_key("*").get(f"{IMPORTS}/{run['id']}").status_code == 404


def test_saved_import_over_the_api_fits_the_next_file(acme):
    api = acme.api_key("*")
    plan = {"record": "account", "columns": {"Key": {"field": "external_id"}, "Firm": {"field": "name"}}}
    saved = api.post(
        "/api/v1/saved-imports", {"name": "Firms", "plan": plan, "header": ["Key", "Firm"]}, content_type="application/json"
    )
    assert saved.status_code == 201

    run = sent(api, content=b"Key,Firm\n1,Alpha\n").json()

    assert run["files"][0]["plan"]["columns"]["Firm"]["field"] == "name"
    assert [one["name"] for one in api.get("/api/v1/saved-imports").json()["items"]] == ["Firms"]
