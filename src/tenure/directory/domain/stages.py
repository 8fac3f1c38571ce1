"""The order of the stages, and where a turn and an account stand by the entries that count.

Stages may overlap in time: entries are ordered by stage, not by date. Rule: DESIGN.md, "The stage ledger".
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, NamedTuple

from tenure.directory.enums import Stage

if TYPE_CHECKING:
    from datetime import datetime

# Renewed, expanded and advocate stand side by side: of those a turn has entered, the latest is where it stands.
POSITION: dict[str, int] = {
    Stage.LEAD: 1,
    Stage.QUALIFIED: 2,
    Stage.OPPORTUNITY: 3,
    Stage.WON: 4,
    Stage.ONBOARDING: 5,
    Stage.LIVE: 6,
    Stage.ADOPTING: 7,
    Stage.RENEWED: 8,
    Stage.EXPANDED: 8,
    Stage.ADVOCATE: 8,
}
# What only a paying customer enters: later than churned, it says that they stayed or came back.
PAYING = frozenset({Stage.WON, Stage.RENEWED, Stage.EXPANDED})
ENDS = frozenset({Stage.LOST, Stage.CHURNED})

CUSTOMER, PURSUED, FORMER, NEVER = 3, 2, 1, 0


class Standing(NamedTuple):
    """One entry that counts."""

    stage: str
    entered_at: datetime


def stage_of_turn(entries: Sequence[Standing]) -> str:
    """Where a turn stands: the furthest stage it entered, or its end. Empty without entries.

    Churned is the end unless it paid later; lost is the end unless it was ever won or advanced later. Ties go to the end.
    """
    entered = dict(entries)
    ways = [(POSITION[stage], at, stage) for stage, at in entries if stage not in ENDS]
    paid = [at for stage, at in entries if stage in PAYING]
    if Stage.CHURNED in entered and all(at <= entered[Stage.CHURNED] for at in paid):
        return Stage.CHURNED
    is_won = any(position >= POSITION[Stage.WON] for position, _, _ in ways)
    if Stage.LOST in entered and not is_won and all(at <= entered[Stage.LOST] for _, at, _ in ways):
        return Stage.LOST
    return max(ways)[2] if ways else ""


def stage_of_account(turns: Iterable[Sequence[Standing]]) -> str:
    """Where an account stands over all its turns: as a customer first, then as one who is pursued, then by how it ended."""
    standings = []
    for entries in turns:
        stage = stage_of_turn(entries)
        if stage:
            reached = max((at for name, at in entries if name == stage), default=None)
            standings.append((class_of(stage), POSITION.get(stage, 0), reached, stage))
    return max(standings)[3] if standings else ""


def class_of(stage: str) -> int:
    """What an account at this stage is to the company."""
    if stage in ENDS:
        return FORMER if stage == Stage.CHURNED else NEVER
    return CUSTOMER if POSITION[stage] >= POSITION[Stage.WON] else PURSUED
