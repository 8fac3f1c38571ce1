"""Reading text files: encodings, separators, quotes, broken rows and bounds."""

from __future__ import annotations

import gzip
import os
import zipfile
from pathlib import Path

import pytest

from tenure.workspace.tabular.dialect import Dialect, Limits, ReadOptions
from tenure.workspace.tabular.errors import (
    ArchiveHoldsSeveralFiles,
    FileIsEmpty,
    FileIsNotText,
    FileTooLarge,
    HeaderNotFound,
    TooManyColumns,
    UnknownEncoding,
)
from tenure.workspace.tabular.rows import Cell, RowProblem
from tenure.workspace.tabular.table import Table, open_table

FIXTURES = Path(__file__).parent / "fixtures"


def written(folder: Path, content: bytes | str, encoding: str = "utf-8") -> Path:
    path = folder / "table.csv"
    path.write_bytes(content.encode(encoding) if isinstance(content, str) else content)
    return path


def records(table: Table) -> list[tuple[int, list[Cell]]]:
    return [row for row in table.rows() if not isinstance(row, RowProblem)]


def problems(table: Table) -> list[tuple[int, str]]:
    return [(row.row, row.code) for row in table.rows() if isinstance(row, RowProblem)]


@pytest.mark.parametrize(
    ("encoding", "text"),
    [
        ("utf-8", "name,city\nJosé,Málaga\nÉva,Győr\n"),
        ("utf-8-sig", "name,city\nJosé,Málaga\n北京,上海\n"),
        ("utf-16", "name,city\nJosé,Málaga\nÉva,Győr\n"),
        ("utf-16-le", "name,city\nJohn,Berlin\nÉva,Madrid\n"),
        ("cp1252", "name,city\nJosé García,Málaga\nMüller,Köln\n"),
        ("cp1250", "name,city\nKovács Győző,Nyíregyháza\nŁukasz,Kraków\n"),
        ("gb18030", "客户,城市\n北京科技有限公司,北京\n上海贸易,上海\n"),
        ("big5", "客戶,城市\n臺北科技股份有限公司,臺北\n高雄貿易,高雄\n"),
        ("cp1251", "клиент,город\nООО Ромашка,Москва\nИванов,Казань\n"),
    ],
)
def test_open_table_each_encoding_reads_the_same_cells(tmp_path: Path, encoding: str, text: str) -> None:
    table = open_table(written(tmp_path, text, encoding))

    expected = [line.split(",") for line in text.splitlines()]
    assert [list(table.header), *[cells for _row, cells in records(table)]] == expected


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_open_table_each_delimiter_is_found_and_explained(tmp_path: Path, delimiter: str) -> None:
    lines = ["id", "name", "price"], ["1", "Ana; Müller, S.A.", "1,50"], ["2", "Bo", "2,75"], ["3", "Cy", "3,00"]
    text = "\n".join(delimiter.join(f'"{cell}"' for cell in line) for line in lines)

    table = open_table(written(tmp_path, text))

    assert table.dialect.delimiter == delimiter
    assert [note.code for note in table.dialect.evidence] == ["valid_utf8", "same_width", "header_first"]
    assert table.dialect.evidence[1].facts["cells"] == 3
    assert records(table)[0] == (2, ["1", "Ana; Müller, S.A.", "1,50"])


def test_open_table_separator_line_of_a_spreadsheet_decides(tmp_path: Path) -> None:
    table = open_table(written(tmp_path, "sep=;\nname;note\nAna;a,b,c\nBo;d,e,f\n"))

    assert table.header == ("name", "note")
    assert records(table) == [(3, ["Ana", "a,b,c"]), (4, ["Bo", "d,e,f"])]


def test_open_table_single_quotes_are_found(tmp_path: Path) -> None:
    table = open_table(written(tmp_path, "'id','name'\n'1','a, b'\n'2','c'\n"))

    assert table.dialect.quote == "'"
    assert records(table) == [(2, ["1", "a, b"]), (3, ["2", "c"])]


def test_rows_quoted_line_breaks_keep_the_file_own_line_numbers(tmp_path: Path) -> None:
    table = open_table(written(tmp_path, 'id,note\n1,"two\nlines"\n2,"three\r\nmore\nlines"\n3,x\n'))

    assert records(table) == [(2, ["1", "two\nlines"]), (4, ["2", "three\r\nmore\nlines"]), (7, ["3", "x"])]


def test_rows_ragged_rows_become_problems_and_empty_surplus_does_not(tmp_path: Path) -> None:
    table = open_table(written(tmp_path, "a,b,c\n1,2,3\n1,2\n1,2,3,4\n1,2,3,,\n\n,,\n7,8,9\n"))

    assert problems(table) == [(3, "too_few_cells"), (4, "too_many_cells")]
    assert records(table) == [(2, ["1", "2", "3"]), (5, ["1", "2", "3"]), (8, ["7", "8", "9"])]
    assert (table.tally.rows, table.tally.blank, table.tally.problems) == (3, 2, 2)


def test_rows_quote_never_closed_costs_one_row_only(tmp_path: Path) -> None:
    table = open_table(written(tmp_path, 'id,note\n1,"open\n2,fine\n3,also fine\n'))

    rows = list(table.rows())

    assert rows == [RowProblem(2, "quote_not_closed", ('1,"open',), {}), (3, ["2", "fine"]), (4, ["3", "also fine"])]


def test_rows_quotes_inside_a_cell_are_read_leniently(tmp_path: Path) -> None:
    table = open_table(written(tmp_path, 'id,note\n1,"a "big" one"\n2,5" pipe\n'))

    assert records(table) == [(2, ["1", 'a big" one"']), (3, ["2", '5" pipe'])]


def test_rows_zero_bytes_do_not_stop_the_reading(tmp_path: Path) -> None:
    table = open_table(written(tmp_path, b"id,note\n1,a\x00b\n2,c\n"))

    assert records(table) == [(2, ["1", "a\0b"]), (3, ["2", "c"])]


def test_rows_broken_bytes_in_utf8_are_reported_with_their_row(tmp_path: Path) -> None:
    good = "".join(f"{number},Málaga\n" for number in range(50)).encode()
    table = open_table(written(tmp_path, b"id,city\n" + good + b"50,M\xe1laga\n51,Bonn\n"))

    assert table.dialect.encoding == "utf-8"
    assert problems(table) == [(52, "bytes_not_readable")]
    assert len(records(table)) == 51


def test_rows_line_longer_than_the_bound_is_a_problem_and_reading_goes_on(tmp_path: Path) -> None:
    limits = Limits(row_characters=1000)
    path = written(tmp_path, "id,note\n1,a\n2," + "x" * 5000 + "\n3,b\n")

    table = open_table(path, options=ReadOptions(limits=limits))

    assert problems(table) == [(3, "too_long")]
    assert records(table) == [(2, ["1", "a"]), (4, ["3", "b"])]


def test_rows_after_a_row_resume_behind_it(tmp_path: Path) -> None:
    table = open_table(written(tmp_path, "id,n\n1,a\n2,b\n3,c\n"))

    assert list(table.rows(after=3)) == [(4, ["3", "c"])]


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_open_table_each_line_ending_gives_the_same_rows(tmp_path: Path, newline: str) -> None:
    table = open_table(written(tmp_path, newline.join(["id,n", "1,a", "2,b", ""])))

    assert records(table) == [(2, ["1", "a"]), (3, ["2", "b"])]


def test_open_table_gzip_and_zip_are_unpacked(tmp_path: Path) -> None:
    packed, zipped = tmp_path / "t.csv.gz", tmp_path / "t.zip"
    packed.write_bytes(gzip.compress(b"id,n\n1,a\n"))
    with zipfile.ZipFile(zipped, "w") as archive:
        archive.writestr("t.csv", "id,n\n1,a\n")

    assert [records(open_table(path)) for path in (packed, zipped)] == [[(2, ["1", "a"])]] * 2


def test_open_table_zip_of_two_tables_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "t.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("a.csv", "id\n1\n")
        archive.writestr("b.csv", "id\n1\n")

    with pytest.raises(ArchiveHoldsSeveralFiles) as caught:
        open_table(path)
    assert caught.value.facts["count"] == 2


def test_open_table_gzip_that_unpacks_beyond_the_bound_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "bomb.csv.gz"
    path.write_bytes(gzip.compress(b"id,n\n" + b"1,a\n" * 500_000))

    with pytest.raises(FileTooLarge) as caught:
        open_table(path, options=ReadOptions(limits=Limits(bytes=1_000_000)))
    assert caught.value.code == "file_too_large"


@pytest.mark.parametrize(
    ("content", "error"),
    [
        (b"", FileIsEmpty),
        (b"\n\n\n", FileIsEmpty),
        (b"%PDF-1.7\x01\x02\x03\x04\x05\x06\x07\x08" * 20, FileIsNotText),
        (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + bytes(range(32)) * 30, FileIsNotText),
    ],
)
def test_open_table_what_is_no_table_is_refused(tmp_path: Path, content: bytes, error: type[Exception]) -> None:
    with pytest.raises(error):
        open_table(written(tmp_path, content))


def test_open_table_too_many_columns_are_refused(tmp_path: Path) -> None:
    path = written(tmp_path, ",".join(f"c{number}" for number in range(30)) + "\n")

    with pytest.raises(TooManyColumns) as caught:
        open_table(path, options=ReadOptions(limits=Limits(columns=20)))
    assert str(caught.value) == "The file table.csv has more than 20 columns. Check the separator, or remove columns."


def test_open_table_title_above_the_header_is_skipped(tmp_path: Path) -> None:
    table = open_table(written(tmp_path, "Export of 2026\n\nid,name,city\n1,Ana,Bonn\n2,Bo,Köln\n"))

    assert (table.dialect.header_row, table.header) == (3, ("id", "name", "city"))
    assert records(table) == [(4, ["1", "Ana", "Bonn"]), (5, ["2", "Bo", "Köln"])]


def test_open_table_without_header_numbers_the_columns(tmp_path: Path) -> None:
    table = open_table(written(tmp_path, "1,2026-01-01,9.5\n2,2026-01-02,8.5\n"))

    assert (table.dialect.header_row, table.header) == (0, ("Column 1", "Column 2", "Column 3"))
    assert [row for row, _cells in records(table)] == [1, 2]


def test_open_table_same_and_empty_names_become_unique(tmp_path: Path) -> None:
    table = open_table(written(tmp_path, "id,name,name,\na,b,c,d\n"))

    assert table.header == ("id", "name", "name (2)", "Column 4")


def test_open_table_choices_of_a_person_override_and_are_told(tmp_path: Path) -> None:
    path = written(tmp_path, "x;y\nid;né\n1;a,b\n", "cp1252")

    table = open_table(path, options=ReadOptions(encoding="cp1252", delimiter=";", quote="", header_row=2))

    assert table.header == ("id", "né")
    assert [note.code for note in table.dialect.evidence] == [
        "chosen_encoding",
        "chosen_delimiter",
        "chosen_quote",
        "chosen_header_row",
    ]


def test_open_table_impossible_choices_are_refused(tmp_path: Path) -> None:
    path = written(tmp_path, "id,n\n1,a\n")

    with pytest.raises(UnknownEncoding):
        open_table(path, options=ReadOptions(encoding="klingon"))
    with pytest.raises(HeaderNotFound):
        open_table(path, options=ReadOptions(header_row=9))


def test_dialect_as_plain_values_comes_back_the_same() -> None:
    dialect = open_table(FIXTURES / "deals_damaged.csv").dialect

    assert Dialect.from_dict(dialect.as_dict()) == dialect


def test_rows_trailing_comma_gives_an_empty_last_column() -> None:
    table = open_table(FIXTURES / "rates_trailing_comma.csv")

    assert table.header == ("Date", "USD", "CYP", "Column 4")
    assert records(table)[0] == (2, ["2026-10-30", "1.1172", "N/A", ""])


def test_rows_progress_ends_at_the_whole_file(tmp_path: Path) -> None:
    table = open_table(written(tmp_path, "id,n\n" + "1,a\n" * 1000))

    list(table.rows())

    assert table.progress.share == 1.0


def test_open_table_file_of_five_gigabytes_is_refused_without_reading_it(tmp_path: Path) -> None:
    path = tmp_path / "huge.csv"
    path.touch()
    os.truncate(path, 5 * 1024**3)

    with pytest.raises(FileTooLarge) as caught:
        open_table(path)
    assert caught.value.facts == {"name": "huge.csv", "limit": 4 * 1024**3}
