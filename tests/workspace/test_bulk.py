from __future__ import annotations

import pytest

from tenure.directory.lists import ACCOUNTS
from tenure.directory.models import Account
from tenure.workspace import bulk
from tenure.workspace.actions.bulk_edit import bulk_edit
from tenure.workspace.actions.delete_selection import delete_selection
from tenure.workspace.actions.undo_change_set import undo_change_set
from tenure.workspace.errors import FieldUnknown, PermissionMissing
from tenure.workspace.models import ChangeSet
from tenure.workspace.scope import enter


@pytest.fixture
def accounts(acme):
    return [acme.account(f"Hollis {number}", industry="Logistics" if number < 3 else "Energy") for number in range(5)]


def _industries(acme):
    with enter(acme.owner.ctx.scope):
        return list(Account.objects.order_by("name").values_list("industry", flat=True))


def test_bulk_edit_of_all_that_a_filter_finds_changes_only_those_and_is_undone(acme, accounts):
    change_set = bulk_edit(acme.owner.ctx, ACCOUNTS, [], {"industry": "Freight"}, query="industry=Logistics")
    changed = _industries(acme)

    undo_change_set(acme.owner.ctx, change_set.pk)

    assert (change_set.updated, changed) == (3, ["Freight"] * 3 + ["Energy"] * 2)
    assert _industries(acme) == ["Logistics"] * 3 + ["Energy"] * 2


def test_bulk_edit_of_no_rows_changes_nothing(acme, accounts):
    change_set = bulk_edit(acme.owner.ctx, ACCOUNTS, [], {"industry": "Freight"})

    assert (change_set.state, change_set.updated) == ("done", 0)
    assert "Freight" not in _industries(acme)


def test_bulk_edit_without_the_permission_or_of_an_unknown_field_is_refused(acme, accounts):
    with pytest.raises(PermissionMissing):
        bulk_edit(acme.viewer.ctx, ACCOUNTS, [accounts[0].pk], {"industry": "Freight"})
    with pytest.raises(FieldUnknown):
        bulk_edit(acme.owner.ctx, ACCOUNTS, [accounts[0].pk], {"nonsense": 1})


def test_delete_selection_is_undone_whole(acme, accounts):
    change_set = delete_selection(acme.owner.ctx, ACCOUNTS, [account.pk for account in accounts[:2]])
    left = len(_industries(acme))

    undo_change_set(acme.owner.ctx, change_set.pk)

    assert (left, len(_industries(acme))) == (3, 5)


def test_selection_of_another_workspace_is_left_alone(acme, stranger, accounts):
    delete_selection(stranger.owner.ctx, ACCOUNTS, [account.pk for account in accounts])

    assert len(_industries(acme)) == 5


def test_large_edit_goes_on_chunk_by_chunk_and_stops_when_cancelled(acme, accounts, monkeypatch):
    monkeypatch.setattr(bulk, "CHUNK_ROWS", 2)
    with enter(acme.owner.ctx.scope):
        plan = bulk.plan_of(ACCOUNTS, [], "", {"city": "Delft"})
        change_set = ChangeSet.objects.create(
            workspace=acme.workspace, kind="bulk_edit", actor_kind="member", started_at=acme.owner.ctx.now(), plan=plan
        )
        bulk.carry_out_chunk(acme.owner.ctx, change_set)
        change_set.cancel_requested = True
        bulk.carry_out_chunk(acme.owner.ctx, change_set)

    assert (change_set.state, change_set.updated) == ("cancelled", 2)


def test_bulk_edit_page_sets_only_what_is_ticked(acme, accounts):
    ids = ",".join(str(account.pk) for account in accounts[:2])
    url = f"/{acme.workspace.slug}/lists/accounts/edits/"

    shown = acme.owner.client.get(url, {"ids": ids})
    done = acme.owner.client.post(url, {"ids": ids, "set": ["industry"], "industry": "Freight", "city": "Delft"})

    assert (shown.status_code, done.status_code) == (200, 303)
    assert _industries(acme)[:3] == ["Freight", "Freight", "Logistics"]
    with enter(acme.owner.ctx.scope):
        assert set(Account.objects.values_list("city", flat=True)) == {""}


def test_custom_fields_page_adds_renames_and_retires(acme):
    url = f"/{acme.workspace.slug}/settings/fields/"

    added = acme.owner.client.post(url, {"record": "account", "label": "ERP", "kind": "choice", "choices": "SAP\nOdoo"})
    page = acme.owner.client.get(url).content.decode()

    assert (added.status_code, "ERP" in page) == (303, True)
