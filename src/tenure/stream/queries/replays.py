"""Replays: one by id."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tenure.kernel.errors import NotFound
from tenure.stream.models import Replay
from tenure.workspace.reach import scope_filter

if TYPE_CHECKING:
    from uuid import UUID

    from tenure.workspace.context import Context

VIEW = "stream.replay_refusals"


def get_replay(ctx: Context, replay_id: UUID, *, lock: bool = False) -> Replay:
    """The replay, where the caller replays calls of the whole workspace. Raises NotFound."""
    rows = Replay.objects.filter(scope_filter(ctx, VIEW, Replay), pk=replay_id)
    found: Replay | None = (rows.select_for_update() if lock else rows).first()
    if found is None:
        raise NotFound(kind="replay")
    return found
