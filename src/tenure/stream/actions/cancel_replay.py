"""A replay under way is stopped."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tenure.stream.enums_of_governance import UNDER_WAY, WorkState
from tenure.stream.errors_of_governance import ReplayNotRunning
from tenure.stream.queries.replays import get_replay
from tenure.workspace.action import action

if TYPE_CHECKING:
    from uuid import UUID

    from tenure.stream.models import Replay
    from tenure.workspace.context import Context


@action("stream.replay_refusals")
def cancel_replay(ctx: Context, replay_id: UUID) -> Replay:
    """Stop it after the calls it is at; what was replayed stays so. Raises NotFound, ReplayNotRunning. Idempotent while it stops."""
    row = get_replay(ctx, replay_id, lock=True)
    if row.state not in UNDER_WAY:
        raise ReplayNotRunning
    row.state = WorkState.CANCELLING
    row.save(update_fields=["state"])
    ctx.audit(row)
    return row
