"""Tables of the directory that are no records, and how their rows follow a merge."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING
from uuid import UUID

from tenure.directory.actions.link_turns import TurnLink, link_turns
from tenure.directory.merging import register_follower
from tenure.directory.models import TimelineEntry, Turn
from tenure.stream.actions.move_ties import move_ties

if TYPE_CHECKING:
    from tenure.workspace.context import Context


def register_own_followers() -> None:
    """Turns with their stage entries, lines of the timeline, and whose product events are."""
    register_follower("account", "turn", move_turns)
    register_follower("account", "timeline", lambda ctx, source, target, ids: _move_lines(ctx, "account_id", source, target, ids))
    register_follower("account", "tie", lambda ctx, source, target, ids: move_ties(ctx, "account_id", source, target, ids))
    register_follower("person", "tie", lambda ctx, source, target, ids: move_ties(ctx, "person_id", source, target, ids))
    register_follower("person", "timeline", lambda ctx, source, target, ids: _move_lines(ctx, "person_id", source, target, ids))


def move_turns(ctx: Context, source: UUID, target: UUID, ids: Collection[UUID] | None) -> list[UUID]:
    """Turns, entries and both accounts' stage."""
    turns = Turn.objects.filter(account_id=source)
    rows = list(turns if ids is None else turns.filter(pk__in=list(ids)))
    link_turns(ctx, [TurnLink(turn.pk, target, turn.opportunity_id) for turn in rows])
    return [turn.pk for turn in rows]


def _move_lines(_ctx: Context, column: str, source: UUID, target: UUID, ids: Collection[UUID] | None) -> list[UUID]:
    """Lines whose own record did not take them along already."""
    lines = TimelineEntry.objects.filter(**{column: source})
    lines = lines if ids is None else lines.filter(pk__in=list(ids))
    moved = list(lines.values_list("pk", flat=True))
    TimelineEntry.objects.filter(pk__in=moved).update(**{column: target})
    return moved
