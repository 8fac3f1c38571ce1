"""Imports of the public data sets through the product's own engine, with the mapping files kept beside the tests."""

from __future__ import annotations

import io
import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from tenure.workspace.actions.claim_import import claim_import
from tenure.workspace.actions.draft_import import draft_import
from tenure.workspace.imports.plan import FilePlan
from tenure.workspace.imports.run import carry_out

if TYPE_CHECKING:
    from tenure.workspace.context import Context
    from tenure.workspace.models import ChangeSet, ImportRun

ROOT = Path(__file__).resolve().parent.parent
MAPPINGS = ROOT / "tests" / "mappings"
PUBLIC = ROOT.parent / "shared" / "data"


def public_file(name: str) -> Path:
    """A file of the public data; skips the test where it is missing."""
    path = PUBLIC / name
    if not path.exists():
        pytest.skip(f"the public data set is not there: {path}")
    return path


def mapping(name: str, **changes: Any) -> FilePlan:
    """A mapping file kept with the tests, some parts of it replaced."""
    return FilePlan.from_dict(json.loads((MAPPINGS / f"{name}.json").read_text(encoding="utf-8")) | changes)


def drafted(ctx: Context, *files: tuple[str, FilePlan]) -> ImportRun:
    """An import of public files, (name, plan) each, all in one run."""
    given = [(Path(name).name, io.BytesIO(public_file(name).read_bytes()), plan) for name, plan in files]
    return draft_import(ctx, given)


def imported(ctx: Context, *files: tuple[str, FilePlan]) -> ChangeSet:
    """The finished change set of such an import."""
    run = claim_import(ctx, drafted(ctx, *files).pk)
    return carry_out(ctx, run.pk, run.attempt)


def counts(change_set: ChangeSet) -> dict[str, int]:
    """What a change set counted, without what it did not."""
    names = ("created", "updated", "unchanged", "skipped", "failed")
    return {name: getattr(change_set, name) for name in names if getattr(change_set, name)}
