from __future__ import annotations

import pytest

from tenure.directory.actions.create_account import create_account
from tenure.directory.actions.update_account import update_account
from tenure.directory.errors import AccountLoop
from tenure.directory.models import Account
from tenure.directory.queries.accounts import get_account
from tenure.kernel.errors import NotFound
from tenure.workspace.errors import PermissionMissing
from tenure.workspace.models import AccountPath, AuditLine, ChangeSet
from tenure.workspace.scope import OutsideScope, enter


def test_create_account_by_owner_writes_row_event_and_audit(acme):
    account = create_account(
        acme.owner.ctx, {"name": "Hollis Logistics GmbH", "domain": "https://www.hollis.example/de", "tags": ["a"]}
    )

    assert (account.name_key, account.domain_key) == ("hollis logistics", "hollis.example")
    assert acme.event_types() == ["directory.account_created"]
    with enter(acme.owner.ctx.scope):
        assert [line.action for line in AuditLine.objects.order_by("at")] == [
            "workspace.open_workspace",
            "directory.create_account",
        ]


def test_create_account_by_viewer_is_refused(acme):
    with pytest.raises(PermissionMissing):
        create_account(acme.viewer.ctx, {"name": "Hollis"})


def test_account_of_another_workspace_is_not_there(acme, stranger):
    account = acme.account()

    with enter(stranger.owner.ctx.scope), pytest.raises(NotFound):
        get_account(stranger.owner.ctx, account.pk)


def test_accounts_outside_a_scope_raise(acme):
    with pytest.raises(OutsideScope):
        Account.objects.count()


def test_update_account_below_its_own_child_is_refused(acme):
    parent = acme.account("Hollis Group")
    child = acme.account("Hollis Logistics", parent=parent.pk)
    leaf = acme.account("Hollis Rotterdam", parent=child.pk)

    with pytest.raises(AccountLoop):
        update_account(acme.owner.ctx, parent.pk, {"parent": leaf.pk})

    with enter(acme.owner.ctx.scope):
        paths = set(AccountPath.objects.values_list("ancestor_id", "descendant_id", "depth"))
    assert paths == {
        (parent.pk, parent.pk, 0), (child.pk, child.pk, 0), (leaf.pk, leaf.pk, 0),
        (parent.pk, child.pk, 1), (child.pk, leaf.pk, 1), (parent.pk, leaf.pk, 2),
    }  # fmt: skip


def test_update_account_with_new_city_is_a_change_set_of_one_row(acme):
    account = acme.account()

    changed = update_account(acme.owner.ctx, account.pk, {"city": "Rotterdam"})

    assert (changed.city, changed.version) == ("Rotterdam", 2)
    with enter(acme.owner.ctx.scope):
        assert ChangeSet.objects.get().updated == 1
