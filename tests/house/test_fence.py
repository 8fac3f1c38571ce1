"""The fence alone: no scope, SQL by hand, as the role the app has. Every table, every function with its owner's rights."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import uuid4

import pytest
from django.db import IntegrityError, ProgrammingError, connection, transaction

from tenure.workspace.actions.create_api_key import create_api_key
from tenure.workspace.actions.invite_member import invite_member
from tenure.workspace.fence import scoped_models
from tenure.workspace.models import Grant, Member, Role
from tenure.workspace.scope import Scope, enter

if TYPE_CHECKING:
    from uuid import UUID

# What every function that runs with its owner's rights is asked here by somebody who should learn nothing from it.
ASKED_BY_A_STRANGER = {
    "find_membership": ("SELECT * FROM find_membership(%s, %s)", ("slug", "user")),
    "list_memberships": ("SELECT * FROM list_memberships(%s)", ("user",)),
    "find_api_key": ("SELECT * FROM find_api_key(%s)", ("digest",)),
    "find_source": ("SELECT * FROM find_source(%s)", ("digest",)),
    "find_invitation": ("SELECT * FROM find_invitation(%s)", ("digest",)),
}
# What Tenure itself asks across workspaces, about no one of them: opaque ids of those with work to do, their day and clock, ages in seconds,
# places in the stream.
ASKED_BY_TENURE = {
    "list_consumer_lags",
    "list_consumer_sequences",
    "list_reader_positions",
    "list_settled_days",
    "list_workspaces_behind",
    "list_workspaces_with_fresh_ties",
    "outbox_fence_age",
}

_DEFINERS = """
SELECT p.proname, p.proconfig, pg_get_userbyid(p.proowner)
FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace
WHERE n.nspname = 'public' AND p.prosecdef ORDER BY p.proname
"""


@pytest.fixture
def filled(acme):
    """A workspace with rows in what this room can fill by itself."""
    acme.rep, acme.viewer  # noqa: B018 - asking for them makes them
    account = acme.account("Hollis Logistics", tags=["key"])
    create_api_key(acme.owner.ctx, "Sync", ["directory.view"])
    with enter(acme.owner.ctx.scope):
        role = Role.objects.get(name="Viewer")
    invite_member(acme.owner.ctx, "eva@acme.example", role)
    return account


def tables() -> list[str]:
    return sorted(model._meta.db_table for model in scoped_models())


def counts(workspace: UUID | str, accounts: str = "") -> dict[str, int]:
    """Rows seen per table, with the scope set by hand as a stray connection could."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT set_config('tenure.workspace', %s, true), set_config('tenure.accounts', %s, true)", [str(workspace), accounts]
        )
        found = {}
        for table in tables():
            cursor.execute(f'SELECT count(*) FROM "{table}"')
            found[table] = cursor.fetchone()[0]
    return {table: number for table, number in found.items() if number}


def test_fence_without_a_scope_shows_nothing(filled):
    assert counts("") == {}


def test_fence_shows_a_stranger_nothing_of_the_company(acme, filled, stranger):
    assert counts(acme.workspace.pk)["directory_account"] == 1

    counts(stranger.workspace.pk)  # leaves the stranger's scope set
    with connection.cursor() as cursor:
        for table in tables():
            column = "id" if table == "workspace_workspace" else "workspace_id"
            cursor.execute(f'SELECT count(*) FROM "{table}" WHERE {column} = %s', [acme.workspace.pk])
            assert (table, cursor.fetchone()[0]) == (table, 0)


def test_fence_shows_an_outsider_only_their_account_and_the_workspace(acme, filled):
    other = acme.account("Brandt")

    seen = counts(acme.workspace.pk, f"{{{other.pk}}}")

    with connection.cursor() as cursor:
        for model in scoped_models():
            table, column = model._meta.db_table, model.fence_account
            if table not in seen or model.fence_shared:
                continue
            assert column is not None
            cursor.execute(f'SELECT count(*) FROM "{table}" WHERE {column} IS DISTINCT FROM %s', [other.pk])
            assert (table, cursor.fetchone()[0]) == (table, 0)


def test_fence_refuses_rows_for_another_workspace(acme, stranger):
    with enter(Scope(stranger.workspace.pk)):
        moved = Member.objects.filter(pk=stranger.owner.member_id)
        with pytest.raises(ProgrammingError, match="row-level security"), transaction.atomic():
            moved.update(workspace_id=acme.workspace.pk)


def test_functions_with_their_owners_rights_are_listed_and_fixed(db):
    with connection.cursor() as cursor:
        cursor.execute(_DEFINERS)
        found = cursor.fetchall()

    assert sorted(name for name, *_ in found) == sorted({*ASKED_BY_A_STRANGER, *ASKED_BY_TENURE})
    for name, config, owner in found:
        assert (name, owner) == (name, "tenure_owner")
        assert any(setting.startswith("search_path=") for setting in config or ()), name


@pytest.mark.parametrize("name", sorted(ASKED_BY_A_STRANGER))
def test_function_with_its_owners_rights_tells_a_stranger_nothing(acme, filled, stranger, name):
    text, needs = ASKED_BY_A_STRANGER[name]
    facts = {"slug": acme.workspace.slug, "user": stranger.owner.user.pk, "digest": bytes(32), "id": uuid4()}
    with enter(stranger.owner.ctx.scope), connection.cursor() as cursor:
        cursor.execute(text, [facts[need] for need in needs])
        rows = cursor.fetchall()

    assert [row for row in rows if acme.workspace.pk in row] == []


def test_grants_of_another_workspace_cannot_be_parents(acme, stranger):
    with enter(acme.owner.ctx.scope):
        root = Grant.objects.get(parent=None)
        member = acme.viewer.member_id
    with enter(stranger.owner.ctx.scope), pytest.raises(IntegrityError, match="parent is not there"), transaction.atomic():
        Grant.objects.create(
            workspace=stranger.workspace,
            parent_id=root.pk,
            grantee_kind="member",
            grantee_id=member,
            permissions=["*"],
            created_at=root.created_at,
        )
