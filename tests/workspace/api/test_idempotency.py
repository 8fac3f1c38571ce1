"""A POST that is sent twice is done once and answered twice; also when both come at the same moment."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connections
from django.test import Client, RequestFactory

from tenure.directory.models import Account
from tenure.workspace.endpoints.idempotency import KEPT_HOURS, fingerprint_of
from tenure.workspace.models import IdempotentReply
from tenure.workspace.scope import enter

ACCOUNTS = "/api/v1/accounts"


def _post(client: Client, key: str, name: str = "Hollis"):
    return client.post(ACCOUNTS, {"name": name}, content_type="application/json", headers={"Idempotency-Key": key})


def _count(acme) -> int:
    with enter(acme.owner.ctx.scope):
        return Account.objects.count()


def test_post_again_with_the_same_key_gets_the_same_reply(acme):
    api = acme.api_key()

    first, again = _post(api, "k-1"), _post(api, '"k-1"')

    assert (again.status_code, again.content, again["Location"], again["ETag"]) == (201, first.content, first["Location"], '"1"')
    assert ("Idempotency-Replayed" in first, again["Idempotency-Replayed"], _count(acme)) == (False, "true", 1)


def test_post_of_something_else_with_the_same_key_is_refused(acme):
    api = acme.api_key()
    _post(api, "k-1")

    other = _post(api, "k-1", "Brightwater")

    assert (other.status_code, other.json()["code"], _count(acme)) == (422, "idempotency_key_reused", 1)


def test_post_with_the_same_key_of_another_api_key_is_another_request(acme):
    _post(acme.api_key(), "k-1")

    other = _post(acme.api_key(), "k-1")

    assert (other.status_code, "Idempotency-Replayed" in other, _count(acme)) == (201, False, 2)


def test_post_that_was_refused_may_be_tried_again(acme):
    acme.account(external_id="A-1")
    api = acme.api_key()
    body = {"name": "Hollis", "external_id": "A-1"}
    ask = {"content_type": "application/json", "headers": {"Idempotency-Key": "k-1"}}

    refused = api.post(ACCOUNTS, body, **ask)
    mended = api.post(ACCOUNTS, body | {"external_id": "A-2"}, **ask)

    assert (refused.status_code, mended.status_code) == (409, 201)


@pytest.mark.parametrize("key", ["", "two words", "ü", "k" * 256, '""'])
def test_post_with_a_malformed_key_is_400(acme, key):
    answer = _post(acme.api_key(), key)

    assert (answer.status_code, answer.json()["code"]) == (400, "idempotency_key_malformed")


def test_reply_older_than_a_day_is_forgotten(acme):
    api = acme.api_key()
    _post(api, "k-1")
    with enter(acme.owner.ctx.scope):
        kept = IdempotentReply.objects.get()
        kept.created_at -= timedelta(hours=KEPT_HOURS, minutes=1)
        kept.save()

    again = _post(api, "k-1")

    assert ("Idempotency-Replayed" in again, _count(acme)) == (False, 2)


def test_fingerprint_of_a_form_does_not_depend_on_its_seams():
    def form(content: bytes):
        return RequestFactory().post("/api/v1/imports", {"record": "account", "file": SimpleUploadedFile("a.csv", content)})

    same, again, other = form(b"name\nHollis"), form(b"name\nHollis"), form(b"name\nBrightwater")
    again.META["CONTENT_TYPE"] = same.META["CONTENT_TYPE"]

    assert fingerprint_of(same) == fingerprint_of(again)
    assert fingerprint_of(same) != fingerprint_of(other)


@pytest.mark.django_db(transaction=True)
def test_posts_at_the_same_moment_on_real_connections_are_done_once(acme):
    api = acme.api_key()
    authorization = api.defaults["HTTP_AUTHORIZATION"]
    rounds, at_once = 5, 8
    gate = threading.Barrier(at_once)

    def ask(key: str):
        try:
            gate.wait(timeout=30)
            return _post(Client(headers={"Authorization": authorization}), key)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(at_once) as pool:
        for number in range(rounds):
            answers = list(pool.map(ask, [f"round-{number}"] * at_once))
            made = {answer.content for answer in answers if answer.status_code == 201}
            assert {answer.status_code for answer in answers} <= {201, 409}
            assert len(made) == 1

    assert _count(acme) == rounds
