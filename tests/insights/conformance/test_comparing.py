"""Comparing: within the tolerance, as computed or as displayed."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest

from tenure.insights.conformance.comparing import Exhaustive, Readings, agrees

FINE = Decimal("1e-9")
THIRD = Fraction(500, 3)


@pytest.mark.parametrize(
    ("got", "expected", "digits", "verdict"),
    [
        (THIRD, Decimal("166.67"), 2, True),
        (THIRD, Decimal("166.66666666666666"), 2, True),
        (THIRD, Decimal("166.7"), 2, False),
        (THIRD, Decimal("166.7"), 1, True),
        (THIRD, 167, 1, False),
        (Fraction("11.25"), Decimal("11.3"), 1, True),
        (Fraction("11.25"), Decimal("11.2"), 1, False),
        (None, None, 2, True),
        (Fraction(0), None, 2, False),
        (None, 0, 2, False),
        (True, 1, 2, False),
        ("new", "new", 2, True),
        ([1, "a"], [1, "a"], 2, True),
        ([1], [1, 2], 2, False),
        ({"a": 1, "b": 2}, {"a": 1}, 2, True),
        ({"b": 2}, {"a": 1}, 2, False),
        ({"a": 1}, {}, 2, False),
        ({"a": {"b": [THIRD]}}, {"a": {"b": [Decimal("166.67")]}}, 2, True),
        (Exhaustive({"Jun": 1, "Jul": 2}), {"Jun": 1}, 2, False),
        (Exhaustive({"Jun": 1, "Jul": 0}), {"Jun": 1}, 2, True),
    ],
)
def test_agrees(got: object, expected: object, digits: int, *, verdict: bool) -> None:
    assert agrees(got, expected, FINE, digits) is verdict


def test_agrees_with_a_wide_tolerance_takes_it_as_it_is() -> None:
    assert agrees(Fraction("33.487"), Decimal("33.49"), Decimal("0.005"), 9)


def test_agrees_takes_the_reading_that_has_what_was_asked_for() -> None:
    readings = Readings(5, ({"credit": -5, "debit": 10}, {"credit": 9, "next_charge": 33}))

    asked: list[object] = [5, {"credit": -5, "debit": 10}, {"credit": 9, "next_charge": 33}, {"credit": 9, "debit": 10}]

    assert [agrees(readings, each, FINE, 2) for each in asked] == [True, True, True, False]
