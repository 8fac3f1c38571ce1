"""The rows that could not be loaded, in the file's own format, to be mended and loaded again."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from tenure.workspace.tabular.rows import Cell
from tenure.workspace.tabular.table import PROBLEM_COLUMN, ROW_COLUMN, Table
from tenure.workspace.tabular.writing import write_csv, write_xlsx


@dataclass(frozen=True, slots=True)
class FaultyRow:
    """A row to be mended: its line number in the file, its cells as they were, and what is wrong, in the reader's words."""

    row: int
    cells: Sequence[Cell]
    problems: Sequence[str]


def write_errors_file(target: Path | IO[bytes], table: Table, faulty: Iterable[FaultyRow]) -> int:
    """Write the faulty rows as the table's own file is written, behind two columns that say row and problems.

    Same delimiter, quote, encoding, byte-order mark and header (a workbook stays one). The two columns stand first, so
    that a row with too few or too many cells keeps its place; `open_table` never reads them as the person's own.
    Returns how many rows were written.
    """
    dialect = table.dialect
    header = [ROW_COLUMN, PROBLEM_COLUMN, *table.header]
    if dialect.format == "xlsx":
        return write_xlsx(target, header, _with_problems(faulty, "utf-8"), sheet=dialect.sheet)
    return write_csv(
        target,
        header,
        _with_problems(faulty, dialect.encoding),
        delimiter=dialect.delimiter,
        quote=dialect.quote,
        encoding=dialect.encoding,
        byte_order_mark=dialect.byte_order_mark,
        errors="surrogateescape" if dialect.errors == "surrogateescape" else "replace",
    )


def _with_problems(faulty: Iterable[FaultyRow], encoding: str) -> Iterator[list[Cell]]:
    for one in faulty:
        sentence = " ".join(one.problems)
        # The file's encoding may lack a letter of the reader's language: the message loses it, the row's cells never do.
        yield [one.row, sentence.encode(encoding, "replace").decode(encoding), *one.cells]
