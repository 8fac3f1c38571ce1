"""Large replays carried out: chunk by chunk, the place committed with each chunk's marks, so that a kill loses and doubles nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tenure.stream.enums_of_governance import UNDER_WAY, WorkState
from tenure.stream.events_of_governance import RefusalsReplayed
from tenure.stream.models import Replay
from tenure.stream.queries.refusals import Place, RefusalFilter, list_refusals
from tenure.stream.replaying import replay
from tenure.workspace.scope import enter

if TYPE_CHECKING:
    from uuid import UUID

    from tenure.workspace.context import Context

CHUNK = 500


def carry_out(ctx: Context, replay_id: UUID) -> None:
    """Do what is left of a replay. Idempotent: one that has ended is left alone. Raises StreamBehind, StoreUnavailable, to be tried again."""
    while _replay_chunk(ctx, replay_id):
        pass


def _replay_chunk(ctx: Context, replay_id: UUID) -> bool:
    """One chunk; whether another is to come."""
    with enter(ctx.scope):
        row: Replay | None = Replay.objects.select_for_update().filter(pk=replay_id, state__in=UNDER_WAY).first()
        if row is None:
            return False
        is_cancelled = row.state == WorkState.CANCELLING
        after = Place(row.received_micros, row.seq, row.idx) if row.idx >= 0 else None
        wanted = RefusalFilter.from_json(row.wanted)
        found = (
            []
            if is_cancelled
            else list_refusals(ctx, wanted, after=after, limit=CHUNK, upto=row.upto, is_oldest_first=True, with_body=True)
        )
        if found:
            outcome = replay(ctx, found, part_of=row)
            last = found[-1].place
            row.received_micros, row.seq, row.idx = last.received, last.seq, last.idx
            row.done, row.accepted, row.state = row.done + len(found), row.accepted + len(outcome.accepted), WorkState.RUNNING
        else:
            row.state, row.finished_at = WorkState.CANCELLED if is_cancelled else WorkState.DONE, ctx.now()
            ctx.emit(RefusalsReplayed(row.pk, None, None, accepted=row.accepted))
        row.save()
        return bool(found)
