from __future__ import annotations

import pytest

from tenure.directory.models import Account
from tenure.directory.records import ACCOUNT
from tenure.workspace.actions.edit_record import edit_record
from tenure.workspace.actions.place_accounts import place_accounts
from tenure.workspace.actions.set_theme import ThemeUnknown, set_theme
from tenure.workspace.errors import ExternalIdTaken, RecordChanged
from tenure.workspace.models import AccountPath, ChangeRow, Member
from tenure.workspace.scope import enter


def test_edit_record_keeps_what_differs_as_a_change_set_of_one_row(acme):
    account = acme.account(city="Delft", industry="Logistics")

    change_set = edit_record(acme.owner.ctx, ACCOUNT, account, {"city": "Rotterdam", "industry": "Logistics"})

    assert (change_set.updated, account.city, account.version) == (1, "Rotterdam", 2)
    with enter(acme.owner.ctx.scope):
        row = ChangeRow.objects.get(change_set=change_set)
        assert (row.before, row.after, Account.objects.get().city) == ({"city": "Delft"}, {"city": "Rotterdam"}, "Rotterdam")


def test_edit_record_where_nothing_differs_writes_nothing(acme):
    account = acme.account(city="Delft")

    assert edit_record(acme.owner.ctx, ACCOUNT, account, {"city": "Delft"}, version=1) is None
    assert account.version == 1


@pytest.mark.parametrize(
    ("values", "version", "error"), [({"city": "Delft"}, 7, RecordChanged), ({"external_id": "7"}, 1, ExternalIdTaken)]
)
def test_edit_record_that_is_refused_leaves_it_as_it_was(acme, values, version, error):
    acme.account("Brightwater", external_id="7")
    account = acme.account()

    with pytest.raises(error):
        edit_record(acme.owner.ctx, ACCOUNT, account, values, version=version)

    with enter(acme.owner.ctx.scope):
        assert Account.objects.get(pk=account.pk).version == 1


def test_place_accounts_replaces_where_the_moved_ones_stood(acme):
    group, company = acme.account("Group"), acme.account("Company")
    paths = [(group.pk, company.pk, 1), (company.pk, company.pk, 0)]

    for _time in range(2):
        place_accounts(acme.owner.ctx, [company.pk], paths)

    with enter(acme.owner.ctx.scope):
        rows = AccountPath.objects.filter(descendant_id=company.pk).order_by("-depth")
        assert list(rows.values_list("ancestor_id", "descendant_id", "depth")) == paths


def test_set_theme_is_the_acting_members_alone(acme):
    set_theme(acme.owner.ctx, "dark")

    with pytest.raises(ThemeUnknown):
        set_theme(acme.owner.ctx, "pink")
    with enter(acme.owner.ctx.scope):
        assert list(Member.objects.filter(theme="dark").values_list("pk", flat=True)) == [acme.owner.member_id]
