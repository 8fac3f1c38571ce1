"""Opening and closing change sets. What they do to rows is written by records/; undo is actions/undo_change_set.py."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tenure.workspace.enums import ChangeSetState
from tenure.workspace.models import ChangeSet
from tenure.workspace.records.log import ChangeLog

if TYPE_CHECKING:
    from tenure.workspace.context import Context


def start_change_set(
    ctx: Context, kind: str, *, title: str, reason: str = "", total: int | None = None
) -> tuple[ChangeSet, ChangeLog]:
    """A running change set of the caller's, and the log its rows are written to."""
    now = ctx.now()
    change_set = ChangeSet.objects.create(
        workspace_id=ctx.workspace.pk,
        kind=kind,
        title=title,
        reason=reason,
        actor_kind=ctx.actor.kind,
        actor_id=ctx.actor.id,
        actor_name=ctx.actor.name,
        started_at=now,
        heartbeat_at=now,
        total=total,
    )
    return change_set, ChangeLog(change_set.pk)


def finish_change_set(ctx: Context, change_set: ChangeSet, *, created: int = 0, updated: int = 0, deleted: int = 0) -> None:
    """Close a change set that was done in one transaction."""
    change_set.state = ChangeSetState.DONE
    change_set.finished_at = ctx.now()
    change_set.created, change_set.updated, change_set.deleted = created, updated, deleted
    change_set.done = created + updated + deleted
    change_set.save()
