"""Rows that stand twice: the run takes them from the preview, as long as nothing was decided anew since."""

from __future__ import annotations

import pytest

from tenure.workspace.actions.claim_import import claim_import
from tenure.workspace.imports import run as running
from tenure.workspace.imports.keys import RowSet
from tenure.workspace.imports.preview import preview_run
from tenure.workspace.imports.repeats import MOST_KEPT, keep_repeated
from tenure.workspace.models import ImportFile
from tenure.workspace.scope import enter
from tests.workspace.imports.runs import accounts, drafted, files_of

TWICE = "id,name,city\n1,Alpha,Bonn\n1,Alpha,Graz\n2,Zeta,Bern\n"


def _carried_out(ctx, run):
    claimed = claim_import(ctx, run.pk)
    return running.carry_out(ctx, claimed.pk, claimed.attempt)


def test_run_after_a_preview_takes_the_repeated_rows_from_it(acme):
    ctx = acme.owner.ctx
    run = drafted(ctx, TWICE)
    preview_run(ctx, run)

    assert files_of(ctx)[0].repeated["rows"] == [2]
    _carried_out(ctx, run)
    assert accounts(ctx, "name", "city") == [("Alpha", "Graz"), ("Zeta", "Bern")]
    assert files_of(ctx)[0].skips == {"repeated": 1}


@pytest.mark.parametrize(("changed", "city"), [({"duplicates": "first"}, "Bonn"), ({"match_by": "name"}, "Graz")])
def test_run_under_another_plan_than_the_preview_looks_again(acme, changed, city):
    ctx = acme.owner.ctx
    run = drafted(ctx, TWICE)
    preview_run(ctx, run)
    with enter(ctx.scope):
        one = ImportFile.objects.get()
        one.plan = {**one.plan, **changed}
        one.save(update_fields=["plan"])

    _carried_out(ctx, run)

    assert accounts(ctx, "name", "city") == [("Alpha", city), ("Zeta", "Bern")]


def test_keep_repeated_of_too_many_rows_keeps_none(acme):
    ctx = acme.owner.ctx
    drafted(ctx, TWICE)
    rows = RowSet()
    for row in range(MOST_KEPT + 1):
        rows.add(row)

    with enter(ctx.scope):
        keep_repeated(ImportFile.objects.get(), "external_id", rows)

    assert files_of(ctx)[0].repeated is None


def test_row_set_gives_its_rows_in_order():
    rows = RowSet()
    for row in (900, 3, 8, 0):
        rows.add(row)

    assert list(rows) == [0, 3, 8, 900]
