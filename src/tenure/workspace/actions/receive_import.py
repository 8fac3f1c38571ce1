"""Somebody sends files, however big: small ones are read at once, big ones by a job, so that nobody waits for an answer."""

from __future__ import annotations

import os
from collections.abc import Sequence
from typing import TYPE_CHECKING

from tenure.workspace.action import action
from tenure.workspace.actions.draft_import import GivenFile, draft_import, new_run
from tenure.workspace.context import as_arguments
from tenure.workspace.enums import ImportState
from tenure.workspace.imports.files import store_file
from tenure.workspace.models import ImportFile

if TYPE_CHECKING:
    from tenure.workspace.context import Context
    from tenure.workspace.models import ImportRun, SavedImport

AT_ONCE_BYTES = 50 * 1024 * 1024


@action("workspace.run_import")
def receive_import(
    ctx: Context, files: Sequence[GivenFile], *, title: str = "", saved: SavedImport | None = None, at_once: int = AT_ONCE_BYTES
) -> ImportRun:
    """Store the files and read them: here and now up to `at_once` bytes together, else by a job (run.state is `reading` until it is done).

    Raises as draft_import does; what a job finds unreadable is kept as the run's message.
    """
    size = sum(content.seek(0, os.SEEK_END) for _, content, _ in files)
    for _, content, _ in files:
        content.seek(0)
    if size <= at_once:
        return draft_import(ctx, files, title=title, saved=saved)
    run = new_run(ctx, files, title, saved)
    run.state, run.preview = ImportState.READING, {"read": 0, "rows": size}
    run.save(force_insert=True)
    for position, (name, content, plan) in enumerate(files):
        ImportFile.objects.create(
            workspace_id=ctx.workspace.pk,
            run=run,
            position=position,
            file=store_file(ctx, name, content),
            record=plan.record,
            plan=plan.as_dict(),
            profile={"header": [], "columns": []},
        )
    ctx.defer("workspace.read_import", run=str(run.pk), **as_arguments(ctx.actor))
    ctx.audit(run, files=[name for name, _, _ in files])
    return run
