from __future__ import annotations

from datetime import date

import pytest

from tenure.billing.actions.update_subscription import update_subscription
from tenure.directory.actions.update_account import update_account
from tenure.directory.models import Account, AccountToken
from tenure.directory.records import ACCOUNT
from tenure.kernel.errors import NotFound
from tenure.workspace.action import part_of_action
from tenure.workspace.actions.bulk_delete import bulk_delete
from tenure.workspace.actions.undo_change_set import undo_change_set
from tenure.workspace.change_sets import finish_change_set, start_change_set
from tenure.workspace.enums import ChangeSetKind, ChangeSetState, UndoOutcome
from tenure.workspace.errors import ChangeSetNotUndoable, PermissionMissing
from tenure.workspace.models import AccountPath, ChangeRow, ChangeSet
from tenure.workspace.records import Change, insert_records, update_records
from tenure.workspace.scope import enter
from tests.billing.world import subscribed


def import_accounts(company, *names, parents=None):
    """Accounts made by a change set, as an import makes them."""
    ctx = company.owner.ctx
    with enter(ctx.scope):
        change_set, log = start_change_set(ctx, ChangeSetKind.IMPORT, title="accounts")
        rows = [ACCOUNT.build(ctx, {"name": name, "external_id": name.lower()}) for name in names]
        for child, parent in (parents or {}).items():
            rows[child].parent_id = rows[parent].pk
        with part_of_action():
            insert_records(ctx.within(log), ACCOUNT, rows, ["name", "external_id"])
        finish_change_set(ctx, change_set, created=len(rows))
    return change_set, rows, log


def outcomes(company, change_set):
    with enter(company.owner.ctx.scope):
        return list(ChangeRow.objects.filter(change_set=change_set).order_by("position").values_list("outcome", flat=True))


def names(company):
    with enter(company.owner.ctx.scope):
        return sorted(Account.objects.values_list("name", flat=True))


def test_undo_of_edit_restores_what_stood_there(acme):
    account = acme.account(city="Bonn", tags=["a", "b"])
    changed = update_account(acme.owner.ctx, account.pk, {"city": "Rotterdam", "tags": ["c"], "owner": acme.rep.member_id})

    undone = undo_change_set(acme.owner.ctx, changed.last_change_set.pk)

    with enter(acme.owner.ctx.scope):
        row = Account.objects.get(pk=account.pk)
        assert (row.city, row.owner_id, row.version) == ("Bonn", None, 3)
        assert ACCOUNT.read(acme.owner.ctx, [row], ["tags"]) == [{"tags": ["a", "b"]}]
    assert (undone.state, undone.undone, undone.kept) == (ChangeSetState.UNDONE, 1, 0)
    assert outcomes(acme, undone) == [UndoOutcome.RESTORED]
    assert acme.event_types() == ["directory.account_created", "directory.account_changed", "directory.account_changed"]


def test_undo_of_edit_that_was_edited_since_is_kept_and_listed(acme):
    account = acme.account()
    first = update_account(acme.owner.ctx, account.pk, {"city": "Bonn"}).last_change_set
    update_account(acme.owner.ctx, account.pk, {"city": "Rotterdam"})

    undone = undo_change_set(acme.owner.ctx, first.pk)

    assert (undone.undone, undone.kept) == (0, 1)
    assert outcomes(acme, first) == [UndoOutcome.KEPT_CHANGED]


def test_undo_of_edits_one_after_the_other_goes_all_the_way_back(acme):
    account = acme.account(city="Graz")
    first = update_account(acme.owner.ctx, account.pk, {"city": "Bonn"}).last_change_set
    second = update_account(acme.owner.ctx, account.pk, {"city": "Rotterdam"}).last_change_set

    undo_change_set(acme.owner.ctx, second.pk)
    undo_change_set(acme.owner.ctx, first.pk)

    with enter(acme.owner.ctx.scope):
        assert Account.objects.get(pk=account.pk).city == "Graz"


def test_undo_of_bulk_delete_brings_rows_words_and_tree_back(acme):
    parent = acme.account("Hollis Group")
    child = acme.account("Hollis Rotterdam", parent=parent.pk)
    with enter(acme.owner.ctx.scope):
        change_set = bulk_delete(acme.owner.ctx, ACCOUNT, [parent, child])

    undo_change_set(acme.owner.ctx, change_set.pk)

    assert names(acme) == ["Hollis Group", "Hollis Rotterdam"]
    with enter(acme.owner.ctx.scope):
        assert set(AccountPath.objects.values_list("ancestor_id", "descendant_id", "depth")) == {
            (parent.pk, parent.pk, 0), (child.pk, child.pk, 0), (parent.pk, child.pk, 1),
        }  # fmt: skip
        assert set(AccountToken.objects.values_list("token", "account_id")) == {
            ("hollis", parent.pk), ("group", parent.pk), ("hollis", child.pk), ("rotterdam", child.pk),
        }  # fmt: skip


def test_undo_of_creation_deletes_what_nobody_touched_or_refers_to(acme):
    change_set, rows, _ = import_accounts(acme, "Alpha", "Beta", "Gamma", "Delta", parents={1: 0})
    update_account(acme.owner.ctx, rows[2].pk, {"city": "Bonn"})
    acme.account("Below Delta", parent=rows[3].pk)

    undone = undo_change_set(acme.owner.ctx, change_set.pk)

    assert names(acme) == ["Below Delta", "Delta", "Gamma"]
    assert outcomes(acme, undone) == [
        UndoOutcome.RESTORED,
        UndoOutcome.RESTORED,
        UndoOutcome.KEPT_CHANGED,
        UndoOutcome.KEPT_REFERRED,
    ]
    assert (undone.undone, undone.kept) == (2, 2)


def test_undo_of_creation_below_which_a_kept_one_stands_keeps_it_too(acme):
    change_set, rows, _ = import_accounts(acme, "Alpha", "Beta", parents={1: 0})
    update_account(acme.owner.ctx, rows[1].pk, {"city": "Bonn"})

    undo_change_set(acme.owner.ctx, change_set.pk)

    assert outcomes(acme, change_set) == [UndoOutcome.KEPT_REFERRED, UndoOutcome.KEPT_CHANGED]


def test_undo_of_creation_and_update_in_one_change_set_takes_both_back(acme):
    ctx = acme.owner.ctx
    change_set, rows, log = import_accounts(acme, "Alpha")
    with enter(ctx.scope):
        update_records(ctx.within(log), ACCOUNT, [Change(rows[0], {"city": "Bonn"})])
        update_records(ctx.within(log), ACCOUNT, [Change(rows[0], {"city": "Graz"})])

    undone = undo_change_set(ctx, change_set.pk)

    assert names(acme) == []
    assert outcomes(acme, undone) == [UndoOutcome.RESTORED] * 3


def test_undo_of_deletion_whose_external_id_was_taken_since_is_kept(acme):
    account = acme.account("Alpha", external_id="7")
    with enter(acme.owner.ctx.scope):
        change_set = bulk_delete(acme.owner.ctx, ACCOUNT, [account, acme.account("Beta")])
    acme.account("Another Alpha", external_id="7")

    undo_change_set(acme.owner.ctx, change_set.pk)

    assert names(acme) == ["Another Alpha", "Beta"]
    assert outcomes(acme, change_set) == [UndoOutcome.KEPT_CONFLICT, UndoOutcome.RESTORED]


def test_undo_twice_is_refused(acme):
    change_set, _, _ = import_accounts(acme, "Alpha")
    undo_change_set(acme.owner.ctx, change_set.pk)

    with pytest.raises(ChangeSetNotUndoable):
        undo_change_set(acme.owner.ctx, change_set.pk)


def test_undo_of_running_work_is_refused(acme):
    ctx = acme.owner.ctx
    with enter(ctx.scope):
        change_set, _ = start_change_set(ctx, ChangeSetKind.IMPORT, title="running")

    with pytest.raises(ChangeSetNotUndoable):
        undo_change_set(ctx, change_set.pk)


def test_undo_of_ones_own_edit_is_open_to_whoever_may_edit(acme):
    account = acme.account(city="Bonn")
    changed = update_account(acme.rep.ctx, account.pk, {"city": "Rotterdam"})

    undone = undo_change_set(acme.rep.ctx, changed.last_change_set.pk)

    assert (undone.undone, undone.kept) == (1, 0)


def test_undo_of_anothers_work_on_records_one_may_not_change_keeps_them(acme):
    account = acme.account(city="Bonn")
    subscription = subscribed(acme, account)
    theirs = update_subscription(acme.owner.ctx, subscription.pk, {"starts_on": date(2026, 2, 1)})
    shared = update_account(acme.owner.ctx, account.pk, {"city": "Rotterdam"})

    kept = undo_change_set(acme.rep.ctx, theirs.last_change_set.pk)
    taken_back = undo_change_set(acme.rep.ctx, shared.last_change_set.pk)

    assert (kept.undone, kept.kept, outcomes(acme, kept)) == (0, 1, [UndoOutcome.KEPT_OUTSIDE])
    assert (taken_back.undone, taken_back.kept) == (1, 0)


def test_undo_by_viewer_is_refused(acme):
    change_set, _, _ = import_accounts(acme, "Alpha")

    with pytest.raises(PermissionMissing):
        undo_change_set(acme.viewer.ctx, change_set.pk)


def test_undo_of_another_workspace_is_not_there(acme, stranger):
    change_set, _, _ = import_accounts(acme, "Alpha")

    with pytest.raises(NotFound):
        undo_change_set(stranger.owner.ctx, change_set.pk)
    with enter(acme.owner.ctx.scope):
        assert ChangeSet.objects.get(pk=change_set.pk).state == ChangeSetState.DONE
