"""Dates and instants as people write them, taken apart so that the order can be decided over a whole column."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, timezone
from functools import lru_cache

from tenure.workspace.tabular.decisions import DateOrder
from tenure.workspace.tabular.words import MONTHS, folded

ORDERS = (DateOrder.DMY, DateOrder.MDY, DateOrder.YMD)
_DIGITS = re.compile(r"(\d{1,4})\s?([-/.\u5e74])\s?(\d{1,2})\s?([-/.\u6708])\s?(\d{1,4})(?:\s?[\u65e5\u53f7]|\.)?(?![\d/])")
_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})(?!\d)")
_NAME = r"([^\W\d_]{3,10})\.?"
_DAY_FIRST = re.compile(
    rf"(?:[^\W\d_]{{2,9}}\.?,?\s+)?(\d{{1,2}})(?:st|nd|rd|th|\.)?[\s\-/.,]*(?:de\s+)?{_NAME}[\s\-/.,']*(?:de\s+|del\s+)?(\d{{4}}|\d{{2}})(?!\d)"
)
_NAME_FIRST = re.compile(
    rf"(?:[^\W\d_]{{2,9}}\.?,\s+)?{_NAME}[\s\-/.]*(\d{{1,2}})(?:st|nd|rd|th)?[\s\-/.,]+(\d{{4}}|\d{{2}})(?!\d)"
)
_YEAR_FIRST = re.compile(rf"(\d{{4}})[\s\-/.]+{_NAME}[\s\-/.]*(\d{{1,2}})(?!\d)")
_DAMAGED = re.compile(rf"(\d{{1,2}})[.\-/\s]{_NAME}|{_NAME}[.\-/\s](\d{{1,2}})")
_TIME = re.compile(
    r"(?:[T\s,]\s*|\s+at\s+|\s+a las\s+)?(\d{1,2})[:h.\u65f6\u70b9](\d{2})[\u5206]?"
    r"(?:[:.](\d{2})(?:[.,](\d{1,9}))?)?[\u79d2]?\s*([AaPp]\.?\s?[Mm]\.?)?"
    r"\s*(Z|UTC|GMT|[+\-\u2212]\d{2}:?\d{2}|[+\-\u2212]\d{2})?"
)
_YEAR = 4
# How many digits the first and third number of a date may have.
_SIZES = {(_YEAR, 1), (_YEAR, 2), (1, 1), (1, 2), (2, 1), (2, 2), (1, _YEAR), (2, _YEAR)}
_NOON, _LAST_HOUR, _LAST_MINUTE = 12, 23, 59
_FIRST_SERIAL, _LAST_SERIAL = 367, 2_958_465
_LONGEST_MONTH = 31
_EXCEL_EPOCH = date(1899, 12, 30)


@dataclass(frozen=True, slots=True)
class WrittenTime:
    """A time of day as written: fraction in microseconds (more digits are cut), offset None where none is written."""

    hour: int
    minute: int
    second: int
    microsecond: int
    offset: timedelta | None


@dataclass(frozen=True, slots=True)
class WrittenDate:
    """A date as written: three numbers in the order they stand, or already sorted (`order` given) by a month's name.

    time: None for a date alone.
    """

    parts: tuple[str, str, str]
    order: DateOrder | None
    time: WrittenTime | None
    separator: str


def split_date(text: str) -> WrittenDate | None:
    """The parts of a date or instant, or None where the text is neither. Whether the day exists is not asked here."""
    match = _DIGITS.match(text) or _COMPACT.match(text)
    found = _digits_of(match) if match else _named(text)
    if found is None:
        return None
    parts, order, separator, end = found
    rest = text[end:]
    if not rest.strip():
        return WrittenDate(parts, order, None, separator)
    time = split_time(rest)
    return WrittenDate(parts, order, time, separator) if time else None


_Found = tuple[tuple[str, str, str], DateOrder | None, str, int]


def _digits_of(match: re.Match[str]) -> _Found | None:
    if match.re is _COMPACT:
        return (match[1], match[2], match[3]), DateOrder.YMD, "", match.end()
    first, one, second, two, third = match.groups()
    if (one == "\u5e74") != (two == "\u6708") or one not in (two, "\u5e74"):
        return None
    sizes = len(first), len(third)
    if sizes not in _SIZES:
        return None
    return (first, second, third), (DateOrder.YMD if sizes[0] == _YEAR else None), one, match.end()


def _named(text: str) -> _Found | None:
    for pattern, places in ((_DAY_FIRST, (1, 2, 3)), (_NAME_FIRST, (2, 1, 3)), (_YEAR_FIRST, (3, 2, 1))):
        if match := pattern.match(text):
            day, name, year = (match[place] for place in places)
            month = MONTHS.get(folded(name))
            if month:
                return (day, str(month), year), DateOrder.DMY, " ", match.end()
    return None


@lru_cache(maxsize=65_536)
def split_time(text: str) -> WrittenTime | None:
    """The time of day that follows a date, or None where it is none (25:00 is none)."""
    match = _TIME.fullmatch(text.rstrip())
    if not match:
        return None
    hour, minute, second, fraction, half, offset = match.groups()
    hours = int(hour)
    if half:
        if not 1 <= hours <= _NOON:
            return None
        hours = hours % _NOON + _NOON * (half[0] in "Pp")
    if hours > _LAST_HOUR or int(minute) > _LAST_MINUTE or int(second or 0) > _LAST_MINUTE:
        return None
    microsecond = int((fraction or "0")[:6].ljust(6, "0"))
    return WrittenTime(hours, int(minute), int(second or 0), microsecond, _offset(offset) if offset else None)


def _offset(text: str) -> timedelta:
    if text in ("Z", "UTC", "GMT"):
        return timedelta()
    digits = text[1:].replace(":", "").ljust(4, "0")
    size = timedelta(hours=int(digits[:2]), minutes=int(digits[2:]))
    return size if text[0] == "+" else -size


@lru_cache(maxsize=65_536)
def calendar_date(parts: tuple[str, str, str], order: DateOrder, pivot_year: int = 2050) -> date | None:
    """The day under that order, or None where the calendar has none (31-02) or the year stands elsewhere."""
    if order is DateOrder.YMD:
        year, month, day = parts
    elif order is DateOrder.DMY:
        day, month, year = parts
    else:
        month, day, year = parts
    if len(day) == _YEAR or len(year) not in (2, _YEAR):
        return None
    try:
        return date(_full_year(year, pivot_year), int(month), int(day))
    except ValueError:
        return None


def _full_year(year: str, pivot_year: int) -> int:
    if len(year) == _YEAR:
        return int(year)
    century = pivot_year - pivot_year % 100
    return century + int(year) - (100 if int(year) >= pivot_year % 100 else 0)


def aware_offset(offset: timedelta) -> timezone:
    """The fixed zone of a written offset."""
    return UTC if not offset else timezone(offset)


def serial_date(number: int) -> date | None:
    """The day of a spreadsheet's day number (1 January 2000 is 36526), for days from 1901 to 9999."""
    return _EXCEL_EPOCH + timedelta(days=number) if _FIRST_SERIAL <= number <= _LAST_SERIAL else None


def serial_instant(number: float) -> datetime | None:
    """Date and time of a day number with a fraction, to the second; without a zone."""
    day = serial_date(int(number))
    if day is None:
        return None
    midnight = datetime(day.year, day.month, day.day)  # noqa: DTZ001  # the caller knows the zone
    return midnight + timedelta(seconds=round((number - int(number)) * 86_400))


def undo_spreadsheet_date(text: str) -> str | None:
    """What the cell was before a spreadsheet took a range for a date: "20.máj" was "5-20", "05.jan" was "1-5".

    None where the text is no day and month's name without a year.
    """
    match = _DAMAGED.fullmatch(text.strip())
    if not match:
        return None
    day, name = (match[1], match[2]) if match[1] else (match[4], match[3])
    month = MONTHS.get(folded(name))
    return f"{month}-{int(day)}" if month and 1 <= int(day) <= _LONGEST_MONTH else None
