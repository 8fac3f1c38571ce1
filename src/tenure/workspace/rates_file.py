"""The central bank's file of reference rates: a CSV, or a zip of one, of a day a row and a currency a column, units per euro.

Format: https://www.ecb.europa.eu/stats/policy_and_exchange_rates/euro_reference_exchange_rates, "Time series"; newest day first, a comma
after the last column, `N/A` where a currency was not published.
"""

from __future__ import annotations

import csv
import io
import re
import zipfile
from collections.abc import Iterator
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import IO, NamedTuple

from tenure.kernel.errors import Invalid

MAX_BYTES = 64 * 1024 * 1024
NOT_PUBLISHED = frozenset({"", "N/A", "-"})
_CODE = re.compile(r"[A-Z]{3}")


class RatesUnreadable(Invalid):
    """The file is not one of reference rates."""

    code = "rates_unreadable"
    message = "This is not a file of reference rates: {reason} Take the file “Time series” of the European Central Bank as it is, zipped or not."


class RateInvalid(Invalid):
    """One cell of the file is no rate."""

    code = "rate_invalid"
    message = (
        "Row {row}, column {column}: “{value}” is not a {expected}. Mend the cell and load the file again; nothing was changed."
    )


class PublishedRate(NamedTuple):
    """Units of `currency` per euro on a day."""

    published_on: date
    currency: str
    per_euro: Decimal


def read_rates(content: IO[bytes]) -> Iterator[PublishedRate]:
    """The rates of the file, streamed in its order. Raises RatesUnreadable, RateInvalid."""
    lines = io.TextIOWrapper(_Bounded(_unzipped(content)), encoding="utf-8-sig", newline="")  # type: ignore[type-var]
    try:
        rows = csv.reader(lines)
        header = [name.strip() for name in next(rows, [])]
        currencies = _currencies(header)
        for number, row in enumerate(rows, 2):
            if any(cell.strip() for cell in row):
                yield from _rates_of(number, row, currencies)
    except (UnicodeDecodeError, csv.Error, zipfile.BadZipFile) as problem:
        raise RatesUnreadable(reason="it is damaged or no text.") from problem


def _unzipped(content: IO[bytes]) -> IO[bytes]:
    start = content.read(4)
    content.seek(0)
    if not start.startswith(b"PK"):
        return content
    try:
        archive = zipfile.ZipFile(content)
        names = [name for name in archive.namelist() if name.lower().endswith(".csv")]
        if len(names) != 1:
            raise RatesUnreadable(reason=f"the zip holds {len(names)} CSV files instead of one.")
        return archive.open(names[0])
    except zipfile.BadZipFile as problem:
        raise RatesUnreadable(reason="the zip is damaged.") from problem


class _Bounded(io.RawIOBase):
    """Reads no further than MAX_BYTES, so that a small zip cannot become a huge file."""

    def __init__(self, source: IO[bytes]) -> None:
        self._source, self._left = source, MAX_BYTES

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        chunk = self._source.read(len(buffer))
        self._left -= len(chunk)
        if self._left < 0:
            raise RatesUnreadable(reason="it is larger than 64 MB.")
        buffer[: len(chunk)] = chunk
        return len(chunk)


def _currencies(header: list[str]) -> list[tuple[int, str]]:
    """Where each currency stands; the empty column after the last comma is none."""
    if not header or header[0].casefold() != "date":
        raise RatesUnreadable(reason="its first column is not “Date”.")
    found = [(place, code) for place, code in enumerate(header) if place and code]
    for _, code in found:
        if not _CODE.fullmatch(code):
            raise RatesUnreadable(reason=f"“{code[:20]}” is not the code of a currency.")
    if not found or len({code for _, code in found}) < len(found):
        raise RatesUnreadable(reason="it names no currency, or one twice.")
    return found


def _rates_of(number: int, row: list[str], currencies: list[tuple[int, str]]) -> Iterator[PublishedRate]:
    try:
        published_on = date.fromisoformat(row[0].strip())
    except ValueError as problem:
        raise RateInvalid(row=number, column="Date", value=row[0][:40], expected="date written as 2026-01-31") from problem
    for place, currency in currencies:
        text = row[place].strip() if place < len(row) else ""
        if text in NOT_PUBLISHED:
            continue
        try:
            rate = Decimal(text)
        except InvalidOperation as problem:
            raise RateInvalid(row=number, column=currency, value=text[:40], expected="number") from problem
        if not rate.is_finite() or rate <= 0:
            raise RateInvalid(row=number, column=currency, value=text[:40], expected="rate above zero")
        yield PublishedRate(published_on, currency, rate)
