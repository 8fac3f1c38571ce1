"""How a text table is laid out: delimiter, quote and header row, found in its first lines and said with evidence."""

from __future__ import annotations

import csv
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from tenure.workspace.tabular.notes import Note
from tenure.workspace.tabular.notes import translatable as _

DELIMITERS = (",", ";", "\t", "|")
_ENOUGH_QUOTED = 3
NAMES = {",": "comma", ";": "semicolon", "\t": "tab", "|": "bar"}
_SEPARATOR_LINE = re.compile(r"^sep=(.)\r?\n?$", re.IGNORECASE)
_QUOTED_BY = {
    quote: re.compile(f"(?:^|[,;\\t|]){quote}[^{quote}\\n]*{quote}(?=[,;\\t|\\r\\n]|$)", re.MULTILINE) for quote in "\"'"
}
_VALUE_LIKE = re.compile(r"[\d.,:/\-+% ]*\d[\d.,:/\-+% TZ]*|true|false|yes|no|\S+@\S+\.\S+", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class DelimiterFound:
    """The delimiter, the line that declares it (0 where none does), and why."""

    delimiter: str
    declared_on: int
    note: Note


def find_delimiter(text: str, quote: str) -> DelimiterFound:
    """The delimiter under which most of the first rows have the same number of cells.

    text: the file's beginning, whole lines. A line `sep=;` as spreadsheets write it decides.
    """
    first = text.partition("\n")[0]
    if declared := _SEPARATOR_LINE.match(first):
        note = Note("separator_line", _("The first line declares the separator."), {})
        return DelimiterFound(declared[1], 1, note)
    scores = {mark: _agreement(text, mark, quote) for mark in DELIMITERS}
    best = max(DELIMITERS, key=lambda mark: scores[mark].worth)
    score = scores[best]
    if score.cells <= 1:
        return DelimiterFound(",", 0, Note("one_column", _("No separator is found: the file has one column."), {}))
    facts: dict[str, object] = {"rows": score.agreeing, "of": score.rows, "cells": score.cells, "delimiter": NAMES[best]}
    note = Note("same_width", _("With {delimiter}, {rows} of the first {of} rows have {cells} cells."), facts)
    return DelimiterFound(best, 0, note)


@dataclass(frozen=True, slots=True)
class _Agreement:
    cells: int
    agreeing: int
    rows: int

    @property
    def worth(self) -> tuple[float, int]:
        return (self.agreeing / self.rows if self.cells > 1 else 0.0, self.cells)


def _agreement(text: str, delimiter: str, quote: str) -> _Agreement:
    widths = Counter(len(row) for row in sample_rows(text, delimiter, quote) if row)
    if not widths:
        return _Agreement(0, 0, 1)
    cells, agreeing = max(widths.items(), key=lambda item: (item[1], item[0]))
    return _Agreement(cells, agreeing, widths.total())


def sample_rows(text: str, delimiter: str, quote: str) -> list[list[str]]:
    """The rows of the sample, as far as the csv module can read them."""
    rows: list[list[str]] = []
    lines = text.splitlines(keepends=True)
    reader = csv.reader(
        lines, delimiter=delimiter, quotechar=quote or None, quoting=csv.QUOTE_MINIMAL if quote else csv.QUOTE_NONE
    )
    try:
        rows.extend(reader)
    except csv.Error:
        return rows
    return rows


def find_quote(text: str) -> str:
    """The double quote, unless cells stand between single quotes and none between double ones."""
    double, single = (len(_QUOTED_BY[quote].findall(text)) for quote in "\"'")
    return "'" if single >= _ENOUGH_QUOTED and not double else '"'


@dataclass(frozen=True, slots=True)
class HeaderFound:
    """Which of the first rows (counted from 0; None: no row) names the columns, and why."""

    index: int | None
    note: Note


def find_header(rows: Sequence[Sequence[object]]) -> HeaderFound:
    """The first row as wide as most rows whose cells are distinct names and not values.

    Titles and notes above the table are skipped. A file whose first full row holds values has no header.
    """
    widths = Counter(_width(row) for row in rows if _width(row))
    if not widths:
        return HeaderFound(None, Note("no_rows", _("There are no rows."), {}))
    usual = max(widths, key=lambda width: (widths[width], width))
    for index, row in enumerate(rows):
        if _width(row) * 2 <= usual or (usual > 1 and _width(row) == 1):
            continue
        if _names_columns(row):
            return _header_at(index)
        return HeaderFound(None, Note("no_header", _("The first full row holds values: the columns are numbered."), {}))
    return _header_at(0)


def _header_at(index: int) -> HeaderFound:
    if index:
        return HeaderFound(index, Note("header_below_title", _("{count} rows above the header are skipped."), {"count": index}))
    return HeaderFound(0, Note("header_first", _("The first row holds names, not values."), {}))


def _width(row: Sequence[object]) -> int:
    return max((index for index, cell in enumerate(row, 1) if cell not in ("", None)), default=0)


def _names_columns(row: Sequence[object]) -> bool:
    cells = [cell for cell in row if cell not in ("", None)]
    valued = sum(not isinstance(cell, str) or bool(_VALUE_LIKE.fullmatch(cell.strip())) for cell in cells)
    # A year or a month may name a column; a majority of values makes a row of values.
    return 2 * valued < len(cells) or (valued == 0 and bool(cells))


def unique_names(cells: Sequence[object]) -> list[str]:
    """The header as shown: trimmed, "Column 7" for an empty one, "name (2)" for a second of the same name."""
    seen: Counter[str] = Counter()
    names = []
    for position, cell in enumerate(cells, 1):
        name = " ".join(str(cell).replace("\0", "").split()) or f"Column {position}"
        seen[name] += 1
        names.append(name if seen[name] == 1 else f"{name} ({seen[name]})")
    return names
