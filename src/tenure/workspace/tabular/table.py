"""A table in a file: opened, its dialect decided, its rows streamed as often as needed."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import islice
from pathlib import Path

from tenure.workspace.tabular.csv_rows import read_csv_rows
from tenure.workspace.tabular.dialect import Dialect, Limits, ReadOptions
from tenure.workspace.tabular.encoding import EncodingFound, find_encoding
from tenure.workspace.tabular.errors import (
    FileIsEmpty,
    FileIsNotText,
    HeaderNotFound,
    TooManyColumns,
    UnknownEncoding,
    UnsuitableSign,
    WorkbookDamaged,
)
from tenure.workspace.tabular.layout import find_delimiter, find_header, find_quote, unique_names
from tenure.workspace.tabular.notes import Note
from tenure.workspace.tabular.notes import translatable as _
from tenure.workspace.tabular.rows import Cell, RowProblem, Tally
from tenure.workspace.tabular.sources import OLE_MAGIC, ZIP_MAGIC, Progress, open_bytes, starts_with
from tenure.workspace.tabular.workbook import open_workbook, refuse_ole
from tenure.workspace.tabular.xlsx_rows import choose_sheet, read_sheet_rows

Row = tuple[int, list[Cell]]
# The columns that the errors file adds: a file that was mended may keep them, they are never read as the person's own.
ROW_COLUMN = "tenure:row"
PROBLEM_COLUMN = "tenure:problem"
ADDED_COLUMNS = (ROW_COLUMN, PROBLEM_COLUMN)
_SAMPLE_CHARACTERS = 256 * 1024
_SAMPLE_ROWS = 50
_MOST_CONTROLS = 0.05
_CHOSEN = {
    "encoding": _("The encoding {value} was chosen by a person."),
    "delimiter": _("The separator was chosen by a person."),
    "quote": _("The quote was chosen by a person."),
    "header_row": _("Row {value} was chosen as the header by a person."),
    "sheet": _("The sheet {value} was chosen by a person."),
}


class Table:
    """A table that can be read several times; every pass streams from the file.

    header: unique column names, without the columns of an errors file. first_row_number: where records begin.
    """

    def __init__(self, path: Path, dialect: Dialect, limits: Limits, header: Sequence[Cell]) -> None:
        self.path = path
        self.dialect = dialect
        self.limits = limits
        self.progress = Progress(path.stat().st_size)
        self.tally = Tally()
        names = unique_names(header)
        self._kept = [index for index, name in enumerate(names) if name not in ADDED_COLUMNS]
        self._width = len(names)
        self._named = max((index + 1 for index, cell in enumerate(header) if cell not in ("", None)), default=0)
        self.header: tuple[str, ...] = tuple(names[index] for index in self._kept)

    def rows(self, *, after: int = 0) -> Iterator[Row | RowProblem]:
        """Every record with its own line number in the file, or the problem why it is none.

        after: the line number of the last record that is already done; reading goes on behind it.
        Blank rows are counted in `tally`, and every other row is yielded: none is dropped.
        """
        self.tally = tally = Tally()
        self.progress.read_bytes = 0
        begin = max(after, self.dialect.header_row)
        fitted = self._fitted if len(self._kept) == self._width else self._fitted_without_added
        width = self._width
        all_kept = fitted == self._fitted
        for row in raw_rows(self.path, self.dialect, self.limits, self.progress):
            if isinstance(row, RowProblem):
                if row.row > begin:
                    tally.problems += 1
                    yield row
                continue
            number, cells = row
            if number <= begin:
                continue
            # Quick first: only a row of nothing but zeros or blanks needs the second look.
            if not any(cells) and all(cell == "" for cell in cells):
                tally.blank += 1
                continue
            tally.rows += 1
            if len(cells) == width and all_kept:
                yield row
            else:
                yield fitted(number, cells)

    def _fitted(self, number: int, cells: list[Cell]) -> Row | RowProblem:
        """The row at the header's width: what lacks only nameless columns is filled, empty surplus is cut."""
        found = len(cells)
        if found < self._width and (found >= self._named or self.dialect.format == "xlsx"):
            return number, [*cells, *[""] * (self._width - found)]
        if found > self._width and not any(cell not in ("", None) for cell in cells[self._width :]):
            return number, cells[: self._width]
        if found == self._width:
            return number, cells
        self.tally.problems += 1
        self.tally.rows -= 1
        code = "too_few_cells" if found < self._width else "too_many_cells"
        return RowProblem(number, code, self._without_added(cells), {"found": found, "expected": self._width})

    def _fitted_without_added(self, number: int, cells: list[Cell]) -> Row | RowProblem:
        row = self._fitted(number, cells)
        return row if isinstance(row, RowProblem) else (number, [row[1][index] for index in self._kept])

    def _without_added(self, cells: list[Cell]) -> tuple[Cell, ...]:
        kept = set(self._kept)
        return tuple(cell for index, cell in enumerate(cells) if index in kept or index >= self._width)


def open_table(path: Path | str, *, options: ReadOptions | None = None) -> Table:
    """Open a CSV or XLSX file (also gzip or a ZIP with one table) and decide how it is read.

    options: what a person has decided; the rest is found in the file, and `Table.dialect.evidence` says why.
    Raises UnreadableFile: empty, too large, neither text nor workbook, encrypted, damaged, too many columns, no such sheet.
    """
    path = Path(path)
    options = options or ReadOptions()
    for name in ("delimiter", "quote"):
        sign = getattr(options, name)
        if sign is not None and (len(sign) > 1 or sign in ("\r", "\n", " ") or (not sign and name == "delimiter")):
            raise UnsuitableSign(sign=sign)
    if path.stat().st_size == 0:
        raise FileIsEmpty(name=path.name)
    if _is_workbook(path):
        dialect, first = _workbook_dialect(path, options)
    else:
        dialect, first = _text_dialect(path, options)
    dialect, header = _with_header(path, dialect, first, options)
    if len(header) > options.limits.columns:
        raise TooManyColumns(name=path.name, limit=options.limits.columns)
    return Table(path, dialect, options.limits, header)


def raw_rows(path: Path, dialect: Dialect, limits: Limits, progress: Progress | None = None) -> Iterator[Row | RowProblem]:
    """Every row of the file under the dialect, header and titles included."""
    if dialect.format == "xlsx":
        progress = progress or Progress(path.stat().st_size)
        with open_workbook(path, limits) as workbook:
            sheet = choose_sheet(workbook, dialect.sheet)
            yield from read_sheet_rows(workbook, sheet, progress)
            progress.read_bytes = progress.total_bytes
    else:
        with open_bytes(path, limits, progress) as file:
            rows: Iterator[Row | RowProblem] = iter(read_csv_rows(file, dialect, limits))  # type: ignore[arg-type]
            yield from rows


def _is_workbook(path: Path) -> bool:
    beginning = starts_with(path)
    if beginning.startswith(OLE_MAGIC):
        refuse_ole(path)
    if not beginning.startswith(ZIP_MAGIC):
        return False
    try:
        with zipfile.ZipFile(path) as archive:
            return any(name.lower().endswith(("xl/workbook.xml", "[content_types].xml")) for name in archive.namelist())
    except zipfile.BadZipFile as error:
        raise WorkbookDamaged(name=path.name, reason=str(error)) from error


def _workbook_dialect(path: Path, options: ReadOptions) -> tuple[Dialect, list[Row]]:
    with open_workbook(path, options.limits) as workbook:
        sheet = choose_sheet(workbook, options.sheet)
        names = tuple(one.name for one in workbook.sheets)
        note = Note("first_sheet", _("The first visible sheet of {count} is read."), {"count": len(names)})
        if options.sheet is not None:
            note = _chosen("sheet", options.sheet)
        dialect = Dialect("xlsx", sheet=sheet.name, sheets=names, evidence=(note,))
        return dialect, _records(islice(read_sheet_rows(workbook, sheet), _SAMPLE_ROWS))


def _text_dialect(path: Path, options: ReadOptions) -> tuple[Dialect, list[Row]]:
    found = _encoding(path, options)
    text = _beginning(path, found, options.limits)
    if text.count("\0") * 10 > len(text) or _control_share(text) > _MOST_CONTROLS:
        raise FileIsNotText(name=path.name)
    quote = options.quote if options.quote is not None else find_quote(text)
    delimiter = find_delimiter(text, quote)
    notes = [found.note, delimiter.note if options.delimiter is None else _chosen("delimiter", options.delimiter)]
    if options.quote is not None:
        notes.append(_chosen("quote", quote))
    dialect = Dialect(
        "csv",
        encoding=found.encoding,
        byte_order_mark=found.byte_order_mark,
        errors=found.errors,
        delimiter=options.delimiter or delimiter.delimiter,
        quote=quote,
        evidence=tuple(notes),
    )
    # A line that declares the separator is no row of the table.
    rows = islice(raw_rows(path, dialect, options.limits), _SAMPLE_ROWS)
    return dialect, [row for row in _records(rows) if row[0] > delimiter.declared_on]


def _encoding(path: Path, options: ReadOptions) -> EncodingFound:
    if options.encoding is None:
        with open_bytes(path, options.limits) as file:
            return find_encoding(file)
    try:
        "".encode(options.encoding)
    except (LookupError, UnicodeError) as error:
        raise UnknownEncoding(encoding=options.encoding) from error
    with open_bytes(path, options.limits) as file:
        found = find_encoding(io.BytesIO(file.read(4096)))
    encoding = _exact_name(options.encoding, found)
    errors = "replace" if "16" in encoding or "32" in encoding else "surrogateescape"
    return EncodingFound(encoding, errors, _chosen("encoding", options.encoding), byte_order_mark=found.byte_order_mark)


def _exact_name(chosen: str, found: EncodingFound) -> str:
    """The chosen encoding with what the name leaves open: the mark of UTF-8, the order of bytes in the wider ones."""
    name = chosen.lower().replace("_", "-")
    if name in ("utf-8-sig", "utf8", "utf-8"):
        return "utf-8"
    if name in ("utf-16", "utf16", "utf-32", "utf32"):
        wide = f"utf-{name[-2:]}"
        return found.encoding if found.encoding.startswith(wide) else f"{wide}-le"
    return chosen


def _beginning(path: Path, found: EncodingFound, limits: Limits) -> str:
    """The first whole lines, for the decisions on layout."""
    with open_bytes(path, limits) as file:
        block = file.read(_SAMPLE_CHARACTERS)
    text = block.decode(found.encoding, "ignore").lstrip("\ufeff")
    whole = max(text.rfind("\n"), text.rfind("\r"))
    return text if len(block) < _SAMPLE_CHARACTERS or whole < 0 else text[: whole + 1]


def _control_share(text: str) -> float:
    controls = sum(1 for sign in text[:4096] if sign < " " and sign not in "\t\r\n\0")
    return controls / max(1, len(text[:4096]))


def _records(rows: Iterable[Row | RowProblem]) -> list[Row]:
    return [row for row in rows if isinstance(row, tuple)]


def _chosen(name: str, value: object) -> Note:
    return Note("chosen_" + name, _CHOSEN[name], {"value": value})


def _with_header(path: Path, dialect: Dialect, first: list[Row], options: ReadOptions) -> tuple[Dialect, list[Cell]]:
    if options.header_row is not None:
        header = _named_header(path, dialect, options)
        return replace(dialect, header_row=options.header_row).because(_chosen("header_row", options.header_row)), header
    if not any(any(cells) for _number, cells in first):
        raise FileIsEmpty(name=path.name)
    found = find_header([cells for _number, cells in first])
    if found.index is None:
        width = max(len(cells) for _number, cells in first)
        return replace(dialect, header_row=first[0][0] - 1).because(found.note), [""] * width
    number, cells = first[found.index]
    return replace(dialect, header_row=number).because(found.note), cells


def _named_header(path: Path, dialect: Dialect, options: ReadOptions) -> list[Cell]:
    if options.header_row == 0:
        return [""] * max(
            (len(cells) for _number, cells in _records(islice(raw_rows(path, dialect, options.limits), _SAMPLE_ROWS))), default=1
        )
    for row in raw_rows(path, dialect, options.limits):
        number = row.row if isinstance(row, RowProblem) else row[0]
        if number == options.header_row and isinstance(row, tuple):
            return row[1]
        if number > (options.header_row or 0):
            break
    raise HeaderNotFound(name=path.name, row=options.header_row)
