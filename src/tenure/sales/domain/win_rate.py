"""Win rate, with both denominators that are in use."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from tenure.kernel.rounding import Exact, ratio


@dataclass(frozen=True, slots=True)
class WinRate:
    """of_closed: won of won and lost; of_all: won of all that entered, open ones too. Undefined is None."""

    of_closed: Fraction | None
    of_all: Fraction | None


def win_rate(won: Exact, lost: Exact, open_: Exact = 0) -> WinRate:
    """The win rate over counts, or over amounts of one currency."""
    closed = Fraction(won) + Fraction(lost)
    return WinRate(ratio(won, closed), ratio(won, closed + Fraction(open_)))
