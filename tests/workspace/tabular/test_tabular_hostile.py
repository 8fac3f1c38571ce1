"""Files at random: whatever the bytes, reading gives rows, problems or one clear refusal."""

from __future__ import annotations

import zipfile
from collections.abc import Iterable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tenure.workspace.tabular.dialect import Limits, ReadOptions
from tenure.workspace.tabular.errors import UnreadableFile, UnsuitableSign, WorkbookDamaged
from tenure.workspace.tabular.profiling import profile
from tenure.workspace.tabular.table import open_table
from tenure.workspace.tabular.writing import write_xlsx

PIECES = st.sampled_from(
    [b"a", b"1", b",", b";", b'"', b"'", b"\n", b"\r\n", b"\r", b"\x00", b"\xe9", b"\xc3\xa9", b"\x81\x30", b"\xff", b"=", b" "]
)


def read_all(path: Path, options: ReadOptions) -> tuple[int, int]:
    """Rows and problems, or nothing of both where the file is refused in a clear sentence."""
    try:
        table = open_table(path, options=options)
        profile(table)
    except UnreadableFile as refused:
        assert "{" not in str(refused)  # noqa: PT017  # a refusal is one of the two good ends
        return 0, 0
    return table.tally.rows, table.tally.problems


@settings(suppress_health_check=[HealthCheck.too_slow])
@given(
    pieces=st.lists(PIECES, max_size=120),
    encoding=st.sampled_from([None, "utf-8", "utf-16", "gb18030", "big5", "shift_jis", "cp1252", "utf-7"]),
)
def test_open_table_any_bytes_end_well(
    tmp_path_factory: pytest.TempPathFactory, pieces: Iterable[bytes], encoding: str | None
) -> None:
    path = tmp_path_factory.mktemp("any") / "t.csv"
    path.write_bytes(b"".join(pieces))

    rows, problems = read_all(path, ReadOptions(encoding=encoding, limits=Limits(row_characters=50)))

    assert (rows >= 0, problems >= 0) == (True, True)


@given(places=st.lists(st.tuples(st.integers(0, 5_000), st.integers(0, 255)), min_size=1, max_size=12))
def test_open_table_any_damage_to_a_workbook_ends_well(
    tmp_path_factory: pytest.TempPathFactory, places: list[tuple[int, int]]
) -> None:
    path = tmp_path_factory.mktemp("damaged") / "t.xlsx"
    write_xlsx(path, ["id", "name"], [[number, f"name {number}"] for number in range(20)])
    content = bytearray(path.read_bytes())
    for place, byte in places:
        content[place % len(content)] = byte
    path.write_bytes(bytes(content))

    rows, problems = read_all(path, ReadOptions())

    assert (rows >= 0, problems >= 0) == (True, True)


def test_open_table_damaged_part_is_named_without_the_bytes_of_the_file(tmp_path: Path) -> None:
    path = tmp_path / "t.xlsx"
    write_xlsx(path, ["id", "name"], [[number, f"name {number}"] for number in range(20)])
    with zipfile.ZipFile(path) as archive:
        header = archive.getinfo("xl/_rels/workbook.xml.rels").header_offset
    content = bytearray(path.read_bytes())
    content[header + 26 : header + 28] = b"\xff\x02"  # the length of the part's name, in its own header
    path.write_bytes(bytes(content))

    with pytest.raises(WorkbookDamaged) as refused:
        open_table(path)

    said = str(refused.value)
    assert said.startswith("The workbook t.xlsx is damaged (File name in directory 'xl/_rels/workbook.xml.rels' and header")
    assert said.isprintable()
    assert len(said) < 200


@pytest.mark.parametrize("options", [ReadOptions(delimiter=""), ReadOptions(delimiter=";;"), ReadOptions(quote="\n")])
def test_open_table_signs_that_cannot_be_are_refused(tmp_path: Path, options: ReadOptions) -> None:
    path = tmp_path / "t.csv"
    path.write_text("a,b\n1,2\n")

    with pytest.raises(UnsuitableSign):
        open_table(path, options=options)
