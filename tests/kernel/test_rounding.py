"""Rounding: half away from zero, exact for every exact number."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tenure.kernel.rounding import as_decimal, half_up_integer, round_half_up


@pytest.mark.parametrize(
    ("value", "digits", "rounded"),
    [("11.25", 1, "11.3"), ("-2.5", 0, "-3"), ("2.5", 0, "3"), ("166.666", 2, "166.67"), ("1250", -2, "1300")],
)
def test_round_half_up_goes_away_from_zero_at_the_half(value: str, digits: int, rounded: str) -> None:
    assert round_half_up(Decimal(value), digits) == Decimal(rounded)


def test_round_half_up_of_a_fraction_is_exact() -> None:
    assert round_half_up(Fraction(2000, 12), 2) == Decimal("166.67")


@given(st.decimals(allow_nan=False, allow_infinity=False, places=6, min_value=-(10**12), max_value=10**12))
def test_round_half_up_agrees_with_decimal(value: Decimal) -> None:
    assert round_half_up(value, 2) == value.quantize(Decimal("0.01"), ROUND_HALF_UP)
    assert half_up_integer(value) == int(value.quantize(Decimal(1), ROUND_HALF_UP))


def test_as_decimal_keeps_the_asked_number_of_digits() -> None:
    assert as_decimal(Fraction(2, 3), 4) == Decimal("0.6667")
