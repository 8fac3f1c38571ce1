"""Tables written for other people's programs: CSV and XLSX, streamed, no cell that a spreadsheet would run."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from contextlib import closing
from datetime import date, datetime, time
from decimal import Decimal
from pathlib import Path
from typing import IO, Any, TypeAlias
from uuid import UUID
from zoneinfo import ZoneInfo

import xlsxwriter
from xlsxwriter.format import Format

from tenure.kernel.money import Money, minor_digits
from tenure.workspace.tabular.errors import CannotWriteCell, TooManyRowsForWorkbook
from tenure.workspace.tabular.formulas import disarm_formula

Writable: TypeAlias = str | int | float | Decimal | Money | bool | date | datetime | time | UUID | Sequence[str] | None
SHEET_ROWS = 1_048_576
CELL_CHARACTERS = 32_767
_EXACT_DIGITS = 15
_LARGEST_EXPONENT = 300
_FIRST_DAY = date(1900, 3, 1)


def csv_text(value: Writable) -> str:
    """A value as the text of a CSV cell: exact numbers, ISO 8601 dates and instants, choices joined by "; ".

    Text that a spreadsheet would run gets an apostrophe; numbers stay numbers.
    """
    match value:
        case None:
            text = ""
        case str():
            text = disarm_formula(value)
        case bool():
            text = "TRUE" if value else "FALSE"
        case Decimal():
            text = format(value, "f")
        case Money():
            text = format(money_decimal(value), "f")
        case date() | time():
            text = value.isoformat()
        case int() | float() | UUID():
            text = str(value)
        case _:
            text = disarm_formula("; ".join(value))
    return text


def money_decimal(money: Money) -> Decimal:
    """The amount in major units with all decimals of its currency: 12.30, for 1,230 cents."""
    return Decimal(money.minor).scaleb(-minor_digits(money.currency))


def write_csv(
    target: Path | IO[bytes],
    header: Sequence[str],
    rows: Iterable[Sequence[Writable]],
    *,
    delimiter: str = ",",
    quote: str = '"',
    encoding: str = "utf-8",
    byte_order_mark: bool = False,
    errors: str = "strict",
) -> int:
    """Write rows as they come and return how many; the whole table is never in memory.

    byte_order_mark: for spreadsheet programs that would take UTF-8 for something else.
    """
    if isinstance(target, Path):
        with target.open("wb") as file:
            return write_csv(
                file,
                header,
                rows,
                delimiter=delimiter,
                quote=quote,
                encoding=encoding,
                byte_order_mark=byte_order_mark,
                errors=errors,
            )
    text = io.TextIOWrapper(target, encoding=encoding, errors=errors, newline="", write_through=False)
    try:
        if byte_order_mark:
            text.write("\ufeff")
        writer = csv.writer(
            text,
            delimiter=delimiter,
            quotechar=quote or None,
            quoting=csv.QUOTE_MINIMAL if quote else csv.QUOTE_NONE,
            escapechar=None if quote else "\\",
            lineterminator="\r\n",
        )
        writer.writerow([disarm_formula(name) for name in header])
        written = 0
        for row in rows:
            writer.writerow([csv_text(value) for value in row])
            written += 1
        text.flush()
        return written
    finally:
        text.detach()


def write_xlsx(
    target: Path | IO[bytes],
    header: Sequence[str],
    rows: Iterable[Sequence[Writable]],
    *,
    sheet: str = "Sheet1",
    zone: str = "UTC",
) -> int:
    """Write rows as they come into one sheet and return how many; rows already written leave memory.

    Numbers, dates and yes or no are real ones; a number that a spreadsheet cannot hold exactly (more than 15 digits) is
    text. Instants stand in `zone`. Raises CannotWriteCell (text over 32,767 characters), TooManyRowsForWorkbook.
    """
    path: Any = str(target) if isinstance(target, Path) else target
    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with closing(xlsxwriter.Workbook(path, options)) as workbook:
        page = _Page(workbook, sheet, ZoneInfo(zone))
        page.write_row(0, list(header))
        written = 0
        for row in rows:
            written += 1
            if written >= SHEET_ROWS:
                raise TooManyRowsForWorkbook(limit=SHEET_ROWS)
            page.write_row(written, row)
        return written


class _Page:
    """One sheet with its formats for dates."""

    def __init__(self, workbook: xlsxwriter.Workbook, sheet: str, zone: ZoneInfo) -> None:
        self._sheet = workbook.add_worksheet(sheet)
        self._zone = zone
        self._date = workbook.add_format({"num_format": "yyyy-mm-dd"})
        self._instant = workbook.add_format({"num_format": "yyyy-mm-dd hh:mm:ss"})
        self._time = workbook.add_format({"num_format": "hh:mm:ss"})

    def write_row(self, number: int, row: Sequence[Writable]) -> None:
        """Write one row, number counted from 0."""
        for column, value in enumerate(row):
            self._write(number, column, value)

    def _write(self, row: int, column: int, value: Writable) -> None:
        if isinstance(value, bool):
            self._sheet.write_boolean(row, column, value)
        elif isinstance(value, datetime):
            self._write_instant(row, column, value)
        elif isinstance(value, date):
            self._write_dated(row, column, value, value >= _FIRST_DAY, self._date)
        elif isinstance(value, time):
            self._write_dated(row, column, value, value.tzinfo is None, self._time)
        elif isinstance(value, Money):
            self._write_number(row, column, money_decimal(value))
        elif isinstance(value, int | float | Decimal):
            self._write_number(row, column, value)
        else:
            self._write_text(row, column, csv_text(value))

    def _write_instant(self, row: int, column: int, value: datetime) -> None:
        local = value.astimezone(self._zone).replace(tzinfo=None) if value.tzinfo else value
        self._write_dated(row, column, local, local.date() >= _FIRST_DAY, self._instant)

    def _write_dated(self, row: int, column: int, value: date | datetime | time, fits: bool, shape: Format) -> None:  # noqa: FBT001
        # Before March 1900 a workbook's calendar is wrong by a day: such dates are text.
        if fits:
            self._sheet.write_datetime(row, column, value, shape)
        else:
            self._write_text(row, column, value.isoformat())

    def _write_number(self, row: int, column: int, value: float | Decimal) -> None:
        exact = Decimal(str(value))
        if (
            exact.is_finite()
            and len(exact.normalize().as_tuple().digits) <= _EXACT_DIGITS
            and abs(exact.adjusted()) < _LARGEST_EXPONENT
        ):
            self._sheet.write_number(row, column, float(value))
        else:
            self._write_text(row, column, csv_text(value))

    def _write_text(self, row: int, column: int, text: str) -> None:
        if len(text) > CELL_CHARACTERS:
            raise CannotWriteCell(row=row + 1, length=len(text), limit=CELL_CHARACTERS)
        if text:
            self._sheet.write_string(row, column, text)
