"""All refused calls of a filter are sent through acceptance again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tenure.stream.models import Replay
from tenure.stream.queries.refusals import RefusalFilter, count_refusals, newest_number
from tenure.workspace.action import action
from tenure.workspace.context import as_arguments

if TYPE_CHECKING:
    from tenure.workspace.context import Context

JOB = "stream.replay_refusals"


@action("stream.replay_refusals")
def start_replay(ctx: Context, wanted: RefusalFilter) -> Replay:
    """Replay the open calls that pass the filter now, the oldest first, by a job that can be watched and cancelled.

    Raises PermissionMissing, StoreUnavailable. A call counts once, in however many replays it is.
    """
    ctx.require_everywhere("stream.replay_refusals")
    upto = newest_number()
    row = Replay.objects.create(
        workspace_id=ctx.workspace.pk,
        wanted=wanted.as_json(),
        upto=upto,
        total=count_refusals(ctx, wanted, upto=upto),
        actor_kind=ctx.actor.kind,
        actor_id=ctx.actor.id,
        actor_name=ctx.actor.name,
        asked_at=ctx.now(),
    )
    ctx.audit(row, calls=row.total, **row.wanted)
    ctx.defer(JOB, replay=str(row.pk), **as_arguments(ctx.actor))
    return row
