"""Win rate and sales cycle."""

from __future__ import annotations

from fractions import Fraction

from tenure.sales.domain.sales_cycle import mean_days, median_days
from tenure.sales.domain.win_rate import WinRate, win_rate


def test_win_rate_has_both_denominators() -> None:
    assert win_rate(20, 30, 50) == WinRate(of_closed=Fraction(2, 5), of_all=Fraction(1, 5))


def test_win_rate_of_nothing_closed_is_undefined() -> None:
    assert win_rate(0, 0, 3) == WinRate(of_closed=None, of_all=Fraction(0))


def test_sales_cycle_mean_and_median() -> None:
    assert (mean_days([10, 20, 60]), median_days([60, 10, 20]), median_days([1, 2])) == (30, 20, Fraction(3, 2))
    assert (mean_days([]), median_days([])) == (None, None)
