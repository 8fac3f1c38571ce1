"""Crossings: how long it takes to get over a boundary of the bow-tie, with losses and those still on the way.

Times are whole days. Shares here are floats: estimates from counts, never money.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from math import ceil

HORIZONS = (7, 30, 90, 180)
MATURITY = 0.9
HALF = 0.5


@dataclass(frozen=True, slots=True)
class Passage:
    """One turn at a boundary: when it entered the stage before, and when it crossed, or was lost (at most one counts).

    Who was lost before crossing never crosses; who crossed and was lost later has crossed.
    """

    entered_on: date
    crossed_on: date | None = None
    lost_on: date | None = None


@dataclass(frozen=True, slots=True)
class CurvePoint:
    """Day of the curve, the share that has crossed by then, the share lost by then."""

    day: int
    crossed: float
    lost: float


@dataclass(frozen=True, slots=True)
class DayEnd:
    """How many passages were watched for exactly so many days, by how that ended: still open (censored), crossed, lost."""

    day: int
    open: int = 0
    crossed: int = 0
    lost: int = 0

    @property
    def total(self) -> int:
        """All that ended on the day."""
        return self.open + self.crossed + self.lost


def crossing_days(passages: Iterable[Passage]) -> list[int]:
    """Days from entry to crossing of those who crossed, ascending."""
    return sorted((each.crossed_on - each.entered_on).days for each in passages if each.crossed_on is not None)


def tally(passages: Iterable[Passage], as_of: date) -> list[DayEnd]:
    """How the passages ended, by days from entry, ascending."""
    counts: dict[int, list[int]] = {}
    for passage in passages:
        day, outcome = _ending(passage, as_of)
        counts.setdefault(day, [0, 0, 0])[outcome] += 1
    return [DayEnd(day, *counts[day]) for day in sorted(counts)]


def curve_of(ends: Sequence[DayEnd]) -> list[CurvePoint]:
    """The share that has crossed by each day: Aalen-Johansen with lost as the competing risk, open ones censored.

    ends: ascending. One point per day on which someone crossed or was lost. Of a loss and a crossing on the same day both count.
    Source: O. Aalen, S. Johansen, 1978, Scand. J. Statist. 5, 141-150.
    """
    points: list[CurvePoint] = []
    at_risk = sum(end.total for end in ends)
    on_the_way, crossed, lost = 1.0, 0.0, 0.0
    for end in ends:
        if end.crossed or end.lost:
            crossed += on_the_way * end.crossed / at_risk
            lost += on_the_way * end.lost / at_risk
            on_the_way *= 1 - (end.crossed + end.lost) / at_risk
            points.append(CurvePoint(end.day, crossed, lost))
        at_risk -= end.total
    return points


def shares_by(ends: Sequence[DayEnd], horizons: Sequence[int] = HORIZONS) -> dict[int, CurvePoint | None]:
    """The curve as it stands at each horizon of days; None where nobody has been watched that long.

    Once all are crossed or lost the curve stays where it is, so later horizons are known too.
    """
    curve = curve_of(ends)
    is_settled = bool(ends) and ends[-1].open == 0
    shares: dict[int, CurvePoint | None] = {}
    for horizon in horizons:
        reached = [point for point in curve if point.day <= horizon]
        last = reached[-1] if reached else CurvePoint(0, 0.0, 0.0)
        is_known = bool(ends) and (horizon <= ends[-1].day or is_settled)
        shares[horizon] = CurvePoint(horizon, last.crossed, last.lost) if is_known else None
    return shares


def half_crossed_after(ends: Sequence[DayEnd]) -> int | None:
    """The first day by which half of all have crossed (lost ones never do); None where the curve never gets to half."""
    return next((point.day for point in curve_of(ends) if point.crossed >= HALF), None)


def crossed_by_day(passages: Iterable[Passage], as_of: date) -> list[CurvePoint]:
    """The curve of these passages, open ones watched up to `as_of`."""
    return curve_of(tally(passages, as_of))


def crossed_within(passages: Sequence[Passage], as_of: date, horizons: Sequence[int] = HORIZONS) -> dict[int, float | None]:
    """The share that crosses within each horizon of days; None where nobody has been watched that long."""
    found = shares_by(tally(passages, as_of), horizons)
    return {horizon: None if point is None else point.crossed for horizon, point in found.items()}


def maturity_days(passages: Sequence[Passage], quantile: float = MATURITY) -> int | None:
    """The age at which a cohort may be judged: the 90 % quantile of crossing times; None where nobody crossed yet."""
    days = crossing_days(passages)
    return days[ceil(quantile * len(days)) - 1] if days else None


def mature(passages: Sequence[Passage], as_of: date, quantile: float = MATURITY) -> list[Passage]:
    """The passages that entered long enough ago to have crossed; the others are shown apart, in grey."""
    age = maturity_days(passages, quantile)
    if age is None:
        return []
    return [each for each in passages if each.entered_on + timedelta(days=age) <= as_of]


def median_crossing_days(passages: Sequence[Passage], as_of: date) -> float | None:
    """The headline time at a boundary: median days of those who crossed, from mature cohorts; None where nobody did."""
    return _median(crossing_days(mature(passages, as_of)))


def censored_median_days(passages: Sequence[Passage], as_of: date) -> int | None:
    """The first day by which half of all have crossed (lost ones never do); None where the curve never gets to half."""
    return half_crossed_after(tally(passages, as_of))


def by_month(passages: Iterable[Passage]) -> Mapping[tuple[int, int], list[Passage]]:
    """The passages by month of entry."""
    months: dict[tuple[int, int], list[Passage]] = {}
    for passage in passages:
        months.setdefault((passage.entered_on.year, passage.entered_on.month), []).append(passage)
    return months


_OPEN, _CROSSED, _LOST = 0, 1, 2


def _ending(passage: Passage, as_of: date) -> tuple[int, int]:
    """Days from entry to the end of watching, and what ended it; what lies after `as_of` has not happened yet."""
    crossed, lost = passage.crossed_on, passage.lost_on
    if crossed is not None and crossed <= as_of and (lost is None or crossed <= lost):
        return (crossed - passage.entered_on).days, _CROSSED
    if lost is not None and lost <= as_of:
        return (lost - passage.entered_on).days, _LOST
    return max((as_of - passage.entered_on).days, 0), _OPEN


def _median(ordered: Sequence[int]) -> float | None:
    if not ordered:
        return None
    upper = len(ordered) // 2
    return float(ordered[upper]) if len(ordered) % 2 else (ordered[upper - 1] + ordered[upper]) / 2
