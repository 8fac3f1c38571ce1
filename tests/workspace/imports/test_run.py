from __future__ import annotations

import pytest
from procrastinate.contrib.django.models import ProcrastinateJob

from tenure.directory.models import Account
from tenure.workspace.actions.cancel_import import cancel_import
from tenure.workspace.actions.change_import_plan import change_import_plan
from tenure.workspace.actions.claim_import import claim_import
from tenure.workspace.actions.preview_import import preview_import
from tenure.workspace.actions.resume_import import resume_import
from tenure.workspace.actions.start_import import start_import
from tenure.workspace.actions.undo_change_set import undo_change_set
from tenure.workspace.context import Context
from tenure.workspace.enums import ChangeSetState, ImportPhase
from tenure.workspace.errors import PermissionMissing
from tenure.workspace.imports import run as engine
from tenure.workspace.imports.errors import ColumnMissing, FieldMappedTwice, ImportNotReady, RequiredFieldMissing
from tenure.workspace.imports.plan import FilePlan
from tenure.workspace.imports.run import carry_out
from tenure.workspace.jobs import bodies
from tenure.workspace.models import ChangeRow, ChangeSet, ImportRow, ImportRun, OutboxEvent
from tenure.workspace.scope import enter
from tests.workspace.imports.runs import accounts, counts, drafted, faults, files_of, imported

THREE = "id,name,city,employees\n1,Alpha,Bonn,10\n2,Beta,Graz,20\n3,Gamma,Bern,30\n"


def test_import_of_new_rows_creates_records_with_backfill_events(acme):
    ctx = acme.owner.ctx

    change_set = imported(ctx, THREE)

    assert (change_set.state, counts(change_set)) == (ChangeSetState.DONE, {"created": 3})
    assert accounts(ctx, "external_id", "name", "city", "employees") == [
        ("1", "Alpha", "Bonn", 10), ("2", "Beta", "Graz", 20), ("3", "Gamma", "Bern", 30),
    ]  # fmt: skip
    with enter(ctx.scope):
        assert list(OutboxEvent.objects.values_list("type", "is_backfill", "causation_id").distinct().order_by("type")) == [
            ("directory.account_created", True, change_set.pk),
            ("workspace.import_ended", False, None),
        ]


def test_import_again_changes_nothing(acme):
    ctx = acme.owner.ctx
    imported(ctx, THREE)

    again = imported(ctx, THREE)

    assert counts(again) == {"unchanged": 3}
    with enter(ctx.scope):
        assert ChangeRow.objects.filter(change_set=again).count() == 0


def test_import_by_external_id_updates_only_mapped_columns(acme):
    ctx = acme.owner.ctx
    acme.account("Alpha", external_id="1", city="Bonn", industry="Steel")

    change_set = imported(ctx, "id,name,city\n1,Alpha AG,\n2,Beta,Graz\n")

    assert counts(change_set) == {"created": 1, "updated": 1}
    assert accounts(ctx, "name", "city", "industry") == [("Alpha AG", "Bonn", "Steel"), ("Beta", "Graz", "")]


def test_import_with_empty_cells_that_clear_clears(acme):
    ctx = acme.owner.ctx
    acme.account("Alpha", external_id="1", city="Bonn")

    imported(ctx, "id,name,city\n1,Alpha,\n", empty_cells="clear")

    assert accounts(ctx, "name", "city") == [("Alpha", "")]


def test_import_undone_leaves_the_workspace_as_it_was(acme):
    ctx = acme.owner.ctx
    acme.account("Alpha", external_id="1", city="Ulm")

    undone = undo_change_set(ctx, imported(ctx, THREE).pk)

    assert (undone.undone, undone.kept) == (3, 0)
    assert accounts(ctx, "name", "city", "employees") == [("Alpha", "Ulm", None)]


@pytest.mark.parametrize(("duplicates", "city"), [("last", [("Alpha", "Graz")]), ("first", [("Alpha", "Bonn")]), ("skip", [])])
def test_import_of_key_that_stands_twice_counts_one_row_as_asked(acme, duplicates, city):
    ctx = acme.owner.ctx

    change_set = imported(ctx, "id,name,city\n1,Alpha,Bonn\n1,Alpha,Graz\n2,Zeta,Bern\n", duplicates=duplicates)

    assert accounts(ctx, "name", "city") == [*city, ("Zeta", "Bern")]
    assert counts(change_set) == {"created": 1 + len(city), "skipped": 2 - len(city)}
    assert files_of(ctx)[0].skips == {"repeated": 2 - len(city)}


def test_import_of_bad_cells_fails_those_rows_and_names_them(acme):
    ctx = acme.owner.ctx

    change_set = imported(
        ctx,
        "id,name,employees,kind\n1,Alpha,ten,Company\n2,,5,Company\n3,Gamma,7,Guild\n4,Delta,99999999999,\n5,Epsilon,8,individual\n6,x\n",
    )

    assert counts(change_set) == {"created": 1, "failed": 5}
    assert faults(ctx) == [
        (2, "employees", "not_a_number"), (3, "name", "value_missing"), (4, "kind", "unknown_value"),
        (5, "employees", "out_of_range"), (7, "", "too_few_cells"),
    ]  # fmt: skip
    assert accounts(ctx, "name", "kind") == [("Epsilon", "individual")]


def test_import_of_bad_cells_answered_with_empty_keeps_the_row(acme):
    ctx = acme.owner.ctx
    columns = {"id": "external_id", "name": "name", "employees": {"field": "employees", "unreadable": "empty"}}

    change_set = imported(ctx, "id,name,employees\n1,Alpha,ten\n", columns=columns)

    assert counts(change_set) == {"created": 1}
    assert accounts(ctx, "name", "employees") == [("Alpha", None)]


def test_import_with_corrections_takes_what_is_meant(acme):
    ctx = acme.owner.ctx
    columns = {"name": "name", "kind": {"field": "kind", "corrections": {"Guild": "Company"}}}

    assert counts(imported(ctx, "name,kind\nAlpha,Guild\n", columns=columns)) == {"created": 1}


def test_import_of_row_a_rule_stands_against_fails_that_row_only(acme):
    ctx = acme.owner.ctx

    change_set = imported(ctx, "id,name,employees\n1,Alpha,-5\n2,Beta,5\n3,Gamma,6\n")

    assert counts(change_set) == {"created": 2, "failed": 1}
    assert faults(ctx) == [(2, "", "against_rule")]


def test_import_of_tree_in_any_order_finds_parents_in_the_same_file(acme):
    ctx = acme.owner.ctx
    text = "id,name,parent\n3,Leaf,Branch\n2,Branch,1\n1,Root,\n4,Lost,Nobody\n"

    change_set = imported(ctx, text)

    assert accounts(ctx, "name", "parent__name") == [("Branch", "Root"), ("Leaf", "Branch"), ("Root", None)]
    assert (counts(change_set), faults(ctx)) == ({"created": 3, "failed": 1}, [(5, "parent", "unknown_reference")])


def test_import_of_tree_over_several_chunks_settles_waiting_rows(acme, monkeypatch):
    monkeypatch.setattr(engine, "CHUNK_ROWS", 2)
    ctx = acme.owner.ctx
    rows = "".join(f"{number},Account {number},{number + 1 if number < 9 else ''}\n" for number in range(1, 10))

    change_set = imported(ctx, f"id,name,parent\n{rows}")

    assert counts(change_set) == {"created": 9}
    assert accounts(ctx, "external_id", "parent__external_id") == [
        (str(one), str(one + 1) if one < 9 else None) for one in range(1, 10)
    ]
    with enter(ctx.scope):
        assert ImportRow.objects.count() == 0


def test_import_of_loop_in_the_account_tree_fails_its_rows(acme):
    ctx = acme.owner.ctx

    change_set = imported(ctx, "id,name,parent\n1,Alpha,2\n2,Beta,1\n3,Gamma,\n")

    assert counts(change_set) == {"created": 1, "failed": 2}
    assert faults(ctx) == [(2, "parent", "unknown_reference"), (3, "parent", "unknown_reference")]


def test_import_of_loop_with_records_that_are_there_fails_the_row(acme):
    ctx = acme.owner.ctx
    parent = acme.account("Alpha", external_id="1")
    acme.account("Beta", external_id="2", parent=parent.pk)

    change_set = imported(ctx, "id,name,parent\n1,Alpha,2\n")

    assert (counts(change_set), faults(ctx)) == ({"failed": 1}, [(2, "", "account_loop")])


def test_import_of_unknown_parent_answered_with_create_makes_it(acme):
    ctx = acme.owner.ctx
    columns = {"name": "name", "parent": {"field": "parent", "unknown": "create"}}

    change_set = imported(ctx, "name,parent\nAlpha,Holding\nBeta,Holding\n", columns=columns)

    assert counts(change_set) == {"created": 2}
    assert accounts(ctx, "name", "parent__name") == [("Alpha", "Holding"), ("Beta", "Holding"), ("Holding", None)]


def test_import_of_ids_of_another_workspace_finds_nothing(acme, stranger):
    theirs = stranger.account("Theirs", external_id="77")

    change_set = imported(acme.owner.ctx, f"name,parent\nAlpha,77\nBeta,{theirs.pk}\n")

    assert counts(change_set) == {"failed": 2}
    assert accounts(stranger.owner.ctx, "name", "version") == [("Theirs", 1)]


def test_import_by_holder_of_a_subtree_fails_rows_outside_of_it(acme):
    mine, other = acme.account("Mine", external_id="1"), acme.account("Other", external_id="2")
    editor = acme.member("Editor", scope="subtree", account=mine)

    change_set = imported(editor.ctx, "id,name,city\n1,Mine,Bonn\n2,Other,Bonn\n3,New,Bonn\n")

    assert counts(change_set) == {"updated": 1, "failed": 2}
    assert faults(acme.owner.ctx) == [(3, "", "row_outside_reach"), (4, "", "row_outside_reach")]
    with enter(acme.owner.ctx.scope):
        assert Account.objects.get(pk=other.pk).city == ""


def test_import_by_viewer_is_refused(acme):
    with pytest.raises(PermissionMissing):
        drafted(acme.viewer.ctx, THREE)


@pytest.mark.parametrize(
    ("columns", "refusal"),
    [
        ({"id": "external_id", "town": "city", "name": "name"}, ColumnMissing),
        ({"id": "name", "name": "name"}, FieldMappedTwice),
        ({"city": "city"}, RequiredFieldMissing),
    ],
)
def test_import_with_plan_that_does_not_fit_is_refused_before_it_starts(acme, columns, refusal):
    run = drafted(acme.owner.ctx, THREE, columns=columns)

    with pytest.raises(refusal):
        claim_import(acme.owner.ctx, run.pk)


def test_import_that_only_updates_fails_rows_that_meet_no_record(acme):
    ctx = acme.owner.ctx
    acme.account("Alpha", external_id="1")

    change_set = imported(ctx, "id,city\n1,Bonn\n2,Graz\n", columns={"id": "external_id", "city": "city"}, match_by="external_id")

    assert counts(change_set) == {"updated": 1, "failed": 1}
    assert faults(ctx) == [(3, "", "value_missing")]


def test_import_cancelled_between_chunks_keeps_whole_chunks_and_can_go_on(acme, monkeypatch):
    monkeypatch.setattr(engine, "CHUNK_ROWS", 1)
    ctx = acme.owner.ctx
    run = claim_import(ctx, drafted(ctx, THREE).pk)

    def cancel_after_two(change_set: ChangeSet) -> None:
        if change_set.done == 2:
            cancel_import(ctx, run.pk)

    stopped = carry_out(ctx, run.pk, run.attempt, on_progress=cancel_after_two)
    assert (stopped.state, counts(stopped)) == (ChangeSetState.CANCELLED, {"created": 2})

    resumed = resume_import(ctx, run.pk)
    finished = carry_out(ctx, run.pk, resumed.attempt)

    assert (finished.state, counts(finished)) == (ChangeSetState.DONE, {"created": 3})
    assert [one.phase for one in files_of(ctx)] == [ImportPhase.DONE]
    with enter(ctx.scope):
        assert list(ChangeRow.objects.order_by("position").values_list("position", flat=True)) == [0, 1, 2]


def test_import_of_an_older_attempt_writes_nothing(acme):
    ctx = acme.owner.ctx
    run = claim_import(ctx, drafted(ctx, THREE).pk)

    change_set = carry_out(ctx, run.pk, run.attempt - 1)

    assert (change_set.state, change_set.done, accounts(ctx, "name")) == (ChangeSetState.RUNNING, 0, [])


def test_import_started_twice_is_refused(acme):
    run = claim_import(acme.owner.ctx, drafted(acme.owner.ctx, THREE).pk)

    with pytest.raises(ImportNotReady):
        claim_import(acme.owner.ctx, run.pk)


def test_start_import_queues_a_job_that_carries_it_out_with_the_starters_rights(acme):
    ctx = acme.owner.ctx
    run = drafted(ctx, THREE)

    start_import(ctx, run.pk)

    job = ProcrastinateJob.objects.get(task_name="workspace.run_import")
    assert (job.args["run"], job.args["actor_id"]) == (str(run.pk), str(acme.owner.member_id))
    bodies["workspace.run_import"](
        Context.of_system(acme.workspace), **{name: job.args[name] for name in job.args if name != "workspace"}
    )
    assert accounts(ctx, "name") == [("Alpha",), ("Beta",), ("Gamma",)]


def test_import_whose_starter_lost_the_right_stops_with_nothing_written(acme):
    ctx = acme.owner.ctx
    run = claim_import(ctx, drafted(ctx, THREE).pk)

    with pytest.raises(PermissionMissing):
        carry_out(acme.viewer.ctx, run.pk, run.attempt)

    assert accounts(ctx, "name") == []
    with enter(ctx.scope):
        assert ChangeSet.objects.get().state == ChangeSetState.INTERRUPTED


def test_change_import_plan_forgets_the_preview_and_suggests_for_another_kind(acme):
    ctx = acme.owner.ctx
    run = preview_import(ctx, drafted(ctx, "id,name,email\n1,Ana,ana@hollis.example\n").pk)

    changed = change_import_plan(ctx, run.pk, files_of(ctx)[0].pk, FilePlan(record="person"))

    assert {column: plan["field"] for column, plan in changed.plan["columns"].items()}["email"] == "email"
    with enter(ctx.scope):
        assert ImportRun.objects.get().preview is None
