"""A boundary read off counts of turns that stand alike at it, instead of off each turn. Shares exact, times in days."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from tenure.insights.domain.boundaries import Conversion, OwnEntries
from tenure.insights.domain.crossings import DayEnd

OPEN, CROSSED, LOST = 0, 1, 2


class AtBoundary(NamedTuple):
    """So many turns that stand alike: entered long enough ago or not, how it ended (OPEN, CROSSED, LOST) after how many days.

    own: they really entered the stage before; both: and the next one. has_left: they crossed, and churned later. is_old and has_left are None
    where nobody can say.
    """

    is_old: bool | None
    ended: int
    days: int
    own: bool
    both: bool
    has_left: bool | None
    turns: int


@dataclass(frozen=True, slots=True)
class Tallied:
    """What the counts say of one boundary. mature_after: the age from which on a turn is old enough, from all crossings known."""

    everyone: Conversion
    mature: Conversion
    median_days: float | None
    mature_after: int | None
    churned_after: int
    own: OwnEntries
    ends: list[DayEnd] = field(default_factory=list)

    @classmethod
    def of(cls, rows: Iterable[AtBoundary], mature_after: int | None) -> Tallied:
        """Sum up the rows. A turn that crossed before it entered was on the way for no day."""
        ended, old, own, left = [0, 0, 0], [0, 0, 0], [0, 0, 0], 0
        crossed_old: dict[int, int] = {}
        ends: dict[int, list[int]] = {}
        for row in rows:
            ended[row.ended] += row.turns
            ends.setdefault(max(0, row.days), [0, 0, 0])[row.ended] += row.turns
            if row.is_old:
                old[row.ended] += row.turns
                if row.ended == CROSSED:
                    crossed_old[row.days] = crossed_old.get(row.days, 0) + row.turns
            if row.own:
                own[0] += row.turns
            if row.both:
                own[1] += row.turns
                own[2] += row.turns * row.days
            if row.ended == CROSSED and row.has_left:
                left += row.turns
        return cls(
            Conversion(sum(ended), ended[CROSSED], ended[LOST]),
            Conversion(sum(old), old[CROSSED], old[LOST]),
            median_of(crossed_old),
            mature_after,
            left,
            OwnEntries(own[0], own[1], own[2] / own[1] if own[1] else None),
            [DayEnd(day, *ends[day]) for day in sorted(ends)],
        )


def median_of(counts: Mapping[int, int]) -> float | None:
    """The median of values by how often they occur; None of none."""
    total = sum(counts.values())
    if not total:
        return None
    return (_nth(counts, (total - 1) // 2) + _nth(counts, total // 2)) / 2


def _nth(counts: Mapping[int, int], place: int) -> int:
    for value in sorted(counts):
        place -= counts[value]
        if place < 0:
            return value
    raise IndexError(place)
