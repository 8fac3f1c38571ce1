from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine
from django.core import signing
from django.test import Client

from tenure.kernel import clock
from tenure.workspace.actions.open_workspace import new_workspace_context, open_workspace
from tenure.workspace.entry_links import entry_path
from tenure.workspace.models import AuditLine, User
from tenure.workspace.queries.entry import list_memberships
from tenure.workspace.scope import Scope, enter


@pytest.fixture
def founder(db) -> User:
    user = User.objects.create_user("ana@lumendesk.example", name="Ana Müller")
    open_workspace(new_workspace_context("Lumen Desk", slug="lumen-desk"), user)
    return user


def test_entry_link_signs_its_user_in_and_is_audited(founder):
    client = Client()

    answer = client.get(entry_path(founder))

    assert (answer.status_code, answer["Location"], answer["Cache-Control"]) == (
        303,
        "/",
        "max-age=0, no-cache, no-store, must-revalidate, private",
    )
    assert client.session["_auth_user_id"] == str(founder.pk)
    with enter(Scope(list_memberships(founder.pk)[0].workspace_id)):
        assert list(AuditLine.objects.filter(action="workspace.enter_by_link").values_list("actor_name", "subject_kind")) == [
            ("Ana Müller", "member")
        ]


def test_entry_link_used_once_is_spent(founder):
    path = entry_path(founder)
    Client().get(path)

    again = Client().get(path)

    assert again.status_code == 404
    assert "_auth_user_id" not in again.wsgi_request.session


def test_entry_link_of_another_made_before_a_sign_in_is_spent(founder):
    older, younger = entry_path(founder), entry_path(founder)
    Client().get(younger)

    assert Client().get(older).status_code == 404


def test_entry_link_older_than_a_day_is_refused(founder):
    path = entry_path(founder)

    with time_machine.travel(clock.now() + timedelta(days=1, minutes=1)):
        assert Client().get(path).status_code == 404


def test_entry_link_of_a_user_who_has_a_password_since_is_refused(founder):
    path = entry_path(founder)
    founder.set_password("correct horse battery")
    founder.save()

    assert Client().get(path).status_code == 404


@pytest.mark.parametrize(
    "token", ["x", "a:b:c", signing.dumps(["0", ""], salt="another")], ids=["word", "three words", "another salt"]
)
def test_entry_link_not_made_here_is_refused(db, token):
    assert Client().get(f"/enter/{token}/").status_code == 404


def test_entry_link_asked_for_by_head_is_not_used_up(founder):
    path = entry_path(founder)

    assert Client().head(path).status_code == 405
    assert Client().get(path).status_code == 303
