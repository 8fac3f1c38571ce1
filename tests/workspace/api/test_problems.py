"""Whatever the API refuses, it says as a problem (RFC 9457), with where in the input it is."""

from __future__ import annotations

import json

import pytest
from django.test import Client
from django.urls import get_resolver

from tenure.config.api_docs import list_problems

ACCOUNTS = "/api/v1/accounts"


@pytest.fixture
def api(acme) -> Client:
    return acme.api_key()


def _brief(answer) -> tuple[int, str, str]:
    return answer.status_code, answer.json()["code"], answer["Content-Type"]


def _refused(status: int, code: str) -> tuple[int, str, str]:
    return status, code, "application/problem+json"


def test_problem_has_every_member_of_the_schema(api):
    answer = api.get(f"{ACCOUNTS}?colour=red", headers={"X-Request-Id": "request-77"})

    assert answer.json() == {
        "type": "/api/v1/docs/problems#field_unknown",
        "title": "Field unknown",
        "status": 422,
        "detail": "There is no field colour in this list.",
        "instance": "/api/v1/accounts",
        "code": "field_unknown",
        "request_id": "request-77",
        "errors": [{"detail": "There is no field colour in this list.", "parameter": "colour"}],
    }


def test_problem_type_leads_to_a_text_about_it(api):
    kind = api.get("/api/v1/nothing").json()["type"]

    page = Client().get(kind.partition("#")[0])

    assert (page.status_code, page.content.decode().count(f'id="{kind.partition("#")[2]}"')) == (200, 1)


@pytest.mark.parametrize(
    ("method", "path", "status", "code"),
    [
        ("GET", "/api", 404, "address_unknown"),
        ("GET", "/api/v2/accounts", 404, "address_unknown"),
        ("POST", "/api/v1/nothing", 404, "address_unknown"),
        ("GET", f"{ACCOUNTS}/not-an-id", 404, "address_unknown"),
        ("PUT", ACCOUNTS, 405, "method_not_allowed"),
        ("GET", f"{ACCOUNTS}?limit=201", 422, "page_size_invalid"),
        ("GET", f"{ACCOUNTS}?limit=many", 422, "page_size_invalid"),
        ("GET", f"{ACCOUNTS}?employees=many", 422, "filter_invalid"),
        ("GET", f"{ACCOUNTS}?after=%25", 422, "cursor_invalid"),
        ("GET", f"{ACCOUNTS}?sort=colour", 422, "field_unknown"),
        ("GET", f"{ACCOUNTS}?q=%00", 422, "value_out_of_range"),
    ],
)
def test_request_that_is_wrong_by_itself_is_a_problem(api, method, path, status, code):
    assert _brief(api.generic(method, path)) == _refused(status, code)


@pytest.mark.parametrize(
    ("body", "kind", "status", "code"),
    [
        (b"{", "application/json", 400, "body_malformed"),
        (b"", "application/json", 422, "invalid"),
        (b'{"name": NaN}', "application/json", 400, "body_malformed"),
        (b"\xff\xfe", "application/json", 400, "body_malformed"),
        (b"[" * 100_000, "application/json", 400, "body_malformed"),
        (b'{"name": "a\\u0000b"}', "application/json", 422, "value_out_of_range"),
        (b'{"name": "\\ud800"}', "application/json", 422, "value_out_of_range"),
        (b'{"name": "Hollis"}', "text/plain", 415, "media_type_unsupported"),
        (b'{"name": "' + b"a" * 1024 * 1024 + b'"}', "application/json", 413, "body_too_large"),
        (b'{"name": "   "}', "application/json", 422, "name_missing"),
        (b'{"name": "Hollis", "employees": 3000000000}', "application/json", 422, "invalid"),
        (b'["Hollis"]', "application/json", 422, "invalid"),
    ],
)
def test_body_that_cannot_be_read_is_a_problem(api, body, kind, status, code):
    assert _brief(api.post(ACCOUNTS, body, content_type=kind)) == _refused(status, code)


def test_body_with_several_faults_points_at_each(api):
    body = {"employees": -1, "tags": ["a", 7], "colour": "red"}

    errors = api.post(ACCOUNTS, json.dumps(body), content_type="application/json").json()["errors"]

    assert [error["pointer"] for error in errors] == ["#/name", "#/employees", "#/tags/1", "#/colour"]


def test_method_not_allowed_names_those_that_are(api):
    assert api.put(ACCOUNTS)["Allow"] == "GET, POST"


def test_key_that_came_with_nothing_is_challenged_otherwise_than_a_wrong_one(acme):
    del acme
    nothing, wrong = Client().get(ACCOUNTS), Client(headers={"Authorization": "Bearer tnr_wrong"}).get(ACCOUNTS)

    assert (nothing["WWW-Authenticate"], wrong["WWW-Authenticate"]) == (
        'Bearer realm="Tenure"',
        'Bearer realm="Tenure", error="invalid_token"',
    )


def test_mistake_of_ours_is_a_problem_without_a_word_of_its_cause(acme, monkeypatch):
    client = acme.api_key()
    client.raise_request_exception = False
    monkeypatch.setattr("tenure.directory.api.accounts.get_account", lambda *_, **__: 1 / 0)

    answer = client.get(f"{ACCOUNTS}/{acme.workspace.pk}")

    assert _brief(answer) == _refused(500, "internal_error")
    assert answer.content.decode().count("ZeroDivision") == 0


def test_detail_is_in_the_language_asked_for(acme):
    answer = acme.api_key().get("/api/v1/nothing", headers={"Accept-Language": "es"})

    assert answer["Content-Language"] == "es"


def test_problems_page_tells_every_code_once():
    codes = [problem["code"] for problem in list_problems()]

    assert codes == sorted(set(codes))
    assert get_resolver().resolve("/api/v1/docs/problems").url_name == "api_problems"
