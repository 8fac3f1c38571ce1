"""The database refuses what the domain refuses, by whatever way a row comes."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from tenure.kernel import clock
from tenure.workspace.enums import GranteeKind, GrantScope
from tenure.workspace.models import Grant
from tenure.workspace.scope import enter
from tests.workspace.grants.people import below, colleague, give


@pytest.fixture
def tree(acme):
    """A grant on the Hollis group, and the accounts around it."""
    group = acme.account("Hollis Group")
    part, other = acme.account("Hollis Logistics", parent=group.pk), acme.account("Brandt")
    lead = colleague(acme, "Lead")
    end = clock.now() + timedelta(days=10)
    grant = give(acme.owner, lead, ["directory.*"], place=below(group.pk), may_delegate=1, expires_at=end)
    return grant, part, other


def write(acme, parent: Grant | None, **changes: object) -> Grant:
    """A grant row below `parent`, written past the domain."""
    columns: dict[str, object] = {
        "workspace": acme.workspace, "parent": parent, "grantee_kind": GranteeKind.MEMBER, "grantee_id": acme.viewer.member_id,
        "permissions": ["directory.view"], "scope": GrantScope.SUBTREE, "scope_account_id": parent and parent.scope_account_id,
        "expires_at": parent and parent.expires_at, "created_at": clock.now(),
    }  # fmt: skip
    with enter(acme.owner.ctx.scope), transaction.atomic():
        return Grant.objects.create(**(columns | changes))


def test_grant_row_within_its_parent_is_written(acme, tree):
    grant, part, _ = tree

    assert write(acme, grant, scope_account_id=part.pk).scope_account_id == part.pk


@pytest.mark.parametrize(
    "changes",
    [
        {"permissions": ["directory.view", "market.view"]},
        {"permissions": ["*"]},
        {"scope": GrantScope.WORKSPACE, "scope_account_id": None},
        {"scope": GrantScope.OWN, "scope_account_id": None},
        {"may_delegate": 1},
        {"expires_at": None},
    ],
    ids=str,
)
def test_grant_row_beyond_its_parent_is_refused(acme, tree, changes):
    with pytest.raises(IntegrityError, match="does not narrow"):
        write(acme, tree[0], **changes)


def test_grant_row_on_an_account_beside_is_refused(acme, tree):
    grant, _, other = tree

    with pytest.raises(IntegrityError, match="scope"):
        write(acme, grant, scope_account_id=other.pk)


def test_grant_row_for_somebody_above_is_refused(acme, tree):
    for member_id in (tree[0].grantee_id, acme.owner.member_id):
        with pytest.raises(IntegrityError, match="above them"):
            write(acme, tree[0], grantee_id=member_id)


def test_second_root_row_is_refused(acme):
    with pytest.raises(IntegrityError, match="one root"):
        write(acme, None, scope=GrantScope.WORKSPACE, permissions=["*"])


def test_grant_row_below_a_revoked_one_is_refused(acme, tree):
    with enter(acme.owner.ctx.scope):
        Grant.objects.filter(pk=tree[0].pk).update(revoked_at=clock.now())

    with pytest.raises(IntegrityError, match="revoked"):
        write(acme, tree[0])


@pytest.mark.parametrize(
    "changes",
    [
        {"parent": None},
        {"may_delegate": 0},
        {"expires_at": None},
        {"scope": GrantScope.WORKSPACE, "scope_account_id": None},
    ],
    ids=str,
)
def test_grant_row_changed_in_its_terms_is_refused(acme, tree, changes):
    with enter(acme.owner.ctx.scope), pytest.raises(IntegrityError, match="does not narrow"), transaction.atomic():
        Grant.objects.filter(pk=tree[0].pk).update(**changes)


def test_grant_row_cut_below_what_it_handed_on_is_refused(acme, tree):
    write(acme, tree[0])

    with enter(acme.owner.ctx.scope), pytest.raises(IntegrityError, match="below it"), transaction.atomic():
        Grant.objects.filter(pk=tree[0].pk).update(permissions=["directory.create_account"])


def test_revoked_grant_row_cannot_come_back(acme, tree):
    with enter(acme.owner.ctx.scope):
        Grant.objects.filter(pk=tree[0].pk).update(revoked_at=clock.now())

        with pytest.raises(IntegrityError, match="stays revoked"), transaction.atomic():
            Grant.objects.filter(pk=tree[0].pk).update(revoked_at=None)
