"""Saved imports: a plan found again by name or by the header it fits, and the source its files come from."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from typing import TYPE_CHECKING

from tenure.kernel.errors import NotFound
from tenure.workspace.imports.plan import FilePlan
from tenure.workspace.models import SavedImport
from tenure.workspace.queries.imports import visible_imports
from tenure.workspace.scope import enter
from tenure.workspace.tabular.words import folded

if TYPE_CHECKING:
    from tenure.workspace.context import Context


def fingerprint(header: Sequence[str]) -> bytes:
    """What two files with the same columns have in common, whatever their order and case."""
    names = sorted(folded(name).strip() for name in header)
    return hashlib.sha256("\n".join(names).encode()).digest()


def find_fitting(ctx: Context, header: Sequence[str], record: str = "") -> SavedImport | None:
    """The saved import whose files have these columns, the one used last."""
    fitting = SavedImport.objects.filter(visible_imports(ctx), fingerprint=fingerprint(header))
    if record:
        fitting = fitting.filter(record=record)
    return fitting.order_by("-last_run_at", "-created_at").first()


def get_saved(ctx: Context, name: str) -> SavedImport:
    """The saved import of that name. Raises NotFound."""
    with enter(ctx.scope):
        saved = SavedImport.objects.filter(visible_imports(ctx), name=name).first()
    if saved is None:
        raise NotFound(kind="saved import")
    return saved


def saved_plan(ctx: Context, name: str) -> FilePlan:
    """The plan of the saved import of that name. Raises NotFound."""
    return FilePlan.from_dict(get_saved(ctx, name).plan)
