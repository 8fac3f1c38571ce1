"""The tracking plan: what breaks it, in Python at the door and in SQL over windows, by the same rules."""

from __future__ import annotations

import json

import pytest

from tenure.stream.actions.plan_event import plan_event
from tenure.stream.actions.retire_event import retire_event
from tenure.stream.actions.set_plan_mode import set_plan_mode
from tenure.stream.actions.update_event_plan import update_event_plan
from tenure.stream.cataloguing import read_catalogue
from tenure.stream.domain.plan import Expected, find_violation, read_expected
from tenure.stream.errors_of_governance import PlanUnreadable
from tenure.stream.ingest.accepting import CallRefused
from tenure.stream.models import EventName, PlanViolation
from tenure.stream.queries.governance import find_plan
from tenure.stream.readers import Window
from tenure.workspace.errors import PermissionMissing
from tenure.workspace.scope import enter
from tests.stream.world import record

EXPECTED = [
    {"name": "plan", "kinds": ["text"], "is_required": True, "allowed": ["free", "pro"]},
    {"name": "seats", "kinds": ["integer"]},
    {"name": "price", "kinds": ["number"]},
]
GIVEN = [
    ({"plan": "pro", "seats": 3, "price": 9.5}, None),
    ({"plan": "free", "price": 9}, None),
    ({}, "plan_property_missing"),
    ({"plan": None}, "plan_property_missing"),
    ({"plan": 7}, "plan_property_type"),
    ({"plan": "gold"}, "plan_property_value"),
    ({"plan": "pro", "seats": 1.5}, "plan_property_type"),
    ({"plan": "pro", "seats": "3"}, "plan_property_type"),
    ({"plan": "pro", "seats": True}, "plan_property_type"),
    ({"plan": "pro", "price": [1]}, "plan_property_type"),
]


@pytest.mark.parametrize(("properties", "code"), GIVEN)
def test_properties_are_held_against_the_plan(properties, code):
    found = find_violation(read_expected(EXPECTED), properties)

    assert (found.code if found else None) == code


def test_plan_that_names_a_property_twice_or_an_unknown_type_is_refused():
    for rows in ([{"name": "a"}, {"name": "a"}], [{"name": "a", "kinds": ["date"]}], [{"name": ""}], [{"kinds": ["text"]}]):
        with pytest.raises(PlanUnreadable):
            read_expected(rows)


def test_store_counts_the_violations_that_the_door_would_refuse(acme, event_store):
    plan_event(acme.owner.ctx, "Upgraded", expected=EXPECTED)
    for properties, _ in GIVEN:
        record(acme, "Upgraded", account="hollis", **properties)
    with enter(acme.owner.ctx.scope):
        read_catalogue(acme.owner.ctx, Window(acme.workspace.pk, 0, 2**40))
        counts = dict(PlanViolation.objects.values_list("code", "count").order_by("code"))
        row = EventName.objects.get(name="Upgraded")
        example = PlanViolation.objects.get(code="plan_property_value").examples[0]

    codes = [code for _, code in GIVEN if code]
    types = {"plan": 1, "seats": 3, "price": 1}
    assert {code: counts[code] for code in ("plan_property_missing", "plan_property_value")} == {
        "plan_property_missing": 2,
        "plan_property_value": 1,
    }
    with enter(acme.owner.ctx.scope):
        assert dict(PlanViolation.objects.filter(code="plan_property_type").values_list("property", "count")) == types
    assert (row.volume, row.violations) == (len(GIVEN), len(codes))
    assert example["value"] == "gold"


def test_planned_event_in_block_mode_is_refused_at_the_door_and_no_other(acme):
    row = plan_event(acme.owner.ctx, "Upgraded", expected=EXPECTED, mode="block")

    plan = find_plan(acme.workspace.pk)
    assert plan is not None
    plan.check("Upgraded", json.dumps({"plan": "pro"}).encode())
    plan.check("Anything else", b"{}")
    with pytest.raises(CallRefused, match="requires the property 'plan'"):
        plan.check("Upgraded", b"{}")
    update_event_plan(acme.owner.ctx, row.pk, expected=[], mode="block")
    assert find_plan(acme.workspace.pk) is None
    retire_event(acme.owner.ctx, row.pk)
    retired = find_plan(acme.workspace.pk)
    assert retired is not None
    with pytest.raises(CallRefused, match="retired"):
        retired.check("Upgraded", b"{}")
    assert acme.event_types()[-3:] == ["stream.event_planned", "stream.event_planned", "stream.event_retired"]


def test_workspace_mode_blocks_what_is_unplanned_but_not_the_tracking_calls_themselves(acme):
    plan_event(acme.owner.ctx, "Upgraded")
    assert find_plan(acme.workspace.pk) is None
    set_plan_mode(acme.owner.ctx, plan_mode="watch", unplanned_mode="block")

    plan = find_plan(acme.workspace.pk)
    assert plan is not None
    plan.check("Upgraded", b"{}")
    plan.check("$identify", b"{}")
    with pytest.raises(CallRefused, match="not in the tracking plan"):
        plan.check("Opend", b"{}")


def test_watching_costs_ingest_nothing(acme):
    plan_event(acme.owner.ctx, "Upgraded", expected=[{"name": "plan", "is_required": True}])

    assert find_plan(acme.workspace.pk) is None


def test_viewer_plans_nothing(acme):
    with pytest.raises(PermissionMissing):
        plan_event(acme.viewer.ctx, "Upgraded")


def test_expected_is_read_as_it_was_written():
    assert read_expected([{"name": "a", "allowed": ["1"]}]) == [Expected("a", (), is_required=False, allowed=("1",))]
