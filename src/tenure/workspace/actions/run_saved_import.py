"""Somebody has a saved import look at its source now."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from tenure.workspace.action import action
from tenure.workspace.context import as_arguments
from tenure.workspace.enums import ImportSource
from tenure.workspace.imports.sources import SourceInvalid
from tenure.workspace.models import SavedImport
from tenure.workspace.queries.imports import get_saved_import

if TYPE_CHECKING:
    from tenure.workspace.context import Context


@action("workspace.run_import")
def run_saved_import(ctx: Context, saved_id: UUID) -> SavedImport:
    """Have a worker import what the source holds that is new, with the caller's rights; its schedule stays as it is.

    Raises NotFound, SourceInvalid where its files are given by hand.
    """
    saved = get_saved_import(ctx, saved_id)
    if saved.source == ImportSource.NONE:
        raise SourceInvalid(place=saved.name, reason="it has none: bring a file")
    ctx.defer("workspace.import_from_source", saved=str(saved.pk), **as_arguments(ctx.actor))
    ctx.audit(saved)
    return saved
