"""The rows of a text file, streamed: quoted line breaks kept, broken rows named, nothing dropped."""

from __future__ import annotations

import csv
import io
import re
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass
from typing import IO

from tenure.workspace.tabular.dialect import Dialect, Limits
from tenure.workspace.tabular.errors import UnreadableFile
from tenure.workspace.tabular.formulas import restore_text
from tenure.workspace.tabular.rows import RowProblem

_BROKEN = re.compile("[\udc80-\udcff]")
_SKIP = 1024 * 1024


@dataclass(frozen=True, slots=True)
class _TooLong:
    """Stands for a line beyond the bound: only its beginning is kept."""

    beginning: str


class _Lines:
    """Physical lines of bounded length; those of the row being read are kept so that they can be read once more."""

    def __init__(self, file: IO[str], limit: int) -> None:
        self._file = file
        self._limit = limit
        self._again: deque[str] = deque()
        self.current: list[str] = []
        self._characters = 0
        self.first = 1
        self.too_long: _TooLong | None = None

    def __iter__(self) -> Iterator[str]:
        current = self.current
        again = self._again
        readline = self._file.readline
        limit = self._limit
        while True:
            line = again.popleft() if again else readline(limit + 1)
            if not line:
                return
            self._characters += len(line)
            if self._characters > limit:
                self._leave(line)
                return
            current.append(line)
            yield line

    def _leave(self, line: str) -> None:
        """Stop inside a row that is too long: skip to the end of its line and remember how it began."""
        if len(line) > self._limit:
            rest = line
            while rest and rest[-1] not in "\r\n":
                rest = self._file.readline(_SKIP)
            self.current.append(line[:1000])
        else:
            self._again.appendleft(line)
        self.too_long = _TooLong("".join(self.current)[:1000])

    def row_done(self) -> None:
        """The row is read: the next one begins on the following line."""
        self.first += len(self.current)
        self.current.clear()
        self._characters = 0
        self.too_long = None

    def read_again_after_first(self) -> str:
        """Give up on the row's first line and hand out the others once more."""
        first, *others = self.current
        self._again.extendleft(reversed(others))
        self.current = []
        self._characters = 0
        self.first += 1
        return first


def read_csv_rows(file: IO[bytes], dialect: Dialect, limits: Limits) -> Iterator[tuple[int, list[str]] | RowProblem]:
    """Every row with the number of its first line; a row of the file that is no row of cells as a RowProblem."""
    codec = "utf-8-sig" if dialect.encoding == "utf-8" else dialect.encoding
    with io.TextIOWrapper(file, encoding=codec, errors=dialect.errors, newline="") as text:
        if dialect.byte_order_mark and dialect.encoding != "utf-8":
            text.read(1)
        lines = _Lines(text, limits.row_characters)
        try:
            if dialect.errors == "strict":
                yield from _rows(lines, dialect, limits)
            else:
                yield from _decodable_rows(lines, dialect, limits)
        except UnicodeError as error:
            raise UnreadableFile(reason=str(error)) from error


def _decodable_rows(lines: _Lines, dialect: Dialect, limits: Limits) -> Iterator[tuple[int, list[str]] | RowProblem]:
    broken = re.compile("\ufffd") if dialect.errors == "replace" else _BROKEN
    for row in _rows(lines, dialect, limits):
        if isinstance(row, tuple) and any(not cell.isascii() and broken.search(cell) for cell in row[1]):
            yield RowProblem(row[0], "bytes_not_readable", tuple(row[1]), {"encoding": dialect.encoding})
        else:
            yield row


def _reader(lines: _Lines, dialect: Dialect, *, strict: bool) -> Iterator[list[str]]:
    if not dialect.quote:
        return csv.reader(lines, delimiter=dialect.delimiter, quoting=csv.QUOTE_NONE)
    return csv.reader(lines, delimiter=dialect.delimiter, quotechar=dialect.quote, strict=strict)


def _rows(lines: _Lines, dialect: Dialect, limits: Limits) -> Iterator[tuple[int, list[str]] | RowProblem]:
    """Read strictly; where a quote goes wrong, give up one line only and go on with the next."""
    # The csv module's own bound is one number for the process; ours is checked per row and must be the lower one.
    csv.field_size_limit(max(csv.field_size_limit(), 2 * limits.row_characters))
    reader = _reader(lines, dialect, strict=True)
    while True:
        try:
            for cells in reader:
                if lines.too_long:
                    break
                yield lines.first, [restore_text(cell) for cell in cells] if "'" in "".join(lines.current) else cells
                lines.row_done()
            if not lines.too_long:
                return
            yield RowProblem(lines.first, "too_long", (lines.too_long.beginning,), {"limit": limits.row_characters})
            lines.row_done()
        except csv.Error:
            if lines.too_long:
                yield RowProblem(lines.first, "too_long", (lines.too_long.beginning,), {"limit": limits.row_characters})
                lines.row_done()
            else:
                yield _mended(lines, dialect)
        reader = _reader(lines, dialect, strict=True)


def _mended(lines: _Lines, dialect: Dialect) -> tuple[int, list[str]] | RowProblem:
    """A row on one line with a quote inside a cell is read leniently; one that runs on is a problem."""
    number = lines.first
    if len(lines.current) == 1 and lines.current[0].count(dialect.quote) % 2 == 0:
        cells = next(csv.reader(lines.current, delimiter=dialect.delimiter, quotechar=dialect.quote))
        lines.row_done()
        return number, [restore_text(cell) for cell in cells]
    line = lines.read_again_after_first()
    return RowProblem(number, "quote_not_closed", (line.rstrip("\r\n"),), {})
