from __future__ import annotations

from decimal import Decimal

import pytest

from tenure.usage.domain.numbers import mean, number_of, settled, shown, text_of


@pytest.mark.parametrize(
    ("value", "number"),
    [
        (5, "5"),
        (Decimal("12345678901.123456789012"), "12345678901.123456789012"),
        ("-1.50", "-1.5"),
        (".5", "0.5"),
        ("5.", "5"),
        ("1e3", "1000"),
        ("+2", "2"),
        ("0.1234567890129", "0.123456789012"),
        ("-0.1234567890129", "-0.123456789012"),
        ("99999999999999999999999999", "99999999999999999999999999"),
    ],
)
def test_number_of_a_number_is_exact_to_twelve_places(value: object, number: str) -> None:
    assert number_of(value) == Decimal(number)


@pytest.mark.parametrize(
    "value",
    [None, True, "", "-", ".", "e5", " 1", "1 ", "1_0", "0x10", "NaN", "inf", "1,5", "١", "1e26", "1\n", [1], {"a": 1}, "1e9999"],
)
def test_number_of_anything_else_is_none(value: object) -> None:
    assert number_of(value) is None


@pytest.mark.parametrize(
    ("value", "text"),
    [(None, ""), ("x", "x"), (True, "true"), (3, "3"), (Decimal("1.50"), "1.5"), ([1, "é"], '[1,"é"]'), (Decimal("-0.0"), "0")],
)
def test_text_of_a_value_reads_as_json(value: object, text: str) -> None:
    assert text_of(value) == text


def test_settled_rounds_half_up_at_twelve_places() -> None:
    assert settled(Decimal("0.0000000000005")) == Decimal("0.000000000001")


@pytest.mark.parametrize(("value", "text"), [("10.500", "10.5"), ("1E+3", "1000"), ("0E-12", "0"), ("-0.10", "-0.1")])
def test_shown_is_plain(value: str, text: str) -> None:
    assert shown(Decimal(value)) == text


@pytest.mark.parametrize(
    ("total", "count", "expected"),
    [("10", 4, "2.5"), ("1", 3, "0.333333333333"), ("-2", 3, "-0.666666666667"), ("0.000000000001", 2, "0.000000000001")],
)
def test_mean_rounds_half_up_away_from_zero_at_twelve_places(total: str, count: int, expected: str) -> None:
    assert mean(Decimal(total), count) == Decimal(expected)
