"""Writing: what is written reads back the same, and no cell runs as a formula."""

from __future__ import annotations

import io
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tenure.kernel.money import Money
from tenure.workspace.tabular.dialect import ReadOptions
from tenure.workspace.tabular.errors import CannotWriteCell
from tenure.workspace.tabular.formulas import disarm_formula, restore_text
from tenure.workspace.tabular.mending import FaultyRow, write_errors_file
from tenure.workspace.tabular.rows import RowProblem
from tenure.workspace.tabular.table import Table, open_table
from tenure.workspace.tabular.writing import write_csv, write_xlsx

FIXTURES = Path(__file__).parent / "fixtures"
# What XML can hold; a lone surrogate is no text.
CELLS = st.text(
    st.characters(exclude_categories=["Cs", "Cc"], include_characters="\n\r\t", exclude_characters="\ufffe\uffff\ufeff"),
    max_size=20,
)
TABLES = st.integers(1, 5).flatmap(
    lambda width: st.lists(st.lists(CELLS, min_size=width, max_size=width), min_size=1, max_size=8)
)


def cells(table: Table) -> list[list[object]]:
    return [list(row[1]) for row in table.rows() if not isinstance(row, RowProblem)]


@pytest.mark.parametrize("text", ["=1+1", "+49 30 1234", "-cmd|' /C calc'!A0", "@SUM(A1)", "\tx", "\rx", "'=1", "''+1"])
def test_disarm_formula_puts_an_apostrophe_and_restore_takes_it_away(text: str) -> None:
    assert disarm_formula(text) == "'" + text
    assert restore_text("'" + text) == text


@pytest.mark.parametrize("text", ["-5", "+1.5", "-1,234.50", "-12%", "-", "--", "plain", "'quoted'", "", "O'Hara", "1=1"])
def test_disarm_formula_leaves_numbers_and_plain_text(text: str) -> None:
    assert (disarm_formula(text), restore_text(text)) == (text, text)


@given(text=st.text())
def test_disarm_formula_is_undone_exactly(text: str) -> None:
    assert restore_text(disarm_formula(text)) == text


@given(rows=TABLES, delimiter=st.sampled_from([",", ";", "\t", "|"]), encoding=st.sampled_from(["utf-8", "utf-16-le", "gb18030"]))
def test_write_csv_reads_back_the_same(
    tmp_path_factory: pytest.TempPathFactory, rows: list[list[str]], delimiter: str, encoding: str
) -> None:
    path = tmp_path_factory.mktemp("csv") / "t.csv"
    header = [f"column {number}" for number in range(len(rows[0]))]

    write_csv(path, header, rows, delimiter=delimiter, encoding=encoding, byte_order_mark=encoding != "gb18030")

    table = open_table(path, options=ReadOptions(encoding=encoding, delimiter=delimiter, quote='"', header_row=1))
    assert cells(table) == [row for row in rows if any(row)]


@given(rows=TABLES)
def test_write_xlsx_reads_back_the_same(tmp_path_factory: pytest.TempPathFactory, rows: list[list[str]]) -> None:
    path = tmp_path_factory.mktemp("xlsx") / "t.xlsx"
    header = [f"column {number}" for number in range(len(rows[0]))]

    write_xlsx(path, header, rows)

    assert cells(open_table(path, options=ReadOptions(header_row=1))) == [row for row in rows if any(row)]


def test_write_csv_values_are_exact_and_iso() -> None:
    target = io.BytesIO()

    count = write_csv(
        target,
        ["n", "money", "day", "at", "flag", "list", "none"],
        [[Decimal("-1.50"), Money(1230, "EUR"), date(2024, 1, 5), datetime(2024, 1, 5, 10, tzinfo=UTC), True, ("a", "b"), None]],
        byte_order_mark=True,
    )

    expected = "\ufeffn,money,day,at,flag,list,none\r\n-1.50,12.30,2024-01-05,2024-01-05T10:00:00+00:00,TRUE,a; b,\r\n"
    assert (count, target.getvalue().decode()) == (1, expected)


def test_write_xlsx_values_stay_real_values(tmp_path: Path) -> None:
    path = tmp_path / "t.xlsx"
    instant = datetime(2024, 7, 5, 10, 30, tzinfo=UTC)
    long_number = 12_345_678_901_234_567

    write_xlsx(
        path,
        ["a", "b", "c", "d", "e", "f", "g"],
        [[7, Decimal("1.1"), date(2024, 1, 5), instant, False, long_number, date(1850, 1, 1)]],
        zone="Europe/Madrid",
    )

    # Madrid is two hours ahead of UTC in July.
    assert cells(open_table(path)) == [
        [7, Decimal("1.1"), date(2024, 1, 5), instant.replace(hour=12, tzinfo=None), False, str(long_number), "1850-01-01"]
    ]


def test_write_xlsx_text_too_long_for_a_cell_is_refused(tmp_path: Path) -> None:
    with pytest.raises(CannotWriteCell) as caught:
        write_xlsx(tmp_path / "t.xlsx", ["a"], [["x" * 40_000]])
    assert caught.value.facts == {"row": 2, "length": 40_000, "limit": 32_767}


def test_errors_file_has_the_input_format_and_loads_again_without_its_columns(tmp_path: Path) -> None:
    table = open_table(FIXTURES / "deals_damaged.csv")
    faulty = [FaultyRow(3, ["d2", "2018.05.08 20:17", "cat, wolf", "20.máj", ""], ["Stock is a date.", "Choose 5-20."])]
    path = tmp_path / "errors.csv"

    assert write_errors_file(path, table, faulty) == 1

    assert path.read_bytes().decode().splitlines() == [
        "\ufefftenure:row;tenure:problem;deal_id;won_date;animal;stock;size",
        "3;Stock is a date. Choose 5-20.;d2;2018.05.08 20:17;cat, wolf;20.máj;",
    ]
    again = open_table(path)
    assert (again.header, cells(again)) == (table.header, [list(faulty[0].cells)])
    assert (again.dialect.delimiter, again.dialect.byte_order_mark) == (table.dialect.delimiter, table.dialect.byte_order_mark)


def test_errors_file_keeps_ragged_rows_as_they_were(tmp_path: Path) -> None:
    source, path = tmp_path / "t.csv", tmp_path / "errors.csv"
    source.write_text("a,b,c\n1,2\n1,2,3,4\n5,6,7\n")
    table = open_table(source)
    problems = [row for row in table.rows() if isinstance(row, RowProblem)]

    write_errors_file(path, table, [FaultyRow(one.row, one.cells, [str(one)]) for one in problems])

    again = [row for row in open_table(path, options=ReadOptions(header_row=1)).rows() if isinstance(row, RowProblem)]
    assert [(one.code, one.cells) for one in again] == [(one.code, one.cells) for one in problems]


def test_errors_file_keeps_bytes_that_could_not_be_read(tmp_path: Path) -> None:
    source, path = tmp_path / "t.csv", tmp_path / "errors.csv"
    source.write_bytes(b"id,city\n" + "1,Málaga\n".encode() * 30 + b"2,M\xe1laga\n")
    table = open_table(source)
    broken = next(row for row in table.rows() if isinstance(row, RowProblem))

    write_errors_file(path, table, [FaultyRow(broken.row, broken.cells, ["Bytes."])])

    assert path.read_bytes().splitlines()[1] == b"32,Bytes.,2,M\xe1laga"


def test_errors_file_of_a_workbook_is_a_workbook_with_its_sheet(tmp_path: Path) -> None:
    source, path = tmp_path / "t.xlsx", tmp_path / "errors.xlsx"
    write_xlsx(source, ["id", "day"], [["x", date(2024, 1, 5)]], sheet="Deals")

    write_errors_file(path, open_table(source), [FaultyRow(2, ["x", date(2024, 1, 5)], ["Unknown id."])])

    again = open_table(path)
    assert (again.dialect.sheet, again.header, cells(again)) == ("Deals", ("id", "day"), [["x", date(2024, 1, 5)]])


def test_errors_file_message_beyond_the_encoding_loses_letters_but_never_the_row(tmp_path: Path) -> None:
    source, path = tmp_path / "t.csv", tmp_path / "errors.csv"
    source.write_bytes("id,city\n1,Málaga\n2,Cádiz\n".encode("cp1252"))

    write_errors_file(path, open_table(source), [FaultyRow(2, ["1", "Málaga"], ["城市 unknown"])])

    assert path.read_bytes().splitlines()[1] == "2,?? unknown,1,Málaga".encode("cp1252")
