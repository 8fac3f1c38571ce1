"""Rounding, in one place: half-up, away from zero at the half, as printed on invoices and reports."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Context, Decimal, localcontext
from fractions import Fraction

Exact = int | Decimal | Fraction
_WIDE = Context(prec=400)


def round_half_up(value: Exact, digits: int = 0) -> Decimal:
    """`value` with `digits` decimals, the half away from zero: 11.25 -> 11.3, -2.5 -> -3.

    Exact for int, Decimal and Fraction; a float has no place here.
    """
    scaled = as_fraction(value) * Fraction(10) ** digits
    return Decimal(half_up_integer(scaled)).scaleb(-digits, context=_WIDE)


def half_up_integer(value: Exact) -> int:
    """The whole number nearest to `value`, the half away from zero."""
    if isinstance(value, int):
        return value
    fraction = as_fraction(value)
    numerator, denominator = abs(fraction.numerator), fraction.denominator
    whole = (2 * numerator + denominator) // (2 * denominator)
    return whole if fraction >= 0 else -whole


def as_fraction(value: Exact) -> Fraction:
    """`value` as an exact fraction."""
    return value if isinstance(value, Fraction) else Fraction(value)


def as_decimal(value: Exact, digits: int = 28) -> Decimal:
    """`value` as a Decimal of at most `digits` significant digits, for columns and charts that hold rates."""
    if isinstance(value, Decimal):
        return value
    fraction = as_fraction(value)
    with localcontext() as context:
        context.prec, context.rounding = digits, ROUND_HALF_UP
        return Decimal(fraction.numerator) / Decimal(fraction.denominator)


def ratio(part: Exact, whole: Exact) -> Fraction | None:
    """`part` of `whole`, exact; None where there is no whole: undefined is never 0."""
    return None if whole == 0 else as_fraction(part) / as_fraction(whole)
