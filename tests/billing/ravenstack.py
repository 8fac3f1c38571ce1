"""The public data set ravenstack_saas, loaded through the product's own import: accounts, subscriptions, churn events in one run."""

from __future__ import annotations

import json
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tenure.workspace.actions.claim_import import claim_import
from tenure.workspace.actions.draft_import import draft_import
from tenure.workspace.imports.plan import FilePlan
from tenure.workspace.imports.run import carry_out
from tenure.workspace.models import Workspace
from tenure.workspace.scope import enter

if TYPE_CHECKING:
    from tenure.workspace.context import Context
    from tenure.workspace.models import ChangeSet
    from tests.world import Company

FOLDER = Path(__file__).parents[3] / "shared" / "data" / "ravenstack_saas"
MAPPINGS = Path(__file__).parents[1] / "mappings"
FILES = ("accounts", "subscriptions", "churn_events")


def load(company: Company, *names: str) -> ChangeSet:
    """The finished change set of an import of these files; skips where the data are not there."""
    if not FOLDER.exists():
        pytest.skip(f"The public data are not there: {FOLDER}")
    with enter(company.owner.ctx.scope):
        Workspace.objects.update(currency="USD")
    ctx = company.owner.ctx
    with ExitStack() as stack:
        files = [
            (f"ravenstack_{name}.csv", stack.enter_context((FOLDER / f"ravenstack_{name}.csv").open("rb")), _plan(name))
            for name in names or FILES
        ]
        run = draft_import(ctx, files)
    return _carried_out(ctx, run.pk)


def _carried_out(ctx: Context, run_id: object) -> ChangeSet:
    run = claim_import(ctx, run_id)
    return carry_out(ctx, run.pk, run.attempt)


def _plan(name: str) -> FilePlan:
    return FilePlan.from_dict(json.loads((MAPPINGS / f"ravenstack_{name}.json").read_text()))
