"""A saved import at work by itself: takes what its source holds, imports it, and notes how it went."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tenure.kernel.errors import DomainError
from tenure.workspace.actions.claim_import import claim_import
from tenure.workspace.imports.run import carry_out
from tenure.workspace.imports.sources import draft_from_source
from tenure.workspace.models import ChangeSet, SavedImport
from tenure.workspace.scope import enter

if TYPE_CHECKING:
    from tenure.workspace.context import Context

MOST_FILES_AT_ONCE = 100


def import_from_source(ctx: Context, saved: SavedImport) -> list[ChangeSet]:
    """Import every new file of the source, one run a file; what stands against one is kept as the saved import's message."""
    done: list[ChangeSet] = []
    try:
        while len(done) < MOST_FILES_AT_ONCE and (run := draft_from_source(ctx, saved.name)) is not None:
            started = claim_import(ctx, run.pk)
            done.append(carry_out(ctx, started.pk, started.attempt))
        message = ""
    except DomainError as error:
        message = str(error)
    with enter(ctx.scope):
        SavedImport.objects.filter(pk=saved.pk).update(last_message=message)
    return done
