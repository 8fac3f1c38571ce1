"""What reading yields: cells, and rows that could not be read, each with the file's own line number."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal
from typing import TypeAlias

from tenure.workspace.tabular.notes import translatable as _

Cell: TypeAlias = str | int | Decimal | bool | date | datetime | time

MESSAGES = {
    "too_few_cells": _("The row has {found} cells where the header has {expected}. Check for a missing separator."),
    "too_many_cells": _(
        "The row has {found} cells where the header has {expected}. Put quotes around text that holds the separator."
    ),
    "too_long": _("The row is longer than {limit} characters."),
    "quote_not_closed": _(
        "A quote is opened and not closed where it should be. Close it, or double a quote that belongs to the text."
    ),
    "bytes_not_readable": _("The row holds bytes that are not {encoding}. Save the file in one encoding throughout."),
}


@dataclass(frozen=True, slots=True)
class RowProblem:
    """A row that is not handed on as a record; its cells, as far as they were read, go into the errors file."""

    row: int
    code: str
    cells: tuple[Cell, ...]
    facts: dict[str, object]

    @property
    def message(self) -> str:
        """The translatable sentence over `facts`."""
        return MESSAGES[self.code]

    def __str__(self) -> str:
        """The English sentence."""
        return self.message.format(**self.facts)


@dataclass(slots=True)
class Tally:
    """What one pass over the file has met so far."""

    rows: int = 0
    blank: int = 0
    problems: int = 0
