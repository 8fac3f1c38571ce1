"""Lead scores by rules: groups with caps, and points that fade with age."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction

from tenure.kernel.rounding import Exact, as_fraction


@dataclass(frozen=True, slots=True)
class ScoreGroup:
    """The points a lead has in one group of rules, and the most that the group may give (None: no cap)."""

    raw: Exact
    cap: Exact | None = None


def score(groups: Iterable[ScoreGroup], limit: Exact | None = None) -> Fraction:
    """The lead's score: each group up to its cap, the sum up to the overall limit.

    Source: https://sponge.io/hubspot-lead-scoring/
    """
    capped = sum((_at_most(group.raw, group.cap) for group in groups), Fraction(0))
    return _at_most(capped, limit)


def faded(points: Exact, percent: Exact, every_months: Exact, age_months: Exact) -> Fraction:
    """What `points` are worth after `age_months`: `percent` of them less at every full interval, never below 0.

    The decay is linear: 10 points at 50 % a month are 5 after one month and 0 after two.
    Source: https://www.iv-lead.com/hubspot-by-iv-lead/a-guide-to-hubspots-lead-scoring-tool
    """
    intervals = as_fraction(age_months) // as_fraction(every_months)
    left = 1 - as_fraction(percent) / 100 * max(intervals, 0)
    return as_fraction(points) * max(left, Fraction(0))


def _at_most(value: Exact, cap: Exact | None) -> Fraction:
    return as_fraction(value) if cap is None else min(as_fraction(value), as_fraction(cap))
