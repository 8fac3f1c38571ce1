from __future__ import annotations

from tenure.directory.models import Account
from tenure.workspace.actions.preview_import import preview_import
from tenure.workspace.models import ChangeSet
from tenure.workspace.scope import enter
from tests.workspace.imports.runs import counts, drafted, imported

MIXED = (
    "id,name,city,employees,kind,parent\n"
    "1,Alpha,Bonn,10,Company,\n"  # there, unchanged
    "2,Beta,Graz,20,Company,\n"  # there, another city
    "3,Gamma,Bern,30,Compny,\n"  # a slip of the pen
    "4,Delta,Bern,many,,\n"  # not a number
    "5,Epsilon,Bern,1,,Alpa\n"  # an unknown parent
    "6,Zeta,Bern,2,,9\n"  # a parent that a later row brings
    "7,Eta,Bern,2,,\n"
    "7,Eta,Bonn,2,,\n"  # the same key again
    "9,Theta,Bern,2,,Alpha\n"
    "broken\n"
)


def preview_of(ctx, *texts, **plan):
    return preview_import(ctx, drafted(ctx, *texts, **plan).pk).preview


def tallied(preview):
    return {name: preview[name] for name in ("created", "updated", "unchanged", "skipped", "failed") if preview[name]}


def with_two_accounts(company):
    company.account("Alpha", external_id="1", city="Bonn", employees=10)
    company.account("Beta", external_id="2", city="Ulm", employees=20)
    return company.owner.ctx


def test_preview_counts_what_would_happen_and_writes_nothing(acme):
    ctx = with_two_accounts(acme)

    preview = preview_of(ctx, MIXED)

    assert preview["rows"] == 10
    assert tallied(preview) == {"created": 3, "updated": 1, "unchanged": 1, "skipped": 1, "failed": 4}
    with enter(ctx.scope):
        assert (Account.objects.count(), ChangeSet.objects.count()) == (2, 0)


def test_preview_and_run_count_the_same(acme):
    ctx = with_two_accounts(acme)

    preview = preview_of(ctx, MIXED)

    assert counts(imported(ctx, MIXED)) == tallied(preview)


def test_preview_groups_problems_with_answers_and_corrections(acme):
    ctx = with_two_accounts(acme)

    problems = preview_of(ctx, MIXED)["files"][0]["problems"]

    told = {(one["code"], one.get("column", "")): (one["rows"], one["answers"], one["corrections"]) for one in problems}
    assert told == {
        ("unknown_value", "kind"): (
            1, ["fail", "skip", "empty"], [{"value": "Compny", "meant": "Company", "confidence": 0.833, "rows": 1}]
        ),
        ("not_a_number", "employees"): (1, ["fail", "skip", "empty"], []),
        ("unknown_reference", "parent"): (
            1, ["fail", "skip", "empty", "create"], [{"value": "Alpa", "meant": "Alpha", "confidence": 0.75, "rows": 1}]
        ),
        ("too_few_cells", ""): (1, ["fail"], []),
    }  # fmt: skip


def test_preview_with_answers_counts_them_and_still_shows_the_problem(acme):
    ctx = acme.owner.ctx
    columns = {
        "name": "name",
        "employees": {"field": "employees", "unreadable": "empty"},
        "kind": {"field": "kind", "unknown": "skip"},
    }

    preview = preview_of(ctx, "name,employees,kind\nAlpha,many,\nBeta,1,Guild\n", columns=columns)

    assert tallied(preview) == {"created": 1, "skipped": 1}
    assert [(one["code"], one["answer"]) for one in preview["files"][0]["problems"]] == [
        ("not_a_number", "empty"), ("unknown_value", "skip"),
    ]  # fmt: skip


def test_preview_of_two_files_of_one_record_counts_the_second_as_updates(acme):
    preview = preview_of(acme.owner.ctx, "id,name\n1,Alpha\n2,Beta\n", "id,name\n2,Beta AG\n3,Gamma\n")

    assert [(one["created"], one["updated"]) for one in preview["files"]] == [(2, 0), (1, 1)]


def test_preview_names_columns_that_are_left_out(acme):
    preview = preview_of(acme.owner.ctx, "id,name,shoe size\n1,Alpha,42\n")

    assert preview["files"][0]["left_out"] == ["shoe size"]


def test_preview_of_row_outside_of_reach_fails_it(acme):
    mine = acme.account("Mine", external_id="1")
    acme.account("Other", external_id="2")
    editor = acme.member("Editor", scope="subtree", account=mine)

    preview = preview_of(editor.ctx, "id,name,city\n1,Mine,Bonn\n2,Other,Bonn\n3,New,Bonn\n")

    assert tallied(preview) == {"updated": 1, "failed": 2}


def test_preview_offers_names_that_the_files_themselves_bring(acme):
    text = "id,name,parent\n1,GTX Pro,\n2,Branch,GTXPro\n3,Twig,Brnach\n"
    columns = {"id": "external_id", "name": "name", "parent": "parent"}

    problems = preview_of(acme.owner.ctx, text, columns=columns)["files"][0]["problems"]

    assert [(near["value"], near["meant"]) for one in problems for near in one["corrections"]] == [
        ("GTXPro", "GTX Pro"), ("Brnach", "Branch"),
    ]  # fmt: skip
