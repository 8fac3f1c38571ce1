"""Somebody looks at what an import would do before it does it."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from django.db.models import Sum

from tenure.workspace.action import action
from tenure.workspace.context import as_arguments
from tenure.workspace.enums import ImportState
from tenure.workspace.imports.errors import ImportNotReady
from tenure.workspace.imports.preview import preview_run
from tenure.workspace.models import ImportFile, ImportRun
from tenure.workspace.queries.imports import get_import

if TYPE_CHECKING:
    from tenure.workspace.context import Context

AT_ONCE_ROWS = 20_000


@action("workspace.run_import")
def preview_import(ctx: Context, run_id: UUID) -> ImportRun:
    """Count what the import would create, update, leave and skip, and group its problems; nothing is written to records.

    Up to 20,000 rows at once, more by a job (run.state is `previewing` until it is done). Raises NotFound, ImportNotReady (it was
    started), UnreadableFile, and what is wrong with a plan. Idempotent: the same files give the same counts.
    """
    run = get_import(ctx, run_id, lock=True)
    if run.is_started or run.state == ImportState.READING:
        raise ImportNotReady(state=run.get_state_display())
    rows = ImportFile.objects.filter(run=run).aggregate(rows=Sum("rows"))["rows"] or 0
    if rows > AT_ONCE_ROWS:
        run.state, run.preview = ImportState.PREVIEWING, {"read": 0, "rows": rows}
        ctx.defer("workspace.preview_import", run=str(run.pk), **as_arguments(ctx.actor))
    else:
        run.preview, run.state = preview_run(ctx, run), ImportState.READY
    run.save(update_fields=["state", "preview"])
    return run
