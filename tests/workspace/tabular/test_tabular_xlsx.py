"""Reading workbooks: real values, several sheets, and files made to harm."""

from __future__ import annotations

import zipfile
from datetime import UTC, date, datetime, time
from decimal import Decimal
from pathlib import Path

import pytest
import python_calamine
import xlsxwriter

from tenure.workspace.tabular.dialect import Limits, ReadOptions
from tenure.workspace.tabular.errors import (
    SheetNotFound,
    WorkbookDamaged,
    WorkbookEncrypted,
    WorkbookTooOld,
    WorkbookUnpacksTooLarge,
)
from tenure.workspace.tabular.rows import RowProblem
from tenure.workspace.tabular.table import open_table
from tenure.workspace.tabular.workbook import DateStyle, date_style


def workbook(folder: Path) -> tuple[Path, xlsxwriter.Workbook]:
    path = folder / "book.xlsx"
    return path, xlsxwriter.Workbook(str(path))


def replaced(path: Path, part: str, content: bytes) -> Path:
    """The same workbook with one part's content put in its place."""
    other = path.with_name("changed.xlsx")
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(other, "w", zipfile.ZIP_DEFLATED) as new:
        for member in old.infolist():
            new.writestr(member.filename, content if member.filename == part else old.read(member))
    return other


def test_rows_of_a_workbook_have_real_values(tmp_path: Path) -> None:
    path, book = workbook(tmp_path)
    sheet = book.add_worksheet()
    day, moment, clock = (book.add_format({"num_format": code}) for code in ("dd/mm/yyyy", "yyyy-mm-dd hh:mm", "hh:mm"))
    for column, name in enumerate(("text", "int", "decimal", "bool", "date", "instant", "time", "formula")):
        sheet.write(0, column, name)
    sheet.write_string(1, 0, "Ána <&> 北京")
    sheet.write_number(1, 1, 42)
    sheet.write_number(1, 2, 1.1)
    sheet.write_boolean(1, 3, True)  # noqa: FBT003
    sheet.write_datetime(1, 4, datetime(2024, 10, 27, tzinfo=UTC).replace(tzinfo=None), day)
    sheet.write_datetime(1, 5, datetime(2024, 10, 27, 14, 5, tzinfo=UTC).replace(tzinfo=None), moment)
    sheet.write_datetime(1, 6, time(14, 5), clock)
    sheet.write_formula(1, 7, "=1+1", None, 2)
    sheet.write_string(3, 1, "after a blank row")
    book.close()

    rows = list(open_table(path).rows())

    moment_read = datetime(2024, 10, 27, 14, 5, tzinfo=UTC).replace(tzinfo=None)
    expected = ["Ána <&> 北京", 42, Decimal("1.1"), True, date(2024, 10, 27), moment_read, time(14, 5), 2]
    assert rows == [(2, expected), (4, ["", "after a blank row", "", "", "", "", "", ""])]


def test_rows_of_a_workbook_equal_those_of_another_reader(tmp_path: Path) -> None:
    path, book = workbook(tmp_path)
    sheet = book.add_worksheet()
    sheet.write_row(0, 0, ["name", "amount", "count"])
    for row in range(1, 200):
        sheet.write_row(row, 0, [f"name {row}", row / 7, row * 1000])
    book.close()

    ours = [
        [float(cell) if isinstance(cell, Decimal | int) else cell for cell in row[1]]
        for row in open_table(path).rows()
        if isinstance(row, tuple)
    ]

    assert ours == python_calamine.load_workbook(str(path)).get_sheet_by_index(0).to_python()[1:]


def test_open_table_first_visible_sheet_is_read_and_another_can_be_chosen(tmp_path: Path) -> None:
    path, book = workbook(tmp_path)
    hidden, accounts, people = (book.add_worksheet(name) for name in ("Notes", "Accounts", "People"))
    accounts.activate()
    hidden.hide()
    accounts.write_row(0, 0, ["account", "city"])
    people.write_row(0, 0, ["person", "mail"])
    book.close()

    assert open_table(path).header == ("account", "city")
    chosen = open_table(path, options=ReadOptions(sheet="People"))
    assert (chosen.header, chosen.dialect.sheets) == (("person", "mail"), ("Notes", "Accounts", "People"))
    with pytest.raises(SheetNotFound):
        open_table(path, options=ReadOptions(sheet="Deals"))


def test_open_table_two_cells_in_opposite_corners_need_no_memory(tmp_path: Path) -> None:
    path, book = workbook(tmp_path)
    sheet = book.add_worksheet()
    sheet.write_row(0, 0, ["a", "b"])
    sheet.write(1_048_575, 16_383, "far away")
    book.close()

    assert list(open_table(path).rows()) == [RowProblem(1_048_576, "too_many_cells", (), {"found": 16_384, "expected": 2_000})]


def test_open_table_zip_bomb_is_refused_before_it_is_unpacked(tmp_path: Path) -> None:
    path, book = workbook(tmp_path)
    book.add_worksheet().write(0, 0, "a")
    book.close()
    bomb = replaced(path, "xl/worksheets/sheet1.xml", b"<worksheet>" + b" " * 80_000_000 + b"</worksheet>")

    with pytest.raises(WorkbookUnpacksTooLarge) as caught:
        open_table(bomb)
    assert caught.value.facts["size"] == 80_000_023


def test_open_table_member_larger_than_declared_is_refused(tmp_path: Path) -> None:
    path, book = workbook(tmp_path)
    sheet = book.add_worksheet()
    sheet.write_column(0, 0, ["a", *range(1000)])
    book.close()
    content = bytearray(path.read_bytes())
    with zipfile.ZipFile(path) as archive:
        size = archive.getinfo("xl/worksheets/sheet1.xml").file_size
    lie = (size // 2).to_bytes(4, "little")
    path.write_bytes(bytes(content).replace(size.to_bytes(4, "little"), lie))

    with pytest.raises(WorkbookDamaged):
        list(open_table(path).rows())


def test_open_table_shared_texts_beyond_the_bound_are_refused(tmp_path: Path) -> None:
    path, book = workbook(tmp_path)
    book.add_worksheet().write_column(0, 0, [f"name {number}" for number in range(5_000)])
    book.close()

    with pytest.raises(WorkbookUnpacksTooLarge):
        open_table(path, options=ReadOptions(limits=Limits(shared_text_characters=10_000)))


def test_open_table_entities_of_a_document_type_are_refused(tmp_path: Path) -> None:
    path, book = workbook(tmp_path)
    book.add_worksheet().write(0, 0, "a")
    book.close()
    laughs = b'<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]><sst><si><t>&b;</t></si></sst>'

    with pytest.raises(WorkbookDamaged):
        open_table(replaced(path, "xl/sharedStrings.xml", laughs))


@pytest.mark.parametrize(
    ("content", "error"),
    [
        ("EncryptedPackage".encode("utf-16-le"), WorkbookEncrypted),
        ("Workbook".encode("utf-16-le"), WorkbookTooOld),
    ],
)
def test_open_table_binary_containers_are_named(tmp_path: Path, content: bytes, error: type[Exception]) -> None:
    path = tmp_path / "old.xlsx"
    path.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(1000) + content + bytes(1000))

    with pytest.raises(error):
        open_table(path)


def test_open_table_truncated_workbook_is_damaged(tmp_path: Path) -> None:
    path, book = workbook(tmp_path)
    book.add_worksheet().write(0, 0, "a")
    book.close()
    path.write_bytes(path.read_bytes()[:2000])

    with pytest.raises(WorkbookDamaged):
        open_table(path)


@pytest.mark.parametrize(
    ("code", "style"),
    [
        ("dd/mm/yyyy", DateStyle(is_date=True)),
        ("[$-409]d-mmm-yy;@", DateStyle(is_date=True)),
        ('yyyy"年"m"月"d"日"', DateStyle(is_date=True)),
        ("yyyy-mm-dd hh:mm:ss", DateStyle(is_date=True, has_time=True)),
        ("h:mm AM/PM", DateStyle(is_date=True, has_time=True)),
        ("0.00", DateStyle()),
        ('#,##0 "days"', DateStyle()),
        ("[Red]#,##0.00", DateStyle()),
        ("General", DateStyle()),
        ("@", DateStyle()),
    ],
)
def test_date_style_tells_days_from_numbers(code: str, style: DateStyle) -> None:
    assert date_style(code) == style
