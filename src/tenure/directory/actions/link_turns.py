"""Turns get the account they turn out to be about, or the opportunity that came of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import UUID

from tenure.directory.events import TurnLinked
from tenure.directory.models import StageEntry, Turn
from tenure.directory.queries.turns import lock_turns
from tenure.directory.stage_ledger import project_stages
from tenure.workspace.action import action
from tenure.workspace.rows import update_rows

if TYPE_CHECKING:
    from tenure.workspace.context import Context


@dataclass(frozen=True, slots=True)
class TurnLink:
    """What a turn is about from now on: all of it, so that None takes a link away."""

    turn_id: UUID
    account_id: UUID | None
    opportunity_id: UUID | None = None


@action("directory.record_stages")
def link_turns(ctx: Context, links: Sequence[TurnLink]) -> None:
    """Set account and opportunity of the turns; their entries follow, and both accounts' stage with them.

    Set-based. Idempotent: a link that is there already changes nothing.
    """
    turns = lock_turns(link.turn_id for link in links)
    moved, left = [], set()
    for link in links:
        turn = turns.get(link.turn_id)
        if turn is None or (turn.account_id, turn.opportunity_id) == (link.account_id, link.opportunity_id):
            continue
        left.add(turn.account_id)
        turn.account_id, turn.opportunity_id = link.account_id, link.opportunity_id
        moved.append(turn)
    if not moved:
        return
    update_rows(Turn, moved, ["account", "opportunity_id"])
    entries = list(StageEntry.objects.filter(turn_id__in=[turn.pk for turn in moved]))
    for entry in entries:
        entry.account_id = turns[entry.turn_id].account_id
    update_rows(StageEntry, entries, ["account"])
    ctx.emit(TurnLinked(turn.pk, turn.account_id, None) for turn in moved)
    project_stages(left | {turn.account_id for turn in moved})
