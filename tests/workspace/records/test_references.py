"""Ids of another workspace, of another account, or of nothing: a record cannot point at what its writer may not reach."""

from __future__ import annotations

from uuid import uuid4

import pytest

from tenure.directory.actions.create_account import create_account
from tenure.directory.actions.create_person import create_person
from tenure.directory.actions.update_account import update_account
from tenure.directory.models import Account
from tenure.workspace.enums import GrantScope
from tenure.workspace.errors import OutOfReach, ReferenceUnknown
from tenure.workspace.scope import enter


@pytest.fixture
def outsider(acme):
    """An administrator of one account."""
    return acme.member("Owner", name="Outsider", scope=GrantScope.SUBTREE, account=acme.account("Brightwater"))


def _own_account(acme) -> Account:
    with enter(acme.owner.ctx.scope):
        return Account.objects.get(name="Brightwater")


def test_create_account_below_one_of_another_workspace_is_refused(acme, stranger):
    other = stranger.account()

    with pytest.raises(ReferenceUnknown) as refused:
        create_account(acme.owner.ctx, {"name": "Hollis", "parent": other.pk})

    assert [problem.field for problem in refused.value.errors] == ["parent"]


@pytest.mark.parametrize("field", ["parent", "segment", "owner"])
def test_update_account_to_refer_to_nothing_is_refused(acme, field):
    account = acme.account()

    with pytest.raises(ReferenceUnknown) as refused:
        update_account(acme.owner.ctx, account.pk, {field: uuid4()})

    assert [problem.field for problem in refused.value.errors] == [field]


def test_create_account_by_outsider_stands_below_their_own_or_nowhere(acme, outsider):
    own, other = _own_account(acme), acme.account("Hollis")

    made = create_account(outsider.ctx, {"name": "Branch", "parent": own.pk})
    with pytest.raises(OutOfReach):
        create_account(outsider.ctx, {"name": "Root"})
    with pytest.raises(ReferenceUnknown):
        create_account(outsider.ctx, {"name": "Branch", "parent": other.pk})

    assert made.parent_id == own.pk


def test_update_account_by_outsider_does_not_move_it_out_of_their_reach(acme, outsider):
    branch = acme.account("Branch", parent=_own_account(acme).pk)

    with pytest.raises(OutOfReach):
        update_account(outsider.ctx, branch.pk, {"parent": None})


def test_create_person_by_outsider_belongs_to_their_own_account(acme, outsider):
    own, other = _own_account(acme), acme.account("Hollis")

    made = create_person(outsider.ctx, {"name": "Ana", "account": own.pk})
    with pytest.raises(ReferenceUnknown):
        create_person(outsider.ctx, {"name": "Ben", "account": other.pk})

    assert made.account_id == own.pk
