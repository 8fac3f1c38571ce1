"""The bow-tie's shapes: two wings that meet at won, and three outcomes side by side after adopting. Pure geometry.

Left heights: log of volume. Right heights: log of a measure of the cohort (its ARR, or its customers where no ARR is known), against
what it was at won: twice as much is one step wider, half as much one step narrower. Look: design/README.md.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import log, log2

WIDTH, MIDDLE = 1228, 138
BAND, FAN = 112, 332
WAIST, TALLEST = 56, 214
STEP, NARROWEST = 62, 26
GAP = 1.5
UP_WIDTH, UP_MIDDLE, UP_BAND = 408, 172, 48
UP_WIDEST, UP_WAIST, UP_STEP = 340, 88, 70


@dataclass(frozen=True, slots=True)
class Band:
    """A stage to draw. measure: what its height is the log of; None where it has no source (drawn hollow)."""

    stage: str
    measure: float | None


@dataclass(frozen=True, slots=True)
class Shape:
    """A drawn band: its outline, the middle of its words, and where the boundary before it stands (x or y)."""

    stage: str
    path: str
    x: float
    y: float
    edge: float
    edge_from: float
    is_hollow: bool


def heights(left: Sequence[Band], right: Sequence[Band], *, widest: float, waist: float, step: float) -> dict[str, float]:
    """The height of each band where it is outermost: of the left wing at its left edge, of the right wing at its right edge."""
    known = [band.measure for band in left if band.measure]
    least, most = min(known, default=1.0), max(known, default=1.0)
    reach = log(most / least) or 1.0
    found: dict[str, float] = {}
    for band in left:
        if band.measure is not None:
            found[band.stage] = waist + 8 + (widest - waist - 8) * (log(max(band.measure, least) / least) / reach)
    base = next((band.measure for band in right if band.measure), 1.0)
    for band in right:
        if band.measure is not None:
            growth = log2(band.measure / base) if band.measure else -2.0
            found[band.stage] = min(widest, max(NARROWEST, waist + step * (0.45 + growth)))
    return _filled([band.stage for band in left], found, waist, widest) | _filled(
        [band.stage for band in right], found, waist, waist + step
    )


def _filled(stages: Sequence[str], found: dict[str, float], waist: float, outer: float) -> dict[str, float]:
    """The heights of one wing, hollow stages between their neighbours."""
    values = [found.get(stage) for stage in stages]
    filled: dict[str, float] = {}
    for at, stage in enumerate(stages):
        value = values[at]
        if value is None:
            before = next((one for one in reversed(values[:at]) if one is not None), None)
            after = next((one for one in values[at + 1 :] if one is not None), None)
            sides = [one for one in (before, after) if one is not None]
            value = sum(sides) / len(sides) if sides else (waist + outer) / 2
        filled[stage] = value
    return filled


def lying(left: Sequence[Band], chain: Sequence[Band], outcomes: Sequence[Band]) -> list[Shape]:
    """The bow-tie as it lies on a wide screen, in a box of 1228 by 300."""
    tall = heights(left, [*chain, *outcomes], widest=TALLEST, waist=WAIST, step=STEP)
    bands = [*left, *chain]
    edges = [tall[band.stage] for band in left] + [float(WAIST)] + [tall[band.stage] for band in chain]
    shapes = []
    for at, band in enumerate(bands):
        x0, x1 = at * BAND + GAP, (at + 1) * BAND - GAP
        first, last = edges[at] / 2, edges[at + 1] / 2
        path = f"M{x0:g} {MIDDLE - first:.1f} L{x1:g} {MIDDLE - last:.1f} V{MIDDLE + last:.1f} L{x0:g} {MIDDLE + first:.1f}Z"
        shapes.append(Shape(band.stage, path, (x0 + x1) / 2, MIDDLE, at * BAND, MIDDLE - first - 4, band.measure is None))
    return shapes + _fan(outcomes, len(bands) * BAND, edges[-1], tall)


def _fan(outcomes: Sequence[Band], x: float, joint: float, tall: dict[str, float]) -> list[Shape]:
    """Three lanes that leave adopting side by side, each as wide at its end as its own measure."""
    lane, shapes = joint / len(outcomes), []
    ends = [min(72.0, max(42.0, tall[band.stage] * 0.6)) for band in outcomes]
    room = (sum(ends) + 10 * (len(ends) - 1)) / 2
    y = MIDDLE - room
    for at, band in enumerate(outcomes):
        top0 = MIDDLE - joint / 2 + at * lane + (GAP if at else 0)
        bottom0 = MIDDLE - joint / 2 + (at + 1) * lane - (GAP if at < len(outcomes) - 1 else 0)
        top1, bottom1 = y, y + ends[at]
        bend = x + 64
        path = (
            f"M{x + GAP:g} {top0:.1f} C{bend - 24:g} {top0:.1f} {bend - 24:g} {top1:.1f} {bend:g} {top1:.1f} "
            f"H{x + FAN - GAP:g} V{bottom1:.1f} H{bend:g} C{bend - 24:g} {bottom1:.1f} {bend - 24:g} {bottom0:.1f} {x + GAP:g} {bottom0:.1f}Z"
        )
        shapes.append(Shape(band.stage, path, bend + 6, (top1 + bottom1) / 2, x + FAN - 14, top1, band.measure is None))
        y = bottom1 + 10
    return shapes


def upright(left: Sequence[Band], chain: Sequence[Band], outcomes: Sequence[Band]) -> list[Shape]:
    """The bow-tie as it stands on a phone, in a box of 408 wide."""
    wide = heights(left, [*chain, *outcomes], widest=UP_WIDEST, waist=UP_WAIST, step=UP_STEP)
    bands = [*left, *chain]
    edges = [wide[band.stage] for band in left] + [float(UP_WAIST)] + [max(UP_WAIST, wide[band.stage]) for band in chain]
    shapes = []
    for at, band in enumerate(bands):
        y0, y1 = at * UP_BAND + GAP, (at + 1) * UP_BAND - GAP
        first, last = edges[at] / 2, edges[at + 1] / 2
        path = f"M{UP_MIDDLE - first:.1f} {y0:g} H{UP_MIDDLE + first:.1f} L{UP_MIDDLE + last:.1f} {y1:g} H{UP_MIDDLE - last:.1f}Z"
        shapes.append(Shape(band.stage, path, UP_MIDDLE, (y0 + y1) / 2, at * UP_BAND, 0, band.measure is None))
    y = len(bands) * UP_BAND
    part, lane = edges[-1] / len(outcomes), (2 * UP_MIDDLE - 8) / len(outcomes)
    for at, band in enumerate(outcomes):
        from0 = UP_MIDDLE - edges[-1] / 2 + at * part + (GAP if at else 0)
        from1 = UP_MIDDLE - edges[-1] / 2 + (at + 1) * part - (GAP if at < len(outcomes) - 1 else 0)
        to0, to1 = 4 + at * lane + 2, 4 + (at + 1) * lane - 2
        path = f"M{from0:.1f} {y + GAP:g} H{from1:.1f} C{from1:.1f} {y + 18} {to1:.1f} {y + 12} {to1:.1f} {y + 30} V{y + 98} H{to0:.1f} V{y + 30} C{to0:.1f} {y + 12} {from0:.1f} {y + 18} {from0:.1f} {y + GAP:g}Z"
        shapes.append(Shape(band.stage, path, (to0 + to1) / 2, y + 48, y + 66, 0, band.measure is None))
    return shapes
