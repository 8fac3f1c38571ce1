"""Sales cycle: days from lead to paid."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from tenure.kernel.rounding import Exact, as_fraction


def mean_days(days: Sequence[Exact]) -> Fraction | None:
    """The mean; None without any.

    Source: https://help.chartmogul.com/hc/en-us/articles/115000865485
    """
    return sum(map(as_fraction, days), Fraction(0)) / len(days) if days else None


def median_days(days: Sequence[Exact]) -> Fraction | None:
    """The median, between the two middle values where their number is even; None without any."""
    if not days:
        return None
    ordered = sorted(map(as_fraction, days))
    upper = len(ordered) // 2
    return ordered[upper] if len(ordered) % 2 else (ordered[upper - 1] + ordered[upper]) / 2
