"""Keys at endpoints: who is let in, how often, and what is noted of it."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.test import Client

from tenure.kernel import clock
from tenure.workspace.models import ApiKey, AuditLine
from tenure.workspace.scope import enter

WORKSPACE = "/api/v1/workspace"


def _key(acme) -> ApiKey:
    with enter(acme.owner.ctx.scope):
        return ApiKey.objects.get()


def test_key_that_is_revoked_is_not_let_in(acme):
    api = acme.api_key()
    with enter(acme.owner.ctx.scope):
        ApiKey.objects.update(revoked_at=clock.now())

    assert api.get(WORKSPACE).json()["code"] == "api_key_invalid"


def test_key_that_has_expired_is_not_let_in(acme):
    api = acme.api_key(expires_at=clock.now() - timedelta(seconds=1))

    assert api.get(WORKSPACE).json()["code"] == "api_key_invalid"


def test_key_scheme_is_read_in_any_case(acme):
    authorization = acme.api_key().defaults["HTTP_AUTHORIZATION"].replace("Bearer", "bearer")

    assert Client(headers={"Authorization": authorization}).get(WORKSPACE).status_code == 200


def test_key_of_somebody_signed_in_is_still_needed(acme):
    assert acme.owner.client.get(WORKSPACE).status_code == 401


def test_key_used_notes_the_day(acme):
    api = acme.api_key()

    api.get(WORKSPACE)

    assert _key(acme).last_used_on == clock.now().date()


def test_key_acts_under_its_own_name_in_the_audit(acme):
    api = acme.api_key()
    api.post("/api/v1/accounts", {"name": "Hollis"}, content_type="application/json", headers={"X-Request-Id": "request-78"})

    with enter(acme.owner.ctx.scope):
        line = AuditLine.objects.get(action="directory.create_account")
    assert (line.actor_kind, line.actor_id, line.request_id, line.address) == (
        "api_key",
        _key(acme).pk,
        "request-78",
        "127.0.0.1",
    )


def test_requests_beyond_the_quota_are_429_and_say_when_to_come_again(acme, settings):
    settings.API_REQUESTS_PER_MINUTE = 2
    api = acme.api_key()

    answers = [api.get(WORKSPACE) for _ in range(3)]

    # The window may turn over between two of the requests; then the third is the first of the next one.
    if [answer.status_code for answer in answers] == [200, 200, 200]:
        answers = [api.get(WORKSPACE) for _ in range(3)]
    assert answers[-1].status_code == 429
    assert 1 <= int(answers[-1]["Retry-After"]) <= 60
    assert [re.fullmatch(r'"key";r=(\d);t=\d+', answer["RateLimit"])[1] for answer in answers][-2:] == ["0", "0"]
    assert answers[-1]["RateLimit-Policy"] == '"key";q=2;w=60'


def test_requests_of_one_key_do_not_count_for_another(acme, settings):
    settings.API_REQUESTS_PER_MINUTE = 1
    acme.api_key().get(WORKSPACE)

    assert acme.api_key().get(WORKSPACE).status_code == 200


@pytest.mark.parametrize("count", [1, 3])
def test_endpoint_asks_a_constant_number_of_queries(acme, django_assert_num_queries, count):
    for number in range(count):
        acme.account(f"Hollis {number}", tags=["key"])
    api = acme.api_key()
    api.get("/api/v1/accounts")

    with django_assert_num_queries(20):
        answer = api.get("/api/v1/accounts")

    assert len(answer.json()["items"]) == count
