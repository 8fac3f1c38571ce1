from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest

from tenure.directory.actions.create_account import create_account
from tenure.directory.actions.update_account import update_account
from tenure.directory.lists import ACCOUNTS
from tenure.directory.records import ACCOUNT
from tenure.kernel.errors import Invalid
from tenure.workspace.actions.create_custom_field import create_custom_field
from tenure.workspace.actions.retire_custom_field import reinstate_custom_field, retire_custom_field
from tenure.workspace.actions.undo_change_set import undo_change_set
from tenure.workspace.actions.update_custom_field import update_custom_field
from tenure.workspace.errors import CustomFieldKeyTaken, CustomValueTaken, PermissionMissing
from tenure.workspace.lists import ListState, fetch_page
from tenure.workspace.scope import enter

VALUES = {
    "custom_erp": "SAP S/4HANA",
    "custom_seats": 148,
    "custom_margin": Decimal("12.3456789"),
    "custom_fee": 1250,
    "custom_signed": dt.date(2026, 1, 31),
    "custom_pilot": True,
    "custom_modules": ["Routes", "Fleet"],
    "custom_history": "A long story.",
}
KINDS = {
    "ERP": "choice", "Seats": "integer", "Margin": "decimal", "Fee": "money", "Signed": "date", "Pilot": "boolean",
    "Modules": "choices", "History": "long_text",
}  # fmt: skip


@pytest.fixture
def fields(acme):
    """One field of most kinds on accounts."""
    return {
        label: create_custom_field(acme.owner.ctx, "account", label, kind, choices=["SAP S/4HANA", "Odoo"])
        for label, kind in KINDS.items()
    }


def _values(ctx, account, names=VALUES):
    with enter(ctx.scope):
        return ACCOUNT.read_values(ctx, [account.refreshed()], list(names))[0]


def _names(ctx, **filters):
    sort = filters.pop("sort", "name")
    with enter(ctx.scope):
        state = ListState.read(ctx, ACCOUNTS, filters | {"sort": sort})
        return [row.name for row in fetch_page(ctx, ACCOUNTS, state).rows]


def test_values_of_every_kind_come_back_as_they_were_written(acme, fields):
    account = create_account(acme.owner.ctx, {"name": "Hollis", **VALUES})

    assert _values(acme.owner.ctx, account) == VALUES


def test_field_is_live_in_a_fresh_context_at_once_and_renaming_keeps_values(acme, fields):
    account = create_account(acme.owner.ctx, {"name": "Hollis", **VALUES})

    update_custom_field(acme.owner.ctx, fields["ERP"].pk, {"label": "Business system"})

    ctx = acme.owner.ctx
    with enter(ctx.scope):
        assert [field.label for field in ACCOUNT.fields_for(ctx)][-8] == "Business system"
    assert _values(ctx, account)["custom_erp"] == "SAP S/4HANA"


def test_list_filters_and_sorts_by_custom_fields(acme, fields):
    for name, seats, signed in (("A", 10, dt.date(2026, 1, 31)), ("B", 200, dt.date(2026, 2, 1)), ("C", None, None)):
        create_account(acme.owner.ctx, {"name": name, "custom_seats": seats, "custom_signed": signed})

    ctx = acme.owner.ctx
    assert _names(ctx, sort="-custom_seats") == ["B", "A", "C"]
    assert _names(ctx, custom_seats="50..") == ["B"]
    assert _names(ctx, custom_signed="..2026-01-31") == ["A"]


def test_unique_field_refuses_a_value_that_another_account_has(acme):
    create_custom_field(acme.owner.ctx, "account", "VAT", "text", is_unique=True)
    create_account(acme.owner.ctx, {"name": "A", "custom_vat": "DE 1"})
    other = create_account(acme.owner.ctx, {"name": "B", "custom_vat": "DE 2"})

    with pytest.raises(CustomValueTaken):
        update_account(acme.owner.ctx, other.pk, {"custom_vat": "de 1"})

    update_account(acme.owner.ctx, other.pk, {"custom_vat": "DE 3"})
    assert create_account(acme.owner.ctx, {"name": "C", "custom_vat": "DE 2"}).name == "C"


def test_required_field_is_asked_for_and_a_name_is_taken_once(acme):
    create_custom_field(acme.owner.ctx, "account", "VAT", "text", is_required=True)

    with pytest.raises(Invalid):
        create_account(acme.owner.ctx, {"name": "A"})
    with pytest.raises(CustomFieldKeyTaken):
        create_custom_field(acme.owner.ctx, "account", "vat", "text")
    with pytest.raises(PermissionMissing):
        create_custom_field(acme.rep.ctx, "account", "Other", "text")


def test_edit_of_a_custom_value_is_undone(acme, fields):
    account = create_account(acme.owner.ctx, {"name": "Hollis", **VALUES})
    edited = update_account(acme.owner.ctx, account.pk, {"custom_seats": 200, "custom_signed": None})

    undo_change_set(acme.owner.ctx, edited.last_change_set.pk)

    assert _values(acme.owner.ctx, account) == VALUES


def test_retired_field_disappears_and_comes_back_with_its_values(acme, fields):
    account = create_account(acme.owner.ctx, {"name": "Hollis", **VALUES})

    retire_custom_field(acme.owner.ctx, fields["ERP"].pk)
    gone = "custom_erp" in _values(acme.owner.ctx, account)
    reinstate_custom_field(acme.owner.ctx, fields["ERP"].pk)

    assert (gone, _values(acme.owner.ctx, account)["custom_erp"]) == (False, "SAP S/4HANA")


def test_restricted_field_is_not_seen_without_the_permission(acme):
    create_custom_field(acme.owner.ctx, "account", "Risk", "text", is_restricted=True)

    rep = acme.rep.ctx
    with enter(rep.scope):
        assert [field.name for field in ACCOUNT.fields_for(rep) if field.name.startswith("custom_")] == []


def test_seventeenth_text_field_is_kept_in_the_overflow(acme):
    for number in range(17):
        create_custom_field(acme.owner.ctx, "account", f"Text {number}", "text")

    account = create_account(acme.owner.ctx, {"name": "Hollis", "custom_text_16": "kept"})

    assert _values(acme.owner.ctx, account, ["custom_text_16"]) == {"custom_text_16": "kept"}


def test_account_form_and_list_show_custom_fields(acme, fields):
    url = f"/{acme.workspace.slug}/accounts/"
    acme.owner.client.post(f"{url}new/", {"name": "Hollis", "kind": "company", "custom_erp": "Odoo", "custom_seats": "12"})

    page = acme.owner.client.get(f"{url}?columns=name,custom_erp,custom_seats").content.decode()

    assert ("Odoo" in page, ">12<" in page) == (True, True)
