"""Monthly normalisation: any amount for any interval as an amount per month.

Levels and movements are counted in micros, millionths of a minor unit (1 EUR = 100,000,000 micros): whole numbers, so
that movements add up exactly, and fine enough that a million annual plans still sum to the right cent.
"""

from __future__ import annotations

from fractions import Fraction

from tenure.kernel.anchor import Interval, Unit
from tenure.kernel.rounding import Exact, as_fraction, half_up_integer

MICROS_PER_MINOR = 1_000_000

# Average days of a month in the Gregorian calendar: 365.2425 / 12.
GREGORIAN_DAYS = Fraction(3652425, 120000)
# Paddle, Recurly: https://www.paddle.com/help/profitwell-metrics, https://docs.recurly.com
THIRTY_DAYS = Fraction(30)


def monthly(amount: Exact, interval: Interval, days_per_month: Fraction = GREGORIAN_DAYS) -> Fraction:
    """What `amount` per `interval` is per month, exact: 2,000 a year is 166.666..., 20 a week is 86.9625.

    days_per_month: how many days a month has for plans that run by days or weeks; years and months divide by 12 and 1.
    """
    numerator, denominator = _factor(interval, days_per_month)
    return as_fraction(amount) * numerator / denominator


def monthly_micros(minor: int, interval: Interval, days_per_month: Fraction = GREGORIAN_DAYS) -> int:
    """What `minor` units per `interval` are per month in micros, half-up."""
    if interval.unit is Unit.MONTH and interval.count == 1:
        return minor * MICROS_PER_MINOR
    numerator, denominator = _factor(interval, days_per_month)
    scaled = 2 * abs(minor) * MICROS_PER_MINOR * numerator + denominator
    whole = scaled // (2 * denominator)
    return whole if minor >= 0 else -whole


def _factor(interval: Interval, days_per_month: Fraction) -> tuple[int, int]:
    """Numerator and denominator of how many of this interval a month holds."""
    unit, count = interval.unit, interval.count
    if unit is Unit.MONTH:
        return 1, count
    if unit is Unit.YEAR:
        return 1, 12 * count
    days = count if unit is Unit.DAY else 7 * count
    return days_per_month.numerator, days_per_month.denominator * days


def to_minor(micros: int) -> int:
    """Micros as whole minor units, half-up: the one rounding, for display."""
    return half_up_integer(Fraction(micros, MICROS_PER_MINOR))


def without_tax(gross: Exact, tax: Exact) -> Fraction:
    """The amount that may enter MRR: tax is never revenue, fees are not deducted."""
    return as_fraction(gross) - as_fraction(tax)


def discounted(list_amount: Exact, percent: Exact) -> Fraction:
    """The list amount less `percent` per cent."""
    return as_fraction(list_amount) * (100 - as_fraction(percent)) / 100


def trailing_mean(amounts: list[Exact], months: int = 3) -> Fraction | None:
    """The mean of the last `months` months of usage; None before there is any: the optional usage part of MRR."""
    last = amounts[-months:]
    return None if not last else sum((as_fraction(amount) for amount in last), Fraction(0)) / len(last)
