"""Money: exact, one currency at a time, and no cent lost in a split."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tenure.kernel.errors import Invalid
from tenure.kernel.money import CurrencyMismatch, Money, minor_digits

minors = st.integers(-(10**15), 10**15)


@pytest.mark.parametrize(
    ("amount", "currency", "minor"),
    [("12.34", "EUR", 1234), ("500", "JPY", 500), ("1.234", "KWD", 1234), ("-0.01", "USD", -1), (7, "EUR", 700)],
)
def test_money_of_text_is_exact_in_minor_units(amount: str | int, currency: str, minor: int) -> None:
    assert Money.of(amount, currency) == Money(minor, currency)


@pytest.mark.parametrize("amount", ["1.234", "abc", "NaN", "Infinity", ""])
def test_money_of_an_inexact_text_is_invalid(amount: str) -> None:
    with pytest.raises(Invalid):
        Money.of(amount, "EUR")


def test_money_of_two_currencies_do_not_add() -> None:
    with pytest.raises(CurrencyMismatch, match=r"EUR and USD cannot be added or compared\."):
        Money(1, "EUR") + Money(1, "USD")


def test_money_of_two_currencies_do_not_compare_but_are_unequal() -> None:
    with pytest.raises(CurrencyMismatch):
        assert Money(1, "EUR") < Money(1, "USD")
    assert Money(1, "EUR") != Money(1, "USD")


def test_money_arithmetic_keeps_the_currency() -> None:
    ten, three = Money(1000, "EUR"), Money(300, "EUR")

    assert (ten + three, ten - three, ten * 3, 3 * ten, -ten, abs(-ten)) == (
        Money(1300, "EUR"),
        Money(700, "EUR"),
        Money(3000, "EUR"),
        Money(3000, "EUR"),
        Money(-1000, "EUR"),
        ten,
    )
    assert (three < ten, three <= ten, three > ten, three >= ten) == (True, True, False, False)


def test_money_times_a_decimal_is_refused_so_that_rounding_stays_named() -> None:
    with pytest.raises(TypeError):
        Money(1, "EUR") * Decimal("0.5")  # type: ignore[operator]


def test_money_scaled_rounds_half_up_once() -> None:
    assert Money(25, "EUR").scaled(Decimal("0.1")) == Money(3, "EUR")
    assert Money(-25, "EUR").scaled(Fraction(1, 10)) == Money(-3, "EUR")


def test_money_converted_between_currencies_of_different_minor_units() -> None:
    assert Money.of("10.00", "EUR").converted(Decimal("162.345"), "JPY") == Money(1623, "JPY")
    assert Money(1623, "JPY").converted(Decimal("0.01"), "EUR") == Money.of("16.23", "EUR")


def test_money_split_by_largest_remainder_gives_odd_cents_to_the_largest_remainders() -> None:
    # 100 by 1:1:1 = 33.3 each, the odd cent to the first; 10 by 1:2:3 = 1.67, 3.33, 5 -> 2, 3, 5
    assert [part.minor for part in Money(100, "EUR").split([1, 1, 1])] == [34, 33, 33]
    assert [part.minor for part in Money(10, "EUR").split([1, 2, 3])] == [2, 3, 5]
    assert [part.minor for part in Money(-100, "EUR").split([1, 1, 1])] == [-34, -33, -33]


@pytest.mark.parametrize("weights", [[], [0, 0], [1, -1], [2, -1]])
def test_money_split_by_impossible_weights_is_invalid(weights: list[int]) -> None:
    with pytest.raises(Invalid):
        Money(100, "EUR").split(weights)


@given(minors, st.lists(st.integers(0, 10**6), min_size=1, max_size=30).filter(any))
def test_money_split_sums_to_the_whole_and_each_share_is_within_a_cent(minor: int, weights: list[int]) -> None:
    parts = Money(minor, "EUR").split(weights)

    assert sum((part.minor for part in parts), 0) == minor
    exact = [Fraction(minor * weight, sum(weights)) for weight in weights]
    assert all(abs(part.minor - share) < 1 for part, share in zip(parts, exact, strict=True))


@given(minors, st.sampled_from(["EUR", "JPY", "KWD", "CLF"]))
def test_money_to_decimal_and_back_is_the_same(minor: int, currency: str) -> None:
    money = Money(minor, currency)

    assert Money.of(money.to_decimal(), currency) == money
    assert Money.of(str(money.to_decimal()), currency) == money
    assert -money.to_decimal().as_tuple().exponent == minor_digits(currency)  # type: ignore[operator]


@given(minors, minors)
def test_money_adds_and_takes_away_to_the_same(left: int, right: int) -> None:
    assert Money(left, "EUR") + Money(right, "EUR") - Money(right, "EUR") == Money(left, "EUR")
