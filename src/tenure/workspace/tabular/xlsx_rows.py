"""The rows of a sheet, streamed: typed cells, formulas as the value they last had, no row kept in memory.

Read with the standard library's XML parser rather than a workbook library: those found lay a sheet out in memory as one
rectangle, and two cells in opposite corners of a 5 KB file end the process.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from decimal import Decimal

from tenure.workspace.tabular.errors import SheetNotFound, WorkbookDamaged
from tenure.workspace.tabular.formulas import restore_text
from tenure.workspace.tabular.rows import Cell, RowProblem
from tenure.workspace.tabular.sources import Progress
from tenure.workspace.tabular.workbook import DateStyle, Sheet, Workbook, local_name, parse_xml, plain_text

_EPOCH_1900 = datetime(1899, 12, 30)  # noqa: DTZ001  # a workbook's dates have no zone
_EPOCH_1904 = datetime(1904, 1, 1)  # noqa: DTZ001
_LAST_DAY = 2_958_465  # 9999-12-31
_LEAP_DAY_THAT_NEVER_WAS = 60
_EXACT = 10**15
_MEMO = 50_000
_NO_STYLE = DateStyle()


def choose_sheet(workbook: Workbook, name: str | None) -> Sheet:
    """The sheet of that name; without one the first that is not hidden. Raises SheetNotFound."""
    if name is None:
        return next((sheet for sheet in workbook.sheets if not sheet.is_hidden), workbook.sheets[0])
    for sheet in workbook.sheets:
        if sheet.name == name:
            return sheet
    raise SheetNotFound(name=workbook.name, sheet=name, sheets=", ".join(sheet.name for sheet in workbook.sheets))


def read_sheet_rows(
    workbook: Workbook, sheet: Sheet, progress: Progress | None = None
) -> Iterator[tuple[int, list[Cell]] | RowProblem]:
    """Every row that holds a cell, with its number in the sheet. Empty cells are "".

    Raises WorkbookDamaged. A row with cells beyond the bound on columns is a RowProblem.
    """
    reader = _SheetReader(workbook)
    with workbook.open_part(sheet.part) as file:
        for _ in parse_xml(file, workbook.name, reader.start, reader.end, reader.text):
            if progress and workbook.archive.fp:
                progress.read_bytes = workbook.archive.fp.tell()
            yield from reader.take_rows()


class _SheetReader:
    """Builds rows from the parser's calls; `take_rows` hands over those that are complete."""

    def __init__(self, workbook: Workbook) -> None:
        self._name = workbook.name
        self._texts = workbook.texts
        self._styles = workbook.styles
        self._limits = workbook.limits
        self._epoch = _EPOCH_1904 if workbook.counts_from_1904 else _EPOCH_1900
        self._columns: dict[str, int] = {}
        self._dates: dict[tuple[str, bool], Cell] = {}
        self._done: list[tuple[int, list[Cell]] | RowProblem] = []
        self._row: list[Cell] = []
        self._number = 0
        self._column = -1
        self._kind = "n"
        self._style = _NO_STYLE
        self._reads = False
        self._phonetic = False
        self._pieces: list[str] = []
        self._too_wide = 0
        self._characters = 0

    def take_rows(self) -> list[tuple[int, list[Cell]] | RowProblem]:
        """The rows completed since the last call."""
        rows = self._done
        self._done = []
        return rows

    def start(self, tag: str, facts: dict[str, str]) -> None:
        """An element opens."""
        if ":" in tag:
            tag = local_name(tag)
        if tag == "c":
            self._start_cell(facts)
        elif tag == "v" or (tag == "t" and not self._phonetic):
            self._reads = True
        elif tag == "row":
            self._number = int(facts.get("r", self._number + 1))
            self._column = -1
        elif tag == "rPh":
            self._phonetic = True

    def end(self, tag: str) -> None:
        """An element closes."""
        if ":" in tag:
            tag = local_name(tag)
        if tag in ("v", "t"):
            self._reads = False
        elif tag == "c":
            self._end_cell()
        elif tag == "row":
            self._end_row()
        elif tag == "rPh":
            self._phonetic = False

    def text(self, text: str) -> None:
        """Characters between two tags."""
        if self._reads:
            self._characters += len(text)
            if self._characters <= self._limits.row_characters:
                self._pieces.append(text)

    def _start_cell(self, facts: dict[str, str]) -> None:
        place = facts.get("r")
        self._column = self._column + 1 if place is None else self._column_of(place)
        self._kind = facts.get("t", "n")
        style = facts.get("s")
        self._style = self._styles[int(style)] if style is not None and int(style) < len(self._styles) else _NO_STYLE

    def _column_of(self, place: str) -> int:
        letters = place.rstrip("0123456789")
        known = self._columns.get(letters)
        if known is None:
            known = 0
            for letter in letters:
                known = known * 26 + ord(letter) - 64
            known -= 1
            self._columns[letters] = known
        return known

    def _end_cell(self) -> None:
        if not self._pieces:
            return
        raw = self._pieces[0] if len(self._pieces) == 1 else "".join(self._pieces)
        self._pieces.clear()
        if self._column >= self._limits.columns or self._column < len(self._row):
            self._too_wide = self._column + 1
            return
        if self._column > len(self._row):
            self._row.extend([""] * (self._column - len(self._row)))
        self._row.append(self._value(raw))

    def _end_row(self) -> None:
        if self._characters > self._limits.row_characters:
            facts: dict[str, object] = {"limit": self._limits.row_characters}
            self._done.append(RowProblem(self._number, "too_long", tuple(self._row), facts))
        elif self._too_wide:
            facts = {"found": self._too_wide, "expected": self._limits.columns}
            self._done.append(RowProblem(self._number, "too_many_cells", tuple(self._row), facts))
        else:
            self._done.append((self._number, self._row))
        self._row = []
        self._too_wide = 0
        self._characters = 0

    def _value(self, raw: str) -> Cell:
        kind = self._kind
        if kind == "s":
            try:
                return restore_text(self._texts[int(raw)])
            except (IndexError, ValueError) as error:
                raise WorkbookDamaged(name=self._name, reason=f"text {raw}") from error
        if kind in ("str", "inlineStr", "e"):
            return restore_text(plain_text(raw))
        if kind == "b":
            return raw.strip() in ("1", "true")
        if kind == "d":
            return _iso_value(raw)
        return self._day(raw) if self._style.is_date else _number(raw)

    def _day(self, raw: str) -> Cell:
        key = (raw, self._style.has_time)
        known = self._dates.get(key)
        if known is None:
            known = _serial_value(raw, self._epoch, has_time=self._style.has_time)
            if len(self._dates) < _MEMO:
                self._dates[key] = known
        return known


def _number(raw: str) -> Cell:
    """The number as the spreadsheet shows it: 1.1, where the file holds 1.1000000000000001."""
    if raw.lstrip("-").isdigit():
        return int(raw)
    try:
        value = float(raw)
        return int(value) if value.is_integer() and abs(value) < _EXACT else Decimal(repr(value))
    except (ValueError, OverflowError):
        return raw


def _serial_value(raw: str, epoch: datetime, *, has_time: bool) -> Cell:
    """A day number as date, with a fraction as date and time, below one as a time of day.

    The workbook's calendar holds a 29 February 1900 that never was: days before it count from one day later.
    """
    try:
        serial = float(raw)
    except ValueError:
        return raw
    if not 0 <= serial <= _LAST_DAY:
        return _number(raw)
    days = int(serial) + (epoch == _EPOCH_1900 and 1 <= serial < _LEAP_DAY_THAT_NEVER_WAS)
    # Excel shows milliseconds at most; a day's fraction in binary carries noise below that.
    moment = epoch + timedelta(days=days, milliseconds=round((serial - int(serial)) * 86_400_000))
    if serial < 1 and has_time:
        return moment.time()
    if has_time or moment.time() != time():
        return moment
    return moment.date()


def _iso_value(raw: str) -> Cell:
    try:
        return datetime.fromisoformat(raw) if "T" in raw else date.fromisoformat(raw)
    except ValueError:
        return raw
