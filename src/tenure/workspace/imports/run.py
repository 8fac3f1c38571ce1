"""Carrying an import out: chunks of rows, each committed with its position, so that a stop at any moment can be gone on from.

Rule: imports/README.md, "How a run goes".
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING
from uuid import UUID

from django.db import InterfaceError, OperationalError, connection
from django.db.models import Max

from tenure.kernel.collecting import rare_collections
from tenure.kernel.errors import DomainError
from tenure.workspace.action import part_of_action
from tenure.workspace.enums import ChangeSetState, ImportPhase, PutAside
from tenure.workspace.events_of_work import ImportEnded
from tenure.workspace.imports.ahead import read_ahead
from tenure.workspace.imports.aside import forget, put_aside, take_waiting
from tenure.workspace.imports.draft import Settled
from tenure.workspace.imports.errors import DatabaseLost, DiskFull, StoppedByMistake
from tenure.workspace.imports.files import FULL, local_file
from tenure.workspace.imports.keys import RowSet, key_table
from tenure.workspace.imports.plan import FilePlan
from tenure.workspace.imports.reader import DraftReader
from tenure.workspace.imports.repeats import kept_repeated
from tenure.workspace.imports.settle import REPEATED, Settler
from tenure.workspace.imports.tables import open_import_table, reader_for
from tenure.workspace.models import ChangeRow, ChangeSet, ImportFile, ImportRun
from tenure.workspace.records import ChangeLog
from tenure.workspace.rows import CHUNK_ROWS
from tenure.workspace.scope import enter
from tenure.workspace.turn_taking import wait_for_turn

if TYPE_CHECKING:
    from tenure.workspace.context import Context
    from tenure.workspace.tabular.table import Table

PERMISSION = "workspace.run_import"
_BEAT_ROWS = 200_000
_DATABASE_DISK_FULL = "53100"
Progress = Callable[[ChangeSet], None]


class Superseded(Exception):
    """Another attempt has taken the run over, or it is being undone: this one stops with nothing more written."""


class Cancelled(Exception):
    """Somebody asked the run to stop between two chunks."""


def carry_out(ctx: Context, run_id: UUID, attempt: int, *, on_progress: Progress | None = None) -> ChangeSet:
    """Go on with a started run from where it is, to its end; the change set says how it ended.

    on_progress: told after every chunk. Whatever goes wrong leaves whole chunks and an interrupted run, and is raised again.
    """
    attempt_on = _Attempt(ctx, run_id, attempt, on_progress)
    try:
        with rare_collections():
            attempt_on.go()
    except Superseded:
        pass
    except Cancelled:
        attempt_on.close(ChangeSetState.CANCELLED)
    except BaseException as error:
        attempt_on.interrupt(error)
        raise
    else:
        attempt_on.close(ChangeSetState.DONE)
    with enter(ctx.scope):
        return ChangeSet.objects.get(pk=ImportRun.objects.get(pk=run_id).change_set_id)


class _Attempt:
    """One process's work on a run, until the end or until another attempt begins."""

    def __init__(self, ctx: Context, run_id: UUID, attempt: int, on_progress: Progress | None) -> None:
        self.ctx = ctx
        self._run_id = run_id
        self._attempt = attempt
        self._position: int | None = None
        self._tell = on_progress or (lambda _change_set: None)

    def go(self) -> None:
        """Settle every file in its order, then what still waits for a later file's records."""
        self.ctx.require(PERMISSION)
        with enter(self.ctx.scope):
            files = list(ImportFile.objects.filter(run_id=self._run_id).select_related("file").order_by("position"))
        for place, one in enumerate(files):
            later = {other.record for other in files[place + 1 :]}
            waited_for = {other.record for other in files[:place] if other.waiting}
            _FileWork(self, one, later | waited_for).go()
        for one in files:
            if one.phase != ImportPhase.DONE:
                _FileWork(self, one, set()).go()

    @contextmanager
    def chunk(self) -> Iterator[tuple[ChangeSet, Context]]:
        """A transaction of this attempt. Raises Superseded, Cancelled before anything is written."""
        with enter(self.ctx.scope), part_of_action():
            run = ImportRun.objects.select_for_update().get(pk=self._run_id)
            change_set = ChangeSet.objects.get(pk=run.change_set_id)
            if run.attempt != self._attempt or change_set.state != ChangeSetState.RUNNING:
                raise Superseded
            if change_set.cancel_requested:
                raise Cancelled
            _one_after_the_other(self.ctx)
            if self._position is None:
                last = ChangeRow.objects.filter(change_set=change_set).aggregate(last=Max("position"))["last"]
                self._position = 0 if last is None else last + 1
            log = ChangeLog(change_set.pk, self._position)
            yield change_set, self.ctx.within(log, is_backfill=True)
        # Nobody else writes to the change set while the attempt holds it, and a chunk that fails ends the attempt.
        self._position = log.position
        self._tell(change_set)

    def beat(self) -> None:
        """Say that somebody is at work, where no chunk says so."""
        with enter(self.ctx.scope):
            ChangeSet.objects.filter(pk=ImportRun.objects.get(pk=self._run_id).change_set_id).update(heartbeat_at=self.ctx.now())

    def close(self, state: str, message: str = "") -> None:
        """Write down how the run ended, unless another attempt has it."""
        with enter(self.ctx.scope):
            run = ImportRun.objects.select_for_update().get(pk=self._run_id)
            change_set = ChangeSet.objects.select_for_update().get(pk=run.change_set_id)
            if run.attempt != self._attempt or change_set.state != ChangeSetState.RUNNING:
                return
            run.message = message
            run.save(update_fields=["message"])
            change_set.state, change_set.finished_at, change_set.cancel_requested = state, self.ctx.now(), False
            change_set.save()
            self.ctx.emit(ImportEnded(run.pk, None, None, state=state))

    def interrupt(self, error: BaseException) -> None:
        """As far as the database can still be told."""
        if not connection.in_atomic_block:
            connection.close_if_unusable_or_obsolete()
        try:
            self.close(ChangeSetState.INTERRUPTED, message=str(reason_of(error)))
        except Exception:  # noqa: BLE001 - the first error is the one to be raised; the heartbeat tells the rest
            connection.close()


class _FileWork:
    """One file of a run. later: kinds of record that files still to come may bring."""

    def __init__(self, attempt: _Attempt, import_file: ImportFile, later: set[str]) -> None:
        self._attempt = attempt
        self._ctx = attempt.ctx
        self._file = import_file
        self._later = later
        self._plan = FilePlan.from_dict(import_file.plan)

    def go(self) -> None:
        """From the present phase to the end, or to the waiting rows that need a later file."""
        if self._file.phase == ImportPhase.DONE:
            return
        with local_file(self._file.file) as path:
            table = open_import_table(path, self._file)
            with enter(self._ctx.scope):
                reader = reader_for(self._ctx, self._file, self._plan, table)
            if self._file.phase == ImportPhase.ROWS:
                self._read_rows(table, reader)
        if self._file.phase == ImportPhase.WAITING:
            self._settle_waiting(reader)

    def _read_rows(self, table: Table, reader: DraftReader) -> None:
        repeated = self._repeated(table, reader)
        chunks = reader.chunks(table.rows(after=self._file.row_done), CHUNK_ROWS)
        for drafts in read_ahead(chunks):
            with self._attempt.chunk() as (change_set, ctx):
                for draft in drafts:
                    if draft.row in repeated and not draft.faults:
                        draft.skip = REPEATED
                settled = Settler(ctx, reader, self._later | {self._file.record}).settle(drafts)
                put_aside(self._file, settled.waiting, PutAside.WAITING)
                self._file.read += len(drafts)
                self._file.row_done = drafts[-1].row if drafts else self._file.row_done
                self._file.waiting += len(settled.waiting)
                if len(drafts) < CHUNK_ROWS:
                    self._file.rows = self._file.read
                    self._file.phase = ImportPhase.WAITING if self._file.waiting else ImportPhase.DONE
                self._commit(change_set, settled)

    def _repeated(self, table: Table, reader: DraftReader) -> RowSet:
        """Rows that do not count, because another row of the file has their key."""
        if not reader.told_apart_by:
            return RowSet()
        if reader.match_by and (kept := kept_repeated(self._file, reader.match_by)) is not None:
            return kept
        self._attempt.beat()
        with key_table() as keys:
            keys.add(0, reader.told_apart_by, self._beating(reader.keys(table.rows())))
            self._attempt.beat()
            return keys.repeated(0, reader.told_apart_by, self._plan.duplicates)

    def _beating(self, keys: Iterator[tuple[int, str]]) -> Iterator[tuple[int, str]]:
        """The same keys, with a sign of life now and then."""
        for count, key in enumerate(keys, 1):
            if count % _BEAT_ROWS == 0:
                self._attempt.beat()
            yield key

    def _settle_waiting(self, reader: DraftReader) -> None:
        """Pass after pass over the waiting rows; where a pass settles none, and no file is to come, one that answers what is missing."""
        while self._pass(reader, is_last=False):
            pass
        if not self._later and self._file.phase == ImportPhase.WAITING:
            self._pass(reader, is_last=True)

    def _pass(self, reader: DraftReader, *, is_last: bool) -> bool:
        """Whether the pass brought some rows home while others still wait."""
        after, before = 0, self._file.waiting
        while True:
            with self._attempt.chunk() as (change_set, ctx):
                waiting = take_waiting(self._file, after=after, count=CHUNK_ROWS)
                if waiting:
                    after = waiting[-1].row
                    settler = Settler(ctx, reader, self._later | {self._file.record})
                    settled = settler.settle([reader.draft(row.row, row.cells) for row in waiting], is_last=is_last)
                    still = {draft.row for draft in settled.waiting}
                    forget(self._file, [row.row for row in waiting if row.row not in still])
                    self._file.waiting -= len(waiting) - len(still)
                    if not self._file.waiting:
                        self._file.phase = ImportPhase.DONE
                    self._commit(change_set, settled)
            if len(waiting) < CHUNK_ROWS:
                return 0 < self._file.waiting < before

    def _commit(self, change_set: ChangeSet, settled: Settled) -> None:
        """The counts and the position go into the chunk's transaction."""
        put_aside(self._file, settled.faulty, PutAside.FAULTY)
        one = self._file
        one.created += settled.created
        one.updated += settled.updated
        one.unchanged += settled.unchanged
        one.failed += len(settled.faulty)
        one.skipped += settled.skips.total()
        one.skips = {reason: one.skips.get(reason, 0) + settled.skips[reason] for reason in {*one.skips, *settled.skips}}
        _assert_nothing_is_lost(one)
        one.save()
        change_set.created += settled.created
        change_set.updated += settled.updated
        change_set.unchanged += settled.unchanged
        change_set.skipped += settled.skips.total()
        change_set.failed += len(settled.faulty)
        change_set.done += settled.count
        change_set.heartbeat_at = self._ctx.now()
        change_set.save(update_fields=["created", "updated", "unchanged", "skipped", "failed", "done", "heartbeat_at"])


def _assert_nothing_is_lost(one: ImportFile) -> None:
    if one.settled + one.waiting != one.read:
        raise AssertionError(f"{one.read} rows were read, {one.settled} settled and {one.waiting} wait")


def _one_after_the_other(ctx: Context) -> None:
    """Chunks of one workspace follow one another, and a row that breaks a reference is refused at once, not at the end."""
    wait_for_turn(ctx)
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


def reason_of(error: BaseException) -> DomainError:
    """Why a run stopped, in words for people."""
    if isinstance(error, DomainError):
        return error
    if (isinstance(error, OSError) and error.errno in FULL) or getattr(error.__cause__, "sqlstate", "") == _DATABASE_DISK_FULL:
        return DiskFull()
    if isinstance(error, OperationalError | InterfaceError):
        return DatabaseLost()
    return StoppedByMistake(kind=type(error).__name__)
