"""Somebody decides how a file of an import is read: what its rows are, where its columns go, what becomes of problems."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from tenure.kernel.errors import NotFound
from tenure.workspace.action import action
from tenure.workspace.enums import ImportState
from tenure.workspace.imports.adding import order_files, profiled_columns, read_file, settle_plan
from tenure.workspace.imports.errors import ImportNotReady
from tenure.workspace.imports.files import local_file
from tenure.workspace.imports.plan import FilePlan
from tenure.workspace.imports.starting import check_file
from tenure.workspace.imports.tables import record_named
from tenure.workspace.models import ImportFile
from tenure.workspace.queries.imports import get_import

if TYPE_CHECKING:
    from tenure.workspace.context import Context


@action("workspace.run_import")
def change_import_plan(ctx: Context, run_id: UUID, file_id: UUID, plan: FilePlan) -> ImportFile:
    """Read the file under this plan from now on; a preview made before counts no more.

    A plan without columns takes the suggested ones. A changed `read` opens and profiles the file anew. Raises NotFound, ImportNotReady
    (the import was started), UnreadableFile, and what is wrong with the plan. Idempotent.
    """
    run = get_import(ctx, run_id, lock=True)
    if run.is_started or run.state == ImportState.READING:
        raise ImportNotReady(state=run.get_state_display())
    one = ImportFile.objects.select_related("file").filter(run=run, pk=file_id).first()
    if one is None:
        raise NotFound(kind="file of the import")
    record_named(plan.record)
    if dict(plan.read) != dict(FilePlan.from_dict(one.plan).read):
        with local_file(one.file) as path:
            read_file(ctx, one, path, plan)
    else:
        settle_plan(ctx, one, plan, profiled_columns(one))
    check_file(ctx, one)
    one.save()
    run.state, run.preview = ImportState.DRAFT, None
    run.save(update_fields=["state", "preview"])
    _put_in_order(list(ImportFile.objects.filter(run=run).order_by("position")))
    ctx.audit(run, file=one.file.name, record=one.record)
    return one


def _put_in_order(files: list[ImportFile]) -> None:
    """Positions are unique at every moment: all move behind the last before they find their place."""
    wanted = order_files(files)
    if wanted == files:
        return
    behind = max(one.position for one in files) + 1
    for start in (behind, 0):
        for position, one in enumerate(wanted, start):
            one.position = position
            one.save(update_fields=["position"])
