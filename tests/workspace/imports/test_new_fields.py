from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest

from tenure.directory.models import Account
from tenure.directory.records import ACCOUNT
from tenure.workspace.actions.change_import_plan import change_import_plan
from tenure.workspace.actions.create_custom_field import create_custom_field
from tenure.workspace.actions.retire_custom_field import retire_custom_field
from tenure.workspace.actions.undo_change_set import undo_change_set
from tenure.workspace.enums import ChangeSetState
from tenure.workspace.errors import CustomFieldKeyTaken, PermissionMissing
from tenure.workspace.imports.adding import profiled_columns
from tenure.workspace.imports.new_fields import proposed_field, with_new_fields
from tenure.workspace.imports.plan import FilePlan
from tenure.workspace.imports.preview import preview_run
from tenure.workspace.models import CustomField
from tenure.workspace.scope import enter
from tests.workspace.imports.runs import counts, drafted, faults, files_of, imported
from tests.workspace.imports.test_import_pages import address, columns_form, text_of, the_run, upload

MIXED = "id,name,ERP,Seats used,Fee,Signed,Pilot,Nothing\n" + "".join(
    f"{number},Firm {number},{('SAP', 'Odoo')[number % 2]},{number},EUR {number}.50,2026-01-{number:02},{('yes', 'no')[number % 2]},\n"
    for number in range(1, 9)
)
WHOLE_PLAN = {
    "columns": {
        "id": "external_id",
        "name": "name",
        "ERP": {"new_field": {"kind": "choice"}},
        "Seats used": {"new_field": {"label": "Seats", "kind": "integer"}},
        "Fee": {"new_field": {"kind": "money"}},
    }
}


def fields_of(ctx):
    with enter(ctx.scope):
        return list(CustomField.objects.order_by("position").values_list("label", "kind", "choices", "currency"))


def custom_values(ctx, *names):
    with enter(ctx.scope):
        rows = list(Account.objects.order_by("name"))
        return [tuple(values[name] for name in names) for values in ACCOUNT.read_values(ctx, rows, names)]


def test_proposed_fields_are_of_the_kind_that_the_whole_column_holds(acme):
    ctx = acme.owner.ctx
    drafted(ctx, MIXED)

    proposed = {column.name: proposed_field(column) for column in profiled_columns(files_of(ctx)[0])}

    assert [(new.label, new.kind, new.choices, new.currency) for name, new in proposed.items() if name not in ("id", "name")] == [
        ("ERP", "choice", ("Odoo", "SAP"), ""), ("Seats used", "integer", (), ""), ("Fee", "money", (), "EUR"),
        ("Signed", "date", (), ""), ("Pilot", "boolean", (), ""), ("Nothing", "text", (), ""),
    ]  # fmt: skip


def test_all_columns_left_out_become_fields_but_those_that_hold_nothing(acme):
    ctx = acme.owner.ctx
    drafted(ctx, MIXED)
    one = files_of(ctx)[0]
    plan = FilePlan.from_dict({"record": "account", "columns": {"id": "external_id", "name": "name"}})

    made = with_new_fields(ACCOUNT, plan, profiled_columns(one))

    assert {name: column.field for name, column in made.columns.items()} == {
        "id": "external_id", "name": "name", "ERP": "custom_erp", "Seats used": "custom_seats_used", "Fee": "custom_fee",
        "Signed": "custom_signed", "Pilot": "custom_pilot",
    }  # fmt: skip


def test_new_fields_are_seen_in_the_preview_and_made_by_the_run(acme):
    ctx = acme.owner.ctx
    preview = preview_run(ctx, drafted(ctx, MIXED, **WHOLE_PLAN))
    before = fields_of(ctx)

    change_set = imported(ctx, MIXED, **WHOLE_PLAN)

    assert (preview["created"], preview["failed"], preview["files"][0]["new_fields"]) == (
        8, 0, [{"label": "ERP", "kind": "choice"}, {"label": "Seats", "kind": "integer"}, {"label": "Fee", "kind": "money"}],
    )  # fmt: skip
    assert (before, counts(change_set)) == ([], {"created": 8})
    assert fields_of(ctx) == [
        ("ERP", "choice", ["Odoo", "SAP"], ""), ("Seats", "integer", [], ""), ("Fee", "money", [], "EUR"),
    ]  # fmt: skip
    assert custom_values(acme.owner.ctx, "custom_erp", "custom_seats", "custom_fee")[0] == ("Odoo", 1, 150)


def test_new_fields_of_an_import_again_are_those_that_are_there(acme):
    imported(acme.owner.ctx, MIXED, **WHOLE_PLAN)

    again = imported(acme.owner.ctx, MIXED, **WHOLE_PLAN)

    assert (counts(again), len(fields_of(acme.owner.ctx))) == ({"unchanged": 8}, 3)


def test_undo_of_an_import_clears_the_values_and_leaves_the_field(acme):
    acme.account("Firm 1", external_id="1")
    change_set = imported(
        acme.owner.ctx,
        "id,Score\n1,12.5\n",
        match_by="external_id",
        columns={"id": "external_id", "Score": {"new_field": {"kind": "decimal"}}},
    )
    there = custom_values(acme.owner.ctx, "custom_score")

    undone = undo_change_set(acme.owner.ctx, change_set.pk)

    assert (there, undone.state) == ([(Decimal("12.5"),)], ChangeSetState.UNDONE)
    assert custom_values(acme.owner.ctx, "custom_score") == [(None,)]
    assert [label for label, *_ in fields_of(acme.owner.ctx)] == ["Score"]


def test_new_field_of_whoever_may_not_make_fields_is_refused(acme):
    ctx = acme.rep.ctx
    run = drafted(acme.owner.ctx, MIXED)
    plan = FilePlan.from_dict({"record": "account", **WHOLE_PLAN})

    with pytest.raises(PermissionMissing):
        change_import_plan(ctx, run.pk, files_of(acme.owner.ctx)[0].pk, plan)


def test_new_field_with_the_name_of_a_retired_one_is_refused(acme):
    ctx = acme.owner.ctx
    retire_custom_field(ctx, create_custom_field(ctx, "account", "ERP", "text").pk)

    with pytest.raises(CustomFieldKeyTaken):
        imported(acme.owner.ctx, MIXED, **WHOLE_PLAN)


def test_amount_in_another_currency_than_the_fields_fails_its_row(acme):
    ctx = acme.owner.ctx
    create_custom_field(ctx, "account", "Fee", "money", currency="EUR")

    change_set = imported(
        acme.owner.ctx, "id,name,Fee\n1,Alpha,USD 5.00\n", columns={"id": "external_id", "name": "name", "Fee": "custom_fee"}
    )

    assert (counts(change_set), faults(ctx)) == ({"failed": 1}, [(2, "custom_fee", "another_currency")])


def test_columns_page_makes_fields_of_all_columns_left_out_in_one_step(acme):
    client = acme.owner.client
    columns = upload(acme, MIXED.encode(), record="account")["Location"]
    offered = client.get(columns)

    made = client.post(columns, columns_form(offered) | {"all_new": "1"})
    again = client.get(made["Location"])
    preview = client.get(client.post(columns, columns_form(again) | {"label-3": "Seats"})["Location"])

    assert (made.status_code, "New field…" in text_of(offered), fields_of(acme.owner.ctx)) == (303, True, [])
    assert "ERP (Choice, of Accounts), Seats (Whole number, of Accounts), Fee (Money, of Accounts)" in text_of(preview)
    client.post(address(acme, f"{the_run(acme).pk}/starts/"))
    assert [label for label, *_ in fields_of(acme.owner.ctx)] == ["ERP", "Seats", "Fee", "Signed", "Pilot"]


def test_dates_in_a_new_field_are_read_as_the_whole_column_says(acme):
    text = "id,name,Signed\n1,Alpha,03.02.2026\n2,Beta,25.02.2026\n"

    imported(acme.owner.ctx, text, columns={"id": "external_id", "name": "name", "Signed": {"new_field": {"kind": "date"}}})

    assert custom_values(acme.owner.ctx, "custom_signed") == [(dt.date(2026, 2, 3),), (dt.date(2026, 2, 25),)]
