"""Somebody brings files: an import is drafted, with what each file is and how its columns are read."""

from __future__ import annotations

from collections.abc import Sequence
from typing import IO, TYPE_CHECKING

from tenure.workspace.action import action
from tenure.workspace.enums import ImportState
from tenure.workspace.imports.adding import add_file, order_files
from tenure.workspace.imports.plan import FilePlan
from tenure.workspace.models import ImportRun

if TYPE_CHECKING:
    from tenure.workspace.context import Context
    from tenure.workspace.models import SavedImport

GivenFile = tuple[str, IO[bytes], FilePlan]


@action("workspace.run_import")
def draft_import(ctx: Context, files: Sequence[GivenFile], *, title: str = "", saved: SavedImport | None = None) -> ImportRun:
    """Store and profile the files, (name, content, plan) each, and put them in the order of their references.

    A plan without columns takes the suggested mapping. saved: the saved import that it is a run of. Raises UnreadableFile, PlanInvalid, RecordUnknown, DiskFull.
    """
    run = new_run(ctx, files, title, saved)
    run.save(force_insert=True)
    added = [add_file(ctx, run, name, content, plan) for name, content, plan in files]
    for position, one in enumerate(order_files(added), len(added)):
        one.position = position
        one.save(update_fields=["position"])
    ctx.audit(run, files=[name for name, _, _ in files])
    return run


def new_run(ctx: Context, files: Sequence[GivenFile], title: str, saved: SavedImport | None) -> ImportRun:
    """A draft by the caller, not yet kept."""
    return ImportRun(
        workspace_id=ctx.workspace.pk,
        title=title or ", ".join(name for name, _, _ in files),
        state=ImportState.DRAFT,
        saved=saved,
        actor_kind=ctx.actor.kind,
        actor_id=ctx.actor.id,
        actor_name=ctx.actor.name,
        created_at=ctx.now(),
    )
