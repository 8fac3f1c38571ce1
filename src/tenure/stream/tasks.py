"""Jobs of the stream room: corrections and large replays, with the rights of whoever asked for them."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from procrastinate import RetryStrategy

from tenure.stream import correcting, replay_runs
from tenure.stream.actions.correct_events import JOB as CORRECT
from tenure.stream.actions.start_replay import JOB as REPLAY
from tenure.workspace.jobs import job
from tenure.workspace.queries.contexts import actor_context

if TYPE_CHECKING:
    from tenure.workspace.context import Context

# The store or the stream may be away for a while: after 10, 100 seconds and so on, for a good day.
RETRIES = RetryStrategy(max_attempts=6, exponential_wait=10)


@job(CORRECT, retry=RETRIES, is_rescued=True)
def correct_events(ctx: Context, *, correction: str, actor_kind: str, actor_id: str | None) -> None:
    """Delete or change events."""
    correcting.carry_out(_of(ctx, actor_kind, actor_id), UUID(correction))


@job(REPLAY, retry=RETRIES, is_rescued=True)
def replay_refusals(ctx: Context, *, replay: str, actor_kind: str, actor_id: str | None) -> None:
    """Send refused calls through acceptance again."""
    replay_runs.carry_out(_of(ctx, actor_kind, actor_id), UUID(replay))


def _of(ctx: Context, actor_kind: str, actor_id: str | None) -> Context:
    return actor_context(ctx.workspace.pk, actor_kind, UUID(actor_id) if actor_id else None)
