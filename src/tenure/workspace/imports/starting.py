"""A run begins or goes on: the change set it works in, and the attempt that owns it from now on."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from tenure.workspace.change_sets import start_change_set
from tenure.workspace.enums import ChangeSetKind, ChangeSetState, ImportState
from tenure.workspace.imports.errors import ImportNotReady
from tenure.workspace.imports.files import local_file
from tenure.workspace.imports.new_fields import check_new_fields, make_fields
from tenure.workspace.imports.plan import FilePlan
from tenure.workspace.imports.tables import open_import_table, reader_for, record_named
from tenure.workspace.models import ImportFile, ImportRun
from tenure.workspace.queries.imports import get_import

if TYPE_CHECKING:
    from tenure.workspace.context import Context


def begin(ctx: Context, run_id: UUID) -> ImportRun:
    """Open the run's change set. Raises ImportNotReady, PermissionMissing, and what is wrong with a plan."""
    run = get_import(ctx, run_id, lock=True)
    if run.state not in (ImportState.DRAFT, ImportState.READY):
        raise ImportNotReady(state=run.get_state_display())
    files = list(ImportFile.objects.filter(run=run).select_related("file"))
    for one in files:
        check_file(ctx, one)
        make_fields(ctx, record_named(one.record), one)
    total = sum(one.rows or 0 for one in files)
    run.change_set, _ = start_change_set(ctx, ChangeSetKind.IMPORT, title=run.title, total=total)
    run.state = ImportState.STARTED
    run.attempt += 1
    run.save()
    ctx.audit(run, change_set=str(run.change_set_id), rows=total)
    return run


def go_on(ctx: Context, run_id: UUID) -> ImportRun:
    """Give an interrupted or cancelled run to a new attempt. Raises ImportNotReady."""
    run = get_import(ctx, run_id, lock=True)
    change_set = run.change_set
    if change_set is None or change_set.standing not in (ChangeSetState.INTERRUPTED, ChangeSetState.CANCELLED):
        raise ImportNotReady(state=change_set.get_state_display() if change_set else run.get_state_display())
    change_set.state, change_set.heartbeat_at, change_set.finished_at = ChangeSetState.RUNNING, ctx.now(), None
    change_set.cancel_requested = False
    change_set.save()
    run.attempt += 1
    run.message = ""
    run.save()
    ctx.audit(run, attempt=run.attempt)
    return run


def check_file(ctx: Context, one: ImportFile) -> None:
    """Raise what stands against importing the file: rights, or a plan that does not fit."""
    record = record_named(one.record)
    ctx.require(record.create_permission)
    ctx.require(record.change_permission)
    plan = FilePlan.from_dict(one.plan)
    check_new_fields(ctx, record, plan)
    with local_file(one.file) as path:
        reader_for(ctx, one, plan, open_import_table(path, one))
