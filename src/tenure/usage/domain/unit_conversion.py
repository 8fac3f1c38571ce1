"""From what is measured to what is sold: bytes to gigabytes, calls to started thousands.

Rule: spec/billing.md, "unit conversion before pricing (divide, round)"; a usage discount comes off after rounding (OpenMeter).
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from math import ceil, floor

from tenure.kernel.rounding import as_fraction, half_up_integer
from tenure.usage.domain.numbers import settled
from tenure.usage.enums import UnitRounding


@dataclass(frozen=True, slots=True)
class UnitConversion:
    """Divide by `divide_by`, then round to whole units."""

    divide_by: Decimal = Decimal(1)
    rounding: UnitRounding = UnitRounding.NONE


def convert(quantity: Decimal, conversion: UnitConversion, *, free_units: Decimal = Decimal(0)) -> Decimal:
    """`quantity` in the units sold, less those that are free (never below zero where it was not)."""
    units = _rounded(as_fraction(quantity) / as_fraction(conversion.divide_by), conversion.rounding)
    if free_units:
        units = max(units - as_fraction(free_units), min(units, Fraction(0)))
    return settled(units)


def _rounded(units: Fraction, rounding: UnitRounding) -> Fraction:
    match rounding:
        case UnitRounding.CEILING:
            return Fraction(ceil(units))
        case UnitRounding.FLOOR:
            return Fraction(floor(units))
        case UnitRounding.HALF_UP:
            return Fraction(half_up_integer(units))
        case _:
            return units
