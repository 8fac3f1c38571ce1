"""Cells to exact values, and what is said where a cell does not fit."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tenure.kernel.money import Money
from tenure.workspace.tabular.decisions import DateOrder, Decision, Kind
from tenure.workspace.tabular.errors import CellProblem
from tenure.workspace.tabular.parsers import Value, parser_for
from tenure.workspace.tabular.rows import Cell


def parsed(kind: Kind, cell: Cell, **decided: object) -> Value:
    return parser_for(kind, Decision(kind, **decided))(cell)  # type: ignore[arg-type]


def problem(kind: Kind, cell: Cell, **decided: object) -> CellProblem:
    with pytest.raises(CellProblem) as caught:
        parsed(kind, cell, **decided)
    return caught.value


@pytest.mark.parametrize(
    ("text", "mark", "value"),
    [
        ("1234.50", ".", "1234.50"),
        ("1,234.50", ".", "1234.50"),
        ("1.234,50", ",", "1234.50"),
        ("1 234 567,8", ",", "1234567.8"),
        ("1'234.5", ".", "1234.5"),
        ("12,34,567.5", ".", "1234567.5"),
        ("(12.5)", ".", "-12.5"),
        ("12.5-", ".", "-12.5"),
        ("\u221212.5", ".", "-12.5"),
        ("+7", ".", "7"),
        (".5", ".", "0.5"),
        ("1.5E3", ".", "1500"),
        ("0.1", ".", "0.1"),
    ],
)
def test_parse_decimal_is_exact(text: str, mark: str, value: str) -> None:
    assert parsed(Kind.DECIMAL, text, decimal_mark=mark) == Decimal(value)


@pytest.mark.parametrize("text", ["1,23,4.5", "1.2.3", "12,34", "abc", "1 2", "--1", "$5", "5 %", "1,,000", "NaN", "Infinity"])
def test_parse_decimal_refuses_what_is_no_number(text: str) -> None:
    assert problem(Kind.DECIMAL, text).code == "not_a_number"


def test_parse_integer_refuses_decimals_but_not_zeros() -> None:
    assert parsed(Kind.INTEGER, "3.0") == 3
    assert problem(Kind.INTEGER, "3.5").code == "not_an_integer"


@pytest.mark.parametrize(
    ("cell", "currency", "mark", "money"),
    [
        ("€1,200.50", "EUR", ".", Money(120_050, "EUR")),
        ("1.200,50 EUR", "EUR", ",", Money(120_050, "EUR")),
        ("1200", "JPY", ".", Money(1200, "JPY")),
        ("-0.05", "USD", ".", Money(-5, "USD")),
        ("1.234", "KWD", ".", Money(1234, "KWD")),
        (Decimal("19.9"), "EUR", ".", Money(1990, "EUR")),
        ("12.500", "EUR", ".", Money(1250, "EUR")),
    ],
)
def test_parse_money_gives_whole_minor_units(cell: Cell, currency: str, mark: str, money: Money) -> None:
    assert parsed(Kind.MONEY, cell, currency=currency, decimal_mark=mark) == money


def test_parse_money_refuses_other_currencies_and_parts_of_a_cent() -> None:
    assert problem(Kind.MONEY, "$5", currency="EUR").code == "other_currency"
    refused = problem(Kind.MONEY, "1.005", currency="EUR")
    assert (refused.code, refused.remedy) == ("not_an_amount", "Write one amount in EUR with at most 2 decimals.")


@pytest.mark.parametrize(
    ("text", "order", "day"),
    [
        ("05-03-2024", DateOrder.DMY, date(2024, 3, 5)),
        ("05-03-2024", DateOrder.MDY, date(2024, 5, 3)),
        ("2024-03-05", DateOrder.DMY, date(2024, 3, 5)),
        ("2024.3.5", DateOrder.YMD, date(2024, 3, 5)),
        ("5/3/49", DateOrder.DMY, date(2049, 3, 5)),
        ("5/3/50", DateOrder.DMY, date(1950, 3, 5)),
        ("2024年3月5日", DateOrder.YMD, date(2024, 3, 5)),
        ("20240305", DateOrder.YMD, date(2024, 3, 5)),
        ("5. máj 2024", DateOrder.YMD, date(2024, 5, 5)),
        ("12 de marzo de 2024", DateOrder.YMD, date(2024, 3, 12)),
        ("Sept 3, 2024", DateOrder.YMD, date(2024, 9, 3)),
        ("3rd September 2024", DateOrder.YMD, date(2024, 9, 3)),
        ("29-02-2024", DateOrder.DMY, date(2024, 2, 29)),
        ("05-03-2024 23:59", DateOrder.DMY, date(2024, 3, 5)),
    ],
)
def test_parse_date_reads_the_written_forms(text: str, order: DateOrder, day: date) -> None:
    assert parsed(Kind.DATE, text, date_order=order) == day


@pytest.mark.parametrize("text", ["31-02-2024", "29-02-2023", "31/04/2024", "00-01-2024"])
def test_parse_date_that_does_not_exist_says_so(text: str) -> None:
    refused = problem(Kind.DATE, text, date_order=DateOrder.DMY)

    assert (refused.code, refused.value) == ("date_does_not_exist", text)


@pytest.mark.parametrize("text", ["soon", "27-10-2024", "2024-13-01", "1-5", "05.jan", "10:00"])
def test_parse_date_refuses_other_texts_and_the_other_order(text: str) -> None:
    assert problem(Kind.DATE, text, date_order=DateOrder.MDY).code == "not_a_date"


def test_parse_date_takes_day_numbers_only_when_told() -> None:
    assert parsed(Kind.DATE, "45292", serials=True) == date(2024, 1, 1)
    assert problem(Kind.DATE, "45292").code == "not_a_date"


@pytest.mark.parametrize(
    ("text", "instant"),
    [
        ("2024-03-05T10:00:00Z", datetime(2024, 3, 5, 10, tzinfo=UTC)),
        ("2024-03-05 10:00:00+05:30", datetime(2024, 3, 5, 4, 30, tzinfo=UTC)),
        ("2024-03-05 10:00", datetime(2024, 3, 5, 9, tzinfo=UTC)),
        ("2024-07-05 10:00", datetime(2024, 7, 5, 8, tzinfo=UTC)),
        ("2023-11-16 18:17:03.9799600", datetime(2023, 11, 16, 17, 17, 3, 979_960, tzinfo=UTC)),
        ("2024-03-05 10:00:00.123456789Z", datetime(2024, 3, 5, 10, 0, 0, 123_456, tzinfo=UTC)),
        ("2018.03.23 21:07", datetime(2018, 3, 23, 20, 7, tzinfo=UTC)),
        ("2024-03-05 12:05 AM", datetime(2024, 3, 4, 23, 5, tzinfo=UTC)),
        ("2024-03-05", datetime(2024, 3, 4, 23, tzinfo=UTC)),
    ],
)
def test_parse_instant_is_utc_by_offset_or_zone(text: str, instant: datetime) -> None:
    assert parsed(Kind.INSTANT, text, zone="Europe/Madrid") == instant


def test_parse_instant_skipped_by_the_clocks_says_so() -> None:
    # Spain's clocks go from 02:00 to 03:00 on 31 March 2024.
    assert problem(Kind.INSTANT, "2024-03-31 02:30", zone="Europe/Madrid").code == "time_does_not_exist"
    assert parsed(Kind.INSTANT, "2024-03-31 02:30+01:00", zone="Europe/Madrid") == datetime(2024, 3, 31, 1, 30, tzinfo=UTC)


@pytest.mark.parametrize("text", ["2024-03-05 25:00", "2024-03-05 10:61", "2024-03-05 13:00 PM", "2024-03-05 ten"])
def test_parse_instant_refuses_impossible_times(text: str) -> None:
    assert problem(Kind.INSTANT, text).code == "not_an_instant"


@pytest.mark.parametrize(
    ("word", "value"), [("TRUE", True), ("Sí", True), ("是", True), ("x", True), ("no", False), ("否", False), ("0", False)]
)
def test_parse_boolean_knows_three_languages(word: str, value: bool) -> None:  # noqa: FBT001
    assert parsed(Kind.BOOLEAN, word) is value


@pytest.mark.parametrize(
    ("kind", "cell", "value"),
    [
        (Kind.TEXT, "  Cafe\u0301\0 ", "Café"),
        (Kind.TEXT, 42, "42"),
        (Kind.PERCENT, "12,5 %", None),
        (Kind.PERCENT, "12.5 %", Decimal("12.5")),
        (Kind.EMAIL, "mailto:ana@example.com", "ana@example.com"),
        (Kind.URL, "example.com/a", "example.com/a"),
        (Kind.UUID, "3442f8959a84dea7ee197c632cb2df15", UUID("3442f895-9a84-dea7-ee19-7c632cb2df15")),
        (Kind.LIST, "cat; wolf ;cat;", ("cat", "wolf")),
        (Kind.EMPTY, "", None),
    ],
)
def test_parse_other_kinds(kind: Kind, cell: Cell, value: Value) -> None:
    if value is None and cell:
        assert problem(kind, cell).code == "not_a_percent"
    else:
        assert parsed(kind, cell) == value


@pytest.mark.parametrize(
    ("kind", "cell", "code"),
    [
        (Kind.EMAIL, "ana at example", "not_an_email"),
        (Kind.URL, "no address", "not_a_url"),
        (Kind.UUID, "123", "not_a_uuid"),
        (Kind.BOOLEAN, "maybe", "not_a_boolean"),
    ],
)
def test_parse_each_refusal_has_code_and_remedy(kind: Kind, cell: Cell, code: str) -> None:
    refused = problem(kind, cell)

    assert (refused.code, bool(refused.remedy), "{" in str(refused)) == (code, True, False)


@pytest.mark.parametrize("kind", list(Kind))
def test_parse_words_for_nothing_and_blanks_are_none(kind: Kind) -> None:
    parse = parser_for(kind, Decision(kind, null_words=("N/A",), currency="EUR"))

    assert [parse(cell) for cell in ("", "   ", "N/A", " N/A ")] == [None] * 4


@given(value=st.decimals(allow_nan=False, allow_infinity=False, places=4, min_value=-(10**12), max_value=10**12))
def test_parse_decimal_reads_what_was_written(value: Decimal) -> None:
    english = f"{value:,}"
    spanish = english.translate(str.maketrans(",.", ".,"))

    assert (parsed(Kind.DECIMAL, english), parsed(Kind.DECIMAL, spanish, decimal_mark=",")) == (value, value)


@given(minor=st.integers(-(10**15), 10**15), currency=st.sampled_from(["EUR", "JPY", "KWD"]))
def test_parse_money_reads_what_was_written(minor: int, currency: str) -> None:
    digits = {"EUR": 2, "JPY": 0, "KWD": 3}[currency]
    text = f"{Decimal(minor).scaleb(-digits):,.{digits}f} {currency}"

    assert parsed(Kind.MONEY, text, currency=currency) == Money(minor, currency)


@given(moment=st.datetimes(datetime(1970, 1, 1), datetime(2100, 1, 1)), hours=st.integers(-12, 14))  # noqa: DTZ001
def test_parse_instant_reads_iso_with_any_offset(moment: datetime, hours: int) -> None:
    aware = moment.replace(tzinfo=timezone(timedelta(hours=hours)))

    assert parsed(Kind.INSTANT, aware.isoformat()) == aware


@given(text=st.text(max_size=40), kind=st.sampled_from(list(Kind)))
def test_parse_any_text_gives_a_value_or_a_cell_problem(text: str, kind: Kind) -> None:
    try:
        parsed(kind, text, currency="EUR")
    except CellProblem as refused:
        assert refused.remedy  # noqa: PT017  # a refusal is one of the two good ends
