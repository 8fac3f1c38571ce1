"""What columns hold: kinds, evidence and doubts, judged over the whole column."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tenure.workspace.tabular.decisions import ColumnProfile, DateOrder, Decision, Kind
from tenure.workspace.tabular.profiling import profile, profile_rows
from tenure.workspace.tabular.rows import Cell
from tenure.workspace.tabular.table import open_table

FIXTURES = Path(__file__).parent / "fixtures"


def column(*values: Cell, name: str = "value") -> ColumnProfile:
    return profile_rows([name], [(row, [value]) for row, value in enumerate(values, 2)])[0]


def codes(one: ColumnProfile) -> list[str]:
    return [note.code for note in one.warnings]


@pytest.mark.parametrize(
    ("values", "kind"),
    [
        (("1", "20", "-3"), Kind.INTEGER),
        (("1,234", "2,000,001", "17"), Kind.INTEGER),
        (("1.5", "20", "-3.25"), Kind.DECIMAL),
        (("1.5e3", "2E-2"), Kind.DECIMAL),
        (("12 %", "7,5%"), Kind.PERCENT),
        (("€12.50", "€ 1,200.00", "(€3.10)"), Kind.MONEY),
        (("1200 EUR", "EUR 5"), Kind.MONEY),
        (("R$ 1.200,50", "R$ 3,10"), Kind.MONEY),
        (("yes", "No", "YES"), Kind.BOOLEAN),
        (("sí", "no"), Kind.BOOLEAN),
        (("是", "否", "否"), Kind.BOOLEAN),
        (("2024-03-05", "2024-12-31"), Kind.DATE),
        (("2024年3月5日", "2023年12月31日"), Kind.DATE),
        (("5 Jan 2024", "17 mar 2023"), Kind.DATE),
        (("12 de marzo de 2024", "1 de enero de 2023"), Kind.DATE),
        (("Jan 5, 2024", "March 17, 2023"), Kind.DATE),
        (("20240305", "20231231", "20220228"), Kind.DATE),
        (("2024-03-05T10:00:00Z", "2024-03-05 23:59:59.1234567"), Kind.INSTANT),
        (("3/5/2024 2:05 PM", "12/31/2024 11:00 AM"), Kind.INSTANT),
        (("ana@example.com", "bo@mail.example.org"), Kind.EMAIL),
        (("https://example.com/a", "www.example.org", "example.net"), Kind.URL),
        (("3442f895-9a84-dea7-ee19-7c632cb2df15", "d1b65fc7debc3361ea86b5f14c68d2e2"), Kind.UUID),
        (("S-8cec59", "S-0f6f44", "S-51c0d1"), Kind.IDENTIFIER),
        (("00713", "13022", "01001"), Kind.IDENTIFIER),
        (("Basic", "Pro", "Basic"), Kind.TEXT),
        (("192.168.0.1", "10.0.0.7"), Kind.IDENTIFIER),
        ((True, False, True), Kind.BOOLEAN),
        ((1, Decimal("2.5")), Kind.DECIMAL),
        ((date(2024, 1, 5), date(2024, 1, 6)), Kind.DATE),
        ((datetime(2024, 1, 5, 3, tzinfo=UTC), datetime(2024, 1, 6, 3, tzinfo=UTC)), Kind.INSTANT),
        (("", " ", "N/A"), Kind.EMPTY),
    ],
)
def test_profile_each_kind_is_recognised(values: tuple[Cell, ...], kind: Kind) -> None:
    assert column(*values).best.kind == kind


def test_profile_date_order_is_decided_by_the_whole_column() -> None:
    # The first three values are possible both ways; only the last is not.
    one = column("05-03-2024", "04-02-2024", "06-07-2024", "27-10-2024")

    note = one.best.evidence[0]
    assert one.best.decision.date_order == DateOrder.DMY
    assert note.facts == {"order": "day-month-year", "count": 1, "of": 4, "example": "27-10-2024", "against": 0}
    assert (one.minimum, one.maximum) == ("04-02-2024", "27-10-2024")


def test_profile_date_order_of_the_other_kind() -> None:
    assert column("3/5/2024", "10/27/2024").best.decision.date_order == DateOrder.MDY


def test_profile_date_order_that_nothing_decides_is_a_doubt() -> None:
    rows: list[tuple[int, list[Cell]]] = [(2, ["05-03-2024"]), (3, ["04-02-2024"])]

    by_default, hinted = profile_rows(["d"], rows)[0], profile_rows(["d"], rows, date_order_hint=DateOrder.MDY)[0]

    assert (codes(by_default), codes(hinted)) == (["ambiguous_date_order"], ["ambiguous_date_order"])
    assert [one.best.decision.date_order for one in (by_default, hinted)] == [DateOrder.DMY, DateOrder.MDY]


def test_profile_dates_in_two_orders_name_the_contradiction() -> None:
    one = column("27-10-2024", "28-10-2024", "10-29-2024")

    assert one.best.decision.date_order == DateOrder.DMY if one.best.kind == Kind.DATE else one.best.kind == Kind.TEXT
    candidate = one.candidate(Kind.DATE)
    assert candidate is not None
    assert (candidate.fits, candidate.misfits, candidate.evidence[0].facts["against"]) == (2, 1, 1)


def test_profile_day_that_does_not_exist_is_counted() -> None:
    end = profile(open_table(FIXTURES / "subscriptions_day_first.csv"))[2]

    candidate = end.candidate(Kind.DATE)
    assert candidate is not None
    assert (candidate.decision.date_order, candidate.fits, candidate.misfits) == (DateOrder.DMY, 2, 1)


def test_profile_damaged_ranges_are_mended_and_not_taken_for_dates() -> None:
    stock = profile(open_table(FIXTURES / "deals_damaged.csv"))[3]

    assert stock.best.kind == Kind.TEXT
    assert stock.mends == {"05.jan": "1-5", "20.máj": "5-20"}
    assert codes(stock) == ["spreadsheet_damage"]


def test_profile_several_choices_in_a_cell_are_a_list() -> None:
    animal = profile(open_table(FIXTURES / "deals_damaged.csv"))[2]

    assert (animal.best.kind, animal.best.decision.separator) == (Kind.LIST, ",")


def test_profile_words_for_nothing_are_counted_apart() -> None:
    leads = profile(open_table(FIXTURES / "leads_select.csv"))

    assert leads[2].null_words == {"Select": 2}
    assert (leads[3].best.kind, leads[3].null_words, leads[3].filled) == (Kind.INTEGER, {"Select": 1}, 2)
    assert leads[4].best.kind == Kind.EMPTY


def test_profile_weak_word_for_nothing_is_a_value_of_text() -> None:
    assert column("Basic", "None", "Pro").null_words == {}
    assert column("1", "None", "2").null_words == {"None": 1}


def test_profile_decimal_comma_is_decided_with_evidence() -> None:
    one = column("1.234,50", "1.000", "7")

    assert one.best.decision.decimal_mark == ","
    assert one.best.evidence[0].facts == {"mark": ",", "count": 1, "of": 3, "example": "1.234,50", "against": 0}
    assert (one.minimum, one.maximum) == ("7", "1234.50")


@pytest.mark.parametrize("grouped", ["1 234,50", "1\u00a0234,50", "1\u202f234,50", "1'234,50", "1\u2019234,50"])
def test_profile_grouping_by_spaces_and_apostrophes_is_known(grouped: str) -> None:
    assert column(grouped, "2,25").maximum == "1234.50"


def test_profile_separator_that_nothing_decides_is_a_doubt() -> None:
    assert codes(column("1,234", "5,678")) == ["ambiguous_decimal_mark"]


def test_profile_two_currencies_in_a_column_are_flagged() -> None:
    one = column("€10.00", "€20.00", "$5.00")

    assert codes(one) == ["two_currencies"]
    candidate = one.candidate(Kind.MONEY)
    assert candidate is not None
    assert (candidate.decision.currency, candidate.fits, candidate.misfits) == ("EUR", 2, 1)


def test_profile_leading_zeros_are_kept_and_told() -> None:
    assert codes(column("00713", "13022")) == ["leading_zeros"]


def test_profile_ones_and_zeros_are_yes_and_no_only_where_the_header_asks() -> None:
    assert column("1", "0", name="is_trial").best.kind == Kind.BOOLEAN
    assert column("1", "0", name="seats").best.kind == Kind.INTEGER


def test_profile_day_numbers_count_where_the_header_speaks_of_a_date() -> None:
    # 45358 is 2024-03-07: 45292 is 2024-01-01 by Microsoft's documentation of DATE, and 66 days follow.
    one = column("45358", "45292", name="start_date")

    assert (one.best.kind, one.best.decision.serials) == (Kind.DATE, True)
    assert column("45358", "45292", name="price").best.kind == Kind.INTEGER


def test_profile_text_at_large_is_bounded() -> None:
    one = profile_rows(["id"], [(row, [f"value {row}"]) for row in range(30_000)])[0]

    assert (one.count, one.distinct, one.distinct_is_exact) == (30_000, 10_000, False)


def test_decision_as_plain_values_comes_back_the_same() -> None:
    decision = Decision(Kind.INSTANT, ("N/A",), ",", "EUR", DateOrder.MDY, 2030, "Europe/Madrid", serials=True, separator="|")

    assert Decision.from_dict(decision.as_dict()) == decision


@given(
    days=st.lists(st.dates(date(1960, 1, 1), date(2040, 1, 1)), min_size=1, max_size=30),
    pattern=st.sampled_from(["%d-%m-%Y", "%m/%d/%Y", "%Y.%m.%d"]),
)
def test_profile_a_decisive_day_always_gives_the_order(days: list[date], pattern: str) -> None:
    orders = {"%d-%m-%Y": DateOrder.DMY, "%m/%d/%Y": DateOrder.MDY, "%Y.%m.%d": DateOrder.YMD}
    texts = [day.strftime(pattern) for day in [*days, date(2024, 10, 27)]]

    one = column(*texts)

    assert (one.best.decision.date_order, one.best.misfits) == (orders[pattern], 0)
