"""One column counted in one pass: blank cells, words for nothing, different values and written forms."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from decimal import Decimal

from tenure.workspace.tabular.forms import LONGEST_SHAPE, SHAPE, Form, Forms
from tenure.workspace.tabular.rows import Cell
from tenure.workspace.tabular.words import NULL_WORDS, WEAK_NULL_WORDS

_DIGEST_AT = 8_192
_KNOWN_SHAPES = 2_000
_NOTHING = NULL_WORDS | WEAK_NULL_WORDS | {""}


class ColumnTally:
    """What has been seen of one column so far; memory is bounded by `most_distinct` and by the number of shapes."""

    def __init__(self, most_distinct: int) -> None:
        self.cells = 0
        self.empties = 0
        self.padded = 0
        self.null_words: Counter[str] = Counter()
        self.weak_null_words: Counter[str] = Counter()
        self.values: dict[str, int] = {}
        self.is_exact = True
        self.forms = Forms()
        self.typed: Counter[type] = Counter()
        self.typed_low: dict[type, Cell] = {}
        self.typed_high: dict[type, Cell] = {}
        self._most_distinct = most_distinct
        self._pending: Counter[str] = Counter()
        self._by_shape: dict[str, Form] = {}

    def add_texts(self, cells: Sequence[str]) -> None:
        """Count a batch of text cells."""
        self.cells += len(cells)
        self._pending.update(cells)
        if len(self._pending) > _DIGEST_AT:
            self.digest()

    def add_mixed(self, cells: Sequence[Cell]) -> None:
        """Count a batch of cells of a workbook, numbers and dates among them."""
        texts = [cell for cell in cells if isinstance(cell, str)]
        self.add_texts(texts)
        self.cells += len(cells) - len(texts)
        if len(texts) < len(cells):
            self._add_typed(cell for cell in cells if not isinstance(cell, str))

    def digest(self) -> None:
        """Judge the different values gathered since the last time."""
        pending, self._pending = self._pending, Counter()
        self.empties += pending.pop("", 0)
        by_shape = self._by_shape
        values = self.values
        for raw, cells in pending.items():
            text = raw.strip()
            if text in _NOTHING:
                self._count_nothing(text, cells)
                continue
            if len(text) != len(raw):
                self.padded += cells
            if text in values:
                values[text] += cells
            else:
                self._count_value(text, cells)
            if len(text) > LONGEST_SHAPE:
                self.forms.text.add(text, cells)
                continue
            shape = text.translate(SHAPE)
            form = by_shape.get(shape)
            if form is None:
                form = self.forms.form_of(shape, text)
                if len(by_shape) < _KNOWN_SHAPES:
                    by_shape[shape] = form
            form.add(text, cells)

    def _count_nothing(self, text: str, cells: int) -> None:
        if not text:
            self.empties += cells
        elif text in NULL_WORDS:
            self.null_words[text] += cells
        else:
            self.weak_null_words[text] += cells

    def _count_value(self, text: str, cells: int) -> None:
        values = self.values
        if text in values:
            values[text] += cells
        elif len(values) < self._most_distinct:
            values[text] = cells
        else:
            self.is_exact = False

    def _add_typed(self, cells: Iterable[Cell]) -> None:
        # 1, 1.0 and True are one key of a dictionary: the type keeps them apart.
        for (kind, value), count in Counter((type(cell), cell) for cell in cells).items():
            self.typed[kind] += count
            self._count_value(typed_text(value), count)
            if kind not in self.typed_low or value < self.typed_low[kind]:  # type: ignore[operator]
                self.typed_low[kind] = value
            if kind not in self.typed_high or value > self.typed_high[kind]:  # type: ignore[operator]
                self.typed_high[kind] = value


def typed_text(value: Cell) -> str:
    """A workbook's value as plain text: ISO dates, plain digits, TRUE and FALSE."""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, datetime):
        return value.isoformat(" ")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return format(value, "f")
    return str(value)
