"""Readers: rooms that do something in PostgreSQL because of events. Each takes windows of the store's order, never leaves one out, never takes one twice.

The window ends at the writer's position: what lies at or below it is complete. A reader's position is committed with its effect, so a
crash between the two cannot happen. Rule: stream/README.md, "The way of an event", 3.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING
from uuid import UUID

import structlog
from django.db import connection

from tenure.stream.models import ReaderPosition
from tenure.stream.store.client import StoreUnavailable, event_store
from tenure.stream.ties_copy import copy_ties_once
from tenure.workspace.jobs import system_context
from tenure.workspace.models import Workspace
from tenure.workspace.scope import Scope, enter

if TYPE_CHECKING:
    from tenure.workspace.context import Context

# Blocks of the stream in one window: a bound on what one transaction does.
WINDOW_BLOCKS = 5_000
# Between two rounds: each costs the store a query a reader, however little came.
REST_SECONDS = 0.5
_BEHIND = (
    "SELECT workspace, min(seq), max(seq) FROM events WHERE seq > {after:UInt64} AND seq <= {upto:UInt64} GROUP BY workspace"
)
log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Window:
    """Events of one workspace with after < seq <= upto."""

    workspace_id: UUID
    after: int
    upto: int

    @property
    def is_full(self) -> bool:
        """Whether there was more than one window may hold."""
        return self.upto - self.after >= WINDOW_BLOCKS

    @property
    def parameters(self) -> dict[str, object]:
        """What a statement with `workspace = {workspace:UUID} AND seq > {after:UInt64} AND seq <= {upto:UInt64}` asks for."""
        return {"workspace": self.workspace_id, "after": self.after, "upto": self.upto}


Read = Callable[["Context", Window], None]

readers: dict[str, Read] = {}
# Up to where this process has seen that a reader has nothing left to read, in any workspace.
_passed: dict[str, int] = {}


def register_reader(name: str, read: Read) -> None:
    """Have `read` called for every window of every workspace, in a transaction of its own inside the workspace's scope."""
    readers[name] = read


def written_upto() -> int:
    """The writer's position: everything at or below it is in the store. Raises StoreUnavailable."""
    rows = event_store().rows("SELECT max(seq) FROM positions WHERE reader = 'writer'")
    return int(rows[0][0])


def read_once(stop: threading.Event | None = None) -> bool:
    """Let every reader take one window of each workspace that has something new; returns whether any window was full. stop: leaves off between two.

    Raises what the first failing reader raised, after the others had their turn.
    """
    upto, is_behind, failed = written_upto(), False, None
    for name, read in list(readers.items()):
        for window in _windows_of(name, upto):
            if stop is not None and stop.is_set():
                return is_behind
            try:
                is_behind |= _take(name, read, window) and window.is_full
            except Exception as error:  # noqa: BLE001 - one reader's trouble in one workspace is nobody else's
                failed = failed or error
    if failed is not None:
        raise failed
    return is_behind


def read_until(stop: threading.Event) -> None:
    """Read and copy the ties until told to stop, with a rest between rounds unless readers are behind."""
    while not stop.is_set():
        is_behind = _tried(partial(read_once, stop))
        # The copy of the ties does not wait for a reader that fails.
        if not stop.is_set():
            _tried(copy_ties_once)
        if not is_behind:
            stop.wait(REST_SECONDS)


def _tried(work: Callable[[], int]) -> int:
    try:
        return work()
    except StoreUnavailable:
        log.warning("event_store_away")
    except Exception:
        log.exception("reader_failed")
        connection.close()
    return 0


def _windows_of(name: str, upto: int) -> list[Window]:
    """What this reader has not read, one window a workspace."""
    after, positions = _passed.get(name, 0), _positions_of(name)
    newest = event_store().everywhere().rows(_BEHIND, after=after, upto=upto)
    windows = []
    for workspace_id, first, last in newest:
        position = positions.get(workspace_id, 0)
        if last > position:
            # Between the position and the first block of its own, a workspace has nothing.
            windows.append(Window(workspace_id, position, min(last, max(position, after, first - 1) + WINDOW_BLOCKS)))
    if not windows:
        _passed[name] = upto
    return windows


def _positions_of(name: str) -> dict[UUID, int]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT workspace_id, seq FROM list_reader_positions(%s)", [name])
        return dict(cursor.fetchall())


def _take(name: str, read: Read, window: Window) -> bool:
    """One window: lock the position, read, move it, all in one transaction. False where another was first, or the workspace is gone."""
    try:
        ctx = system_context(window.workspace_id)
    except Workspace.DoesNotExist:
        return False
    with enter(Scope(window.workspace_id)):
        ReaderPosition.objects.get_or_create(workspace_id=window.workspace_id, reader=name)
        position = ReaderPosition.objects.select_for_update().get(reader=name)
        if position.seq != window.after:
            return False
        read(ctx, window)
        position.seq = window.upto
        position.save(update_fields=["seq"])
    return True
