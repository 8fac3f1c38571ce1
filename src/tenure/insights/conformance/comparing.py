"""Comparing a result with the published one.

A result agrees when it is within the example's tolerance as it is, or as it is displayed: rounded half-up to the
decimals that the metric is shown with, or to as many as the source printed where these are more.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction
from typing import TypeGuard

from tenure.kernel.rounding import Exact, as_fraction, round_half_up

_MAX_DECIMALS = 15


class Exhaustive(dict[str, object]):
    """A table that must hold no other entries than those expected, apart from zeros."""


@dataclass(frozen=True, slots=True)
class Readings:
    """One result under several published presentations: a headline where the source prints one number, else tables.

    A table expected is compared with the presentations that hold all of its entries.
    """

    headline: object = None
    tables: tuple[Mapping[str, object], ...] = field(default=())


def agrees(got: object, expected: object, tolerance: Exact, digits: int) -> bool:
    """Whether `got` is `expected`, numbers within `tolerance` at `digits` displayed decimals or more."""
    if isinstance(got, Readings):
        if isinstance(expected, Mapping):
            return any(agrees(table, expected, tolerance, digits) for table in got.tables)
        return agrees(got.headline, expected, tolerance, digits)
    if isinstance(expected, Mapping):
        return isinstance(got, Mapping) and _table_agrees(got, expected, tolerance, digits)
    if isinstance(expected, list):
        return (
            isinstance(got, list | tuple)
            and len(got) == len(expected)
            and all(agrees(*pair, tolerance, digits) for pair in zip(got, expected, strict=True))
        )
    if _is_number(expected) and _is_number(got):
        return _number_agrees(as_fraction(got), expected, as_fraction(tolerance), digits)
    return type(got) is type(expected) and got == expected


def _table_agrees(got: Mapping[str, object], expected: Mapping[str, object], tolerance: Exact, digits: int) -> bool:
    if not expected or not all(key in got and agrees(got[key], expected[key], tolerance, digits) for key in expected):
        return False
    return not isinstance(got, Exhaustive) or all(not got[key] for key in got if key not in expected)


def _number_agrees(got: Fraction, expected: Exact, tolerance: Fraction, digits: int) -> bool:
    target = as_fraction(expected)
    if abs(got - target) <= tolerance:
        return True
    shown = round_half_up(got, max(digits, _printed_decimals(expected)))
    return abs(as_fraction(shown) - target) <= tolerance


def _printed_decimals(expected: Exact) -> int:
    exponent = expected.as_tuple().exponent if isinstance(expected, Decimal) else 0
    return min(max(-exponent, 0), _MAX_DECIMALS) if isinstance(exponent, int) else 0


def _is_number(value: object) -> TypeGuard[Exact]:
    return isinstance(value, int | Decimal | Fraction) and not isinstance(value, bool)


def shown(value: object, expected: object = None) -> object:
    """A result as a report prints it: exact numbers as integers or decimals, of the presentation that was asked for."""
    if isinstance(value, Readings):
        return shown(_closest(value, expected))
    if isinstance(value, Mapping):
        return {str(key): shown(each) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [shown(each) for each in value]
    if isinstance(value, Fraction | Decimal):
        return int(value) if value == int(value) else round_half_up(value, 12).normalize()
    return value


def _closest(readings: Readings, expected: object) -> object:
    """The presentation that shares most entries with what was expected."""
    if not isinstance(expected, Mapping) or not readings.tables:
        return readings.headline
    table = max(readings.tables, key=lambda each: len(each.keys() & expected.keys()))
    return {key: each for key, each in table.items() if key in expected} or table
