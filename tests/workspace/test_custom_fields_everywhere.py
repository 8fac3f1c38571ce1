from __future__ import annotations

import pytest

from tenure.workspace.actions.create_custom_field import create_custom_field
from tenure.workspace.actions.undo_change_set import undo_change_set
from tenure.workspace.lists import ListState, fetch_page
from tenure.workspace.lists.spec import list_specs
from tenure.workspace.records import record_types
from tenure.workspace.scope import enter
from tests.workspace.imports.runs import counts, imported

IMPORTABLE = sorted(record.name for record in record_types.values() if record.is_importable)
# What a file must say of a record of each kind beside its custom field; of one that has no external id, its key.
ROWS = {
    "account": {"name": "Alpha"},
    "activity": {"kind": "call", "account": "A-1", "happened_at": "2026-01-05T10:00:00Z"},
    "agent": {"name": "Ann"},
    "channel": {"name": "Search"},
    "channel_cost": {"channel": "C-1", "on": "2026-01-05", "cost": "10"},
    "lead": {"email": "x@example.com"},
    "note": {"body": "Hello", "account": "A-1"},
    "opportunity": {"name": "Deal", "account": "A-1"},
    "other_cost": {"on": "2026-01-05", "amount": "10"},
    "person": {"name": "Ida"},
    "pipeline_stage": {"name": "Demo"},
    "product": {"name": "Team"},
    "reported_churn": {"account": "A-1", "churned_on": "2026-01-05"},
    "subscription": {"account": "A-1", "plan": "Team", "net_amount": "10", "starts_on": "2026-01-05"},
    "subscription_item": {"subscription": "S-1", "plan": "Extra", "net_amount": "5"},
    "task": {"title": "Call", "account": "A-1"},
}


@pytest.fixture
def world(acme):
    """What rows of other kinds refer to."""
    acme.account("Beta", external_id="A-1")
    imported(acme.owner.ctx, "external_id,name\nC-1,Mail\n", record="channel")
    imported(
        acme.owner.ctx,
        "id,account,plan,net_amount,starts_on\nS-1,A-1,Team,10,2026-01-05\n",
        record="subscription",
        columns={"id": "external_id", "account": "account", "plan": "plan", "net_amount": "net_amount", "starts_on": "starts_on"},
    )
    return acme


def value_of(company, name):
    record, ctx = record_types[name], company.owner.ctx
    with enter(ctx.scope):
        row = record.model.objects.filter(external_id="X-1").first()
        return row and record.read_values(ctx, [row], ["custom_class"])[0]["custom_class"]


def test_every_kind_of_record_that_files_bring_takes_fields():
    assert [name for name in IMPORTABLE if record_types[name].slots is None] == []


@pytest.mark.parametrize("name", IMPORTABLE)
def test_custom_value_comes_by_import_is_updated_and_undone(world, name):
    create_custom_field(world.owner.ctx, name, "Class", "text")
    row = {"external_id": "X-1", **ROWS[name], "custom_class": "gold"}
    columns = {field: field for field in row}

    first = imported(world.owner.ctx, f"{','.join(row)}\n{','.join(row.values())}\n", record=name, columns=columns)
    made = (counts(first), value_of(world, name))
    row["custom_class"] = "silver"
    second = imported(world.owner.ctx, f"{','.join(row)}\n{','.join(row.values())}\n", record=name, columns=columns)
    changed = (counts(second), value_of(world, name))
    undo_change_set(world.owner.ctx, second.pk)

    assert (made, changed) == (({"created": 1}, "gold"), ({"updated": 1}, "silver"))
    assert value_of(world, name) == "gold"


@pytest.mark.parametrize("name", sorted(spec.name for spec in list_specs.values() if spec.record))
def test_list_shows_and_filters_by_custom_fields(acme, name):
    spec = list_specs[name]
    create_custom_field(acme.owner.ctx, spec.record, "Class", "text")
    ctx = acme.owner.ctx

    with enter(ctx.scope):
        state = ListState.read(ctx, spec, {"custom_class": "gold"})
        assert fetch_page(ctx, spec, state).rows == []
