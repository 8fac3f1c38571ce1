"""Reads of imports that pages, API and command line share."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from django.db.models import Q, Sum

from tenure.kernel.errors import NotFound
from tenure.workspace.models import ImportFile, ImportRun, SavedImport

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tenure.workspace.context import Context


PERMISSION = "workspace.run_import"


def visible_imports(ctx: Context) -> Q:
    """The condition of the imports the caller may see: all, where they may import everywhere; else their own."""
    ctx.require(PERMISSION)
    return Q() if ctx.authority.reach(PERMISSION).everything else Q(actor_kind=ctx.actor.kind, actor_id=ctx.actor.id)


def get_import(ctx: Context, run_id: UUID, *, lock: bool = False) -> ImportRun:
    """The import, with its change set where it has one. Raises NotFound."""
    rows = ImportRun.objects.filter(visible_imports(ctx), pk=run_id)
    run = (rows.select_for_update(of=("self",)) if lock else rows.select_related("change_set")).first()
    if run is None:
        raise NotFound(kind="import")
    return run


def list_imports(ctx: Context, *, before: UUID | None = None, limit: int = 50) -> list[ImportRun]:
    """Imports, the latest first; `before`: those made before this one."""
    runs = ImportRun.objects.filter(visible_imports(ctx)).select_related("change_set").order_by("-id")
    if before is not None:
        runs = runs.filter(pk__lt=before)
    return list(runs[:limit])


def list_files(run: ImportRun) -> list[ImportFile]:
    """The files of an import, in the order they are read."""
    return list(ImportFile.objects.filter(run=run).select_related("file").order_by("position"))


def get_file(run: ImportRun, file_id: UUID) -> ImportFile:
    """One file of an import. Raises NotFound."""
    one = ImportFile.objects.filter(run=run, pk=file_id).select_related("file").first()
    if one is None:
        raise NotFound(kind="file of the import")
    return one


def list_saved(ctx: Context) -> Sequence[SavedImport]:
    """Saved imports, by name; visible as imports are."""
    return list(SavedImport.objects.filter(visible_imports(ctx)).order_by("name"))


def get_saved_import(ctx: Context, saved_id: UUID, *, lock: bool = False) -> SavedImport:
    """One saved import. Raises NotFound."""
    rows = SavedImport.objects.filter(visible_imports(ctx), pk=saved_id)
    saved = (rows.select_for_update() if lock else rows).first()
    if saved is None:
        raise NotFound(kind="saved import")
    return saved


def list_runs_of(ctx: Context, saved: SavedImport, *, limit: int = 10) -> list[ImportRun]:
    """The last imports that a saved import made, the latest first."""
    runs = ImportRun.objects.filter(visible_imports(ctx), workspace_id=ctx.workspace.pk, saved=saved)
    return list(runs.select_related("change_set").order_by("-id")[:limit])


def count_rows(runs: Sequence[ImportRun]) -> dict[UUID, int]:
    """How many rows the files of each import hold."""
    counted = ImportFile.objects.filter(run__in=runs).values("run_id").annotate(rows=Sum("rows"))
    return {one["run_id"]: one["rows"] or 0 for one in counted}
