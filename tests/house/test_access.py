"""Every page and every operation, asked by everybody who must not get an answer, and by those who must. Rule: DESIGN.md, Safety.

Enumerated, never listed: a new page or operation is asked as soon as it has an address. Objects for its path: objects.py.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import pytest
from asgiref.sync import async_to_sync
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from tenure.config.api import PREFIX, api
from tenure.config.api_reference import body_schema, example_of
from tenure.workspace.domain.roles import EVERY_MEMBER
from tenure.workspace.enums import GrantScope
from tenure.workspace.models import OutboxEvent
from tenure.workspace.scope import enter
from tests.house.objects import BODIES, FORMS, NAMES, OBJECTS, PREPARED

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from django.http import HttpResponse

    from tenure.directory.models import Account
    from tests.fixtures_nats import NatsServer
    from tests.fixtures_store import RunningStore
    from tests.world import Company

WORKSPACE = "<slug:workspace>/"
PARAMETER = re.compile(r"[<{](?:\w+:)?(\w+)[>}]")
SECRET = "Hollis Logistics Secret"

# Addresses for which nobody needs to be anybody, said on purpose.
PUBLIC = {
    "",
    "start/",
    "metrics",
    "healthz",
    "enter/<str:token>/",
    "join/<str:secret>/",
    "accounts/",
    PREFIX,
    f"{PREFIX}docs",
    f"{PREFIX}docs/problems",
    "^api(?:/|$)",
}


@dataclass(frozen=True)
class Place:
    """A page below /<workspace>/."""

    route: str
    view: Any = field(hash=False)

    @property
    def permission(self) -> str | None:
        return getattr(self.view, "permission", None)

    def url(self, acme: Company, account: Account) -> str:
        return f"/{acme.workspace.slug}/{_filled(self.route, acme, account)}"

    @property
    def is_object(self) -> bool:
        return bool(set(PARAMETER.findall(self.route)) & set(OBJECTS))


def _filled(route: str, acme: Company, account: Account) -> str:
    def value(match: re.Match[str]) -> str:
        factory = (OBJECTS | NAMES).get(match[1])
        assert factory is not None, f"tests/house/objects.py knows no object for <{match[1]}> in {route}"
        return str(factory(acme, account))

    return PARAMETER.sub(value, route)


def _places(patterns: list[URLPattern | URLResolver], prefix: str) -> Iterator[Place]:
    for pattern in patterns:
        route = prefix + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from _places(pattern.url_patterns, route)
        else:
            yield Place(route, pattern.callback)


TOP = get_resolver().url_patterns
PLACES = [
    place
    for top in TOP
    if isinstance(top, URLResolver) and str(top.pattern) == WORKSPACE
    for place in _places(top.url_patterns, "")
]
DOCUMENT = api.get_openapi_schema()
OPERATIONS = [(method, path, described) for path, methods in DOCUMENT["paths"].items() for method, described in methods.items()]
# Pages and operations over product events ask the event store.
every_page = pytest.mark.parametrize("place", PLACES, ids=[place.route or "home" for place in PLACES])
every_operation = pytest.mark.parametrize(
    ("method", "path", "described"), OPERATIONS, ids=[described["operationId"] for _, _, described in OPERATIONS]
)


@pytest.fixture(autouse=True)
def running_engines(nats_server: NatsServer, store_server: RunningStore) -> None:
    """The stream and the event store, which some pages ask."""


@pytest.fixture
def secret(acme: Company) -> Account:
    """The account that only its own workspace, and nobody of another account, may know of."""
    return acme.account(SECRET)


@pytest.fixture
def outsider(acme: Company) -> Client:
    """An administrator of another account of the same workspace."""
    other = acme.account("Brightwater Clinics")
    return acme.member("Owner", name="Outsider", scope=GrantScope.SUBTREE, account=other).client


def _events(acme: Company) -> int:
    with enter(acme.owner.ctx.scope):
        return OutboxEvent.objects.count()


def test_addresses_outside_a_workspace_are_public_on_purpose():
    others = {str(top.pattern) for top in TOP if str(top.pattern) != WORKSPACE}

    assert sorted(others - PUBLIC) == []


def test_pages_all_declare_a_permission():
    assert [place.route for place in PLACES if place.permission is None] == []


@every_page
def test_page_is_kept_from_whoever_has_no_right_to_it(acme, stranger, outsider, secret, place):
    url = place.url(acme, secret)

    signed_out, strange, outside = ([client.get(url), client.post(url)] for client in (Client(), stranger.owner.client, outsider))

    assert [(one.status_code, one["Location"].partition("?")[0]) for one in signed_out] == [(302, "/accounts/login/")] * 2
    assert [one.status_code for one in strange] == [404, 404]
    if place.is_object:
        assert {one.status_code for one in outside} - {405} == {404}
    assert [one.status_code < 500 for one in outside] == [True, True]
    assert [_shows(one, SECRET) for one in outside] == [False, False]


@every_page
def test_page_by_viewer_reads_or_is_refused_and_changes_nothing(acme, secret, place):
    url, client, is_held = place.url(acme, secret), acme.viewer.client, acme.viewer.ctx.holds(str(place.permission))
    before = _events(acme)

    answers = [client.get(url).status_code, client.post(url).status_code]

    if is_held:
        assert set(answers) <= {200, 204, 302, 303, 403, 405, 422}
    else:
        assert answers == [403, 403]
    if place.permission not in EVERY_MEMBER:  # what anybody may do about themselves: their profile, leaving
        assert _events(acme) == before


@every_page
def test_page_by_owner_answers(acme, secret, place):
    url = place.url(acme, secret)

    answers = [acme.owner.client.get(url).status_code, acme.owner.client.post(url).status_code]

    assert set(answers) <= {200, 201, 204, 302, 303, 405, 409, 422}
    assert answers != [405, 405]


@every_operation
def test_operation_is_kept_from_whoever_has_no_right_to_it(acme, stranger, secret, method, path, described):
    keyless = [Client(headers={"Authorization": value} if value else {}) for value in ("", "Bearer tnr_wrong", "Basic eDp5")]
    ignorant = [stranger.api_key(), acme.api_key(account=acme.account("Brightwater Clinics"))]
    ask = _prepared(acme, secret, method, path, described)

    refused, answers = [ask(client) for client in keyless], [ask(client) for client in ignorant]

    assert [(one.status_code, one["WWW-Authenticate"].partition(" ")[0]) for one in refused] == [(401, "Bearer")] * 3
    for answer in answers:
        _assert_ignorant(answer, path, secret)


@every_operation
def test_operation_by_viewer_reads_or_is_403(acme, secret, method, path, described):
    client, ask = acme.api_key("*.view"), _prepared(acme, secret, method, path, described)
    before = _events(acme)

    answer = ask(client)

    assert answer.status_code == (200 if described["x-permission"].endswith(".view") else 403)
    assert _events(acme) == before


@every_operation
def test_operation_by_owner_answers_as_the_document_says(acme, secret, method, path, described):
    answer = _prepared(acme, secret, method, path, described)(acme.api_key())

    assert answer.status_code == min(int(status) for status in described["responses"] if int(status) < 300)


def _prepared(
    acme: Company, secret: Account, method: str, path: str, described: dict[str, Any]
) -> Callable[[Client], HttpResponse]:
    """What asks the operation, once its objects are there."""
    filled = _filled(path, acme, secret)
    operation = described["operationId"]
    if operation in PREPARED:
        PREPARED[operation](acme, filled)
    if operation in FORMS:
        return lambda client: client.post(filled, FORMS[operation]())
    schema = body_schema(described)
    example = example_of(DOCUMENT, schema, only_needed=True) if schema else None
    body = BODIES[operation](acme, secret) if operation in BODIES else example
    content = {"data": json.dumps(body, default=str), "content_type": "application/json"} if body is not None else {}
    return lambda client: client.generic(method.upper(), filled, **content)


def _assert_ignorant(answer: HttpResponse, path: str, secret: Account) -> None:
    if set(PARAMETER.findall(path)) & set(OBJECTS):
        assert answer.status_code == 404
    assert answer.status_code < 500
    told = {SECRET, str(secret.pk)} - set(answer.request["PATH_INFO"].split("/"))
    assert [text for text in told if _shows(answer, text)] == []


def _shows(answer: HttpResponse, text: str) -> bool:
    content = async_to_sync(_streamed)(answer) if answer.streaming else answer.content
    return text in content.decode()


async def _streamed(answer: HttpResponse) -> bytes:
    return b"".join([block async for block in answer.streaming_content])
