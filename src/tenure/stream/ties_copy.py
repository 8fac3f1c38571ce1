"""The copy of the ties in the event store, for joins: brought up to date after commit, by whoever comes first.

A row's revision grows in the order of commits (tie_book.py), and the copy's position is the highest revision that is in the store. It moves
after the insert: killed between the two, the same rows are inserted again, and the store keeps one of each version.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING
from uuid import UUID

import pyarrow as pa
import structlog
from django.db import connection, transaction

from tenure.stream.models import ReaderPosition, Tie
from tenure.stream.store.client import StoreUnavailable, event_store
from tenure.stream.tie_book import COPY
from tenure.workspace.scope import Scope, enter

if TYPE_CHECKING:
    from tenure.workspace.context import Context

NOBODY = UUID(int=0)
COPIED_ROWS = 50_000
log = structlog.get_logger(__name__)


def copy_ties_once() -> int:
    """Copy what is not in the store yet, of every workspace; returns how many rows. Raises StoreUnavailable."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT workspace_id FROM list_workspaces_with_fresh_ties(%s)", [COPY])
        behind = [row[0] for row in cursor.fetchall()]
    return sum(copy_ties(workspace_id) for workspace_id in behind)


def copy_ties(workspace_id: UUID) -> int:
    """Copy one workspace's, a transaction for each 50,000 rows; returns how many. Idempotent. Raises StoreUnavailable."""
    copied = 0
    while count := _copy_some(workspace_id):
        copied += count
        if count < COPIED_ROWS:
            break
    return copied


def copy_after_commit(ctx: Context) -> None:
    """Have the present transaction's ties copied as soon as it is committed; where the store is away, the readers' process does it later."""
    transaction.on_commit(partial(_copy_now, ctx.workspace.pk), robust=True)


def _copy_now(workspace_id: UUID) -> None:
    try:
        copy_ties(workspace_id)
    except StoreUnavailable:
        log.warning("ties_copied_later", workspace=str(workspace_id))


def _copy_some(workspace_id: UUID) -> int:
    with enter(Scope(workspace_id)):
        ReaderPosition.objects.get_or_create(workspace_id=workspace_id, reader=COPY)
        position = ReaderPosition.objects.select_for_update().get(reader=COPY)
        fresh = Tie.objects.filter(revision__gt=position.seq).order_by("revision")
        rows = list(fresh.values_list("subject", "since_at", "account_id", "revision")[:COPIED_ROWS])
        if rows:
            event_store().insert("ties", _columns(workspace_id, rows))
            position.seq = rows[-1][3]
            position.save(update_fields=["seq"])
    return len(rows)


def _columns(workspace_id: UUID, rows: list[tuple[str, object, UUID | None, int]]) -> pa.Table:
    subjects, instants, accounts, revisions = zip(*rows, strict=True)
    return pa.table(
        {
            "workspace": pa.array([str(workspace_id)] * len(rows)),
            "subject": pa.array(subjects),
            "since": pa.array(instants, pa.timestamp("us", "UTC")),
            "account": pa.array([str(account or NOBODY) for account in accounts]),
            "version": pa.array(revisions, pa.uint64()),
        }
    )
