"""Big files are read by a job: profiled over all their rows, with progress, until the import is a draft like any other."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from tenure.kernel.errors import DomainError
from tenure.workspace.enums import ImportState
from tenure.workspace.imports.adding import order_files, profile_file, settle_plan
from tenure.workspace.imports.files import local_file
from tenure.workspace.imports.plan import FilePlan
from tenure.workspace.models import ImportFile, ImportRun
from tenure.workspace.scope import enter

if TYPE_CHECKING:
    from uuid import UUID

    from tenure.workspace.context import Context
    from tenure.workspace.tabular.rows import RowProblem
    from tenure.workspace.tabular.table import Row

_TELL_ROWS = 20_000


def read_files(ctx: Context, run_id: UUID) -> None:
    """Profile the files of a run and settle their plans; what cannot be read is kept as the run's message."""
    with enter(ctx.scope):
        files = list(ImportFile.objects.filter(run_id=run_id).select_related("file").order_by("position"))
    size = sum(one.file.size for one in files)
    before = 0

    def tell(read: int) -> None:
        with enter(ctx.scope):
            ImportRun.objects.filter(pk=run_id).update(preview={"read": min(before + read, size), "rows": size})

    try:
        for one in files:
            _read_file(ctx, one, tell)
            before += one.file.size
    except DomainError as error:
        with enter(ctx.scope):
            ImportRun.objects.filter(pk=run_id).update(message=str(error))
        return
    with enter(ctx.scope):
        for position, one in enumerate(order_files(files), len(files)):
            one.position = position
            one.save(update_fields=["position"])
        ImportRun.objects.filter(pk=run_id).update(state=ImportState.DRAFT, preview=None)


def _read_file(ctx: Context, one: ImportFile, tell: Callable[[int], None]) -> None:
    plan = FilePlan.from_dict(one.plan)

    def watched(rows: Iterator[Row | RowProblem]) -> Iterator[Row | RowProblem]:
        """The same rows; now and then how many bytes they come to, about."""
        read = 0
        for count, row in enumerate(rows, 1):
            if row.__class__ is tuple:
                read += sum(len(cell) + 1 for cell in row[1] if cell.__class__ is str)
            if count % _TELL_ROWS == 0:
                tell(read)
            yield row

    with local_file(one.file) as path:
        columns = profile_file(ctx, one, path, plan, watched)
    with enter(ctx.scope):
        settle_plan(ctx, one, plan, columns)
        one.save()
