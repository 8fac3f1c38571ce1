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


def crossing_days(passages: Iterable[Passage]) -> list[int]:
    """Days from entry to crossing of those who crossed, ascending."""
    return sorted((each.crossed_on - each.entered_on).days for each in passages if each.crossed_on is not None)


def crossed_by_day(passages: Iterable[Passage], as_of: date) -> list[CurvePoint]:
    """The share that has crossed by each day: Aalen-Johansen with lost as the competing risk, open ones censored.

    One point per day on which someone crossed or was lost. Of a loss and a crossing on the same day both count.
    Source: O. Aalen, S. Johansen, 1978, Scand. J. Statist. 5, 141-150.
    """
    ends: dict[int, list[int]] = {}
    at_risk = 0
    for passage in passages:
        day, outcome = _ending(passage, as_of)
        ends.setdefault(day, [0, 0, 0])[outcome] += 1
        at_risk += 1
    points: list[CurvePoint] = []
    on_the_way, crossed, lost = 1.0, 0.0, 0.0
    for day in sorted(ends):
        censored, crossings, losses = ends[day]
        if crossings or losses:
            crossed += on_the_way * crossings / at_risk
            lost += on_the_way * losses / at_risk
            on_the_way *= 1 - (crossings + losses) / at_risk
            points.append(CurvePoint(day, crossed, lost))
        at_risk -= censored + crossings + losses
    return points


def crossed_within(passages: Sequence[Passage], as_of: date, horizons: Sequence[int] = HORIZONS) -> dict[int, float | None]:
    """The share that crosses within each horizon of days; None where nobody has been watched that long.

    Once all are crossed or lost the curve stays where it is, so later horizons are known too.
    """
    endings = [_ending(passage, as_of) for passage in passages]
    watched = max((day for day, _ in endings), default=-1)
    is_settled = bool(endings) and all(outcome != _OPEN for day, outcome in endings if day == watched)
    curve = crossed_by_day(passages, as_of)
    shares: dict[int, float | None] = {}
    for horizon in horizons:
        reached = [point.crossed for point in curve if point.day <= horizon]
        is_known = bool(endings) and (horizon <= watched or is_settled)
        shares[horizon] = (reached[-1] if reached else 0.0) if is_known else None
    return shares


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
    for point in crossed_by_day(passages, as_of):
        if point.crossed >= 0.5:  # noqa: PLR2004 - the median
            return point.day
    return None


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
