"""The written forms met in a column: values of one shape are judged together, so that a million costs what a few do.

The shape of a value has 0 for each digit and a for each letter. What can be said of one value of a number's shape holds
for all of them; only dates, addresses and the like are looked at one by one, and each different value once per batch.
"""

from __future__ import annotations

import re
from collections import Counter
from datetime import date

from tenure.workspace.tabular.amounts import Written, possible_marks, split_amount
from tenure.workspace.tabular.dates import ORDERS, calendar_date, split_date, split_time
from tenure.workspace.tabular.decisions import DateOrder

_DIGITS = "0123456789"
_ASCII = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
SHAPE = str.maketrans(_DIGITS + _ASCII, "0" * 10 + "a" * 52)
DIGITS_ONLY = str.maketrans(_DIGITS, "0" * 10)
LONGEST_SHAPE = 64
_NUMBER = re.compile(r"[(+\-\u2212\s]*[.,]?0[0.,'\u2019\u00a0\u2009\u202f ]*(?:[ea][-+]?0{1,3})?\s*%?-?\)?")
_AMOUNT = re.compile(
    r"[(+\-\u2212\s]*[^\s\d.,()+\-'%0]{0,4}\s?[\-\u2212]?[.,]?0[0.,'\u2019\u00a0\u2009\u202f ]*\s?[^\s\d.,()+\-'%0]{0,4}-?\)?"
)
_DIGIT_DATE = re.compile(r"(0{4}([-/.])0{1,2}\2 ?0{1,2}|0{1,2}([-/.])0{1,2}\3(?:0{4}|00))(?![0/.\-])(.*)")
# The patterns of dates.py with a month's name, over shapes: letters are a there and digits 0.
_NAMED_DATE = re.compile(
    r"(?:[^\W\d_]{2,9}\.?,?\s+)?0{1,2}(?:aa|\.)?[\s\-/.,]*(?:aa\s+)?[^\W\d_]{3,10}\.?[\s\-/.,']*(?:aaa?\s+)?0{2,4}(?!0)"
    r"|(?:[^\W\d_]{2,9}\.?,\s+)?[^\W\d_]{3,10}\.?[\s\-/.]*0{1,2}(?:aa)?[\s\-/.,]+0{2,4}(?!0)"
    r"|0{4}[\s\-/.]+[^\W\d_]{3,10}\.?[\s\-/.]*0{1,2}(?!0)|0{4}\s?\u5e74"
)
_CLOCK = re.compile(r"[T ](?:[01]?\d|2[0-3]):[0-5]\d(?::[0-5]\d(?:\.(\d{1,9}))?)?(Z|[+-](?:0\d|1[0-4]):?[0-5]\d)?")
_MOST_DAYS = 20_000
_MOST_SHAPES = 5_000
_MOST_NUMBERS = 1_000
_EXAMPLES = 5
_SHORT_YEAR = 2
_FIRST_YEAR, _LAST_YEAR = 1900, 2100
_EMAIL = re.compile(r"[^@\s,;<>\"()]+@[^@\s.,;<>\"()]+(?:\.[^@\s.,;<>\"()]+)+")
_URL = re.compile(
    r"(?i:https?://|www\.)\S+\.\S+|(?:[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?\.)+(?:[a-z]{2,24}|[A-Z]{2,24})(?:[/?:#]\S*)?"
)
_UUID = re.compile(r"\{?[0-9a-f]{8}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{12}\}?", re.IGNORECASE)


def is_email(text: str) -> bool:
    """Whether the text is one address of the everyday form."""
    return bool(_EMAIL.fullmatch(text))


def is_url(text: str) -> bool:
    """Whether the text is a web address or a domain."""
    return bool(_URL.fullmatch(text))


def is_uuid(text: str) -> bool:
    """Whether the text is a UUID, with or without dashes."""
    return bool(_UUID.fullmatch(text))


class NumberForm:
    """Numbers of one shape: of equal length, so that the smallest and largest text are the extreme values."""

    __slots__ = ("count", "example", "high", "low", "marks", "written")

    def __init__(self, written: Written, example: str) -> None:
        self.written = written
        self.marks = possible_marks(written.digits)
        self.count = 0
        self.example = self.low = self.high = example

    def add(self, text: str, cells: int) -> None:
        """Count cells that hold the text."""
        self.count += cells
        if text < self.low:
            self.low = text
        elif text > self.high:
            self.high = text


class TextForm:
    """What is no number and no date: counted by what it looks like."""

    __slots__ = ("addresses", "cells", "examples", "spaceless", "urls", "uuids")

    def __init__(self) -> None:
        self.cells = 0
        self.spaceless = 0
        self.addresses = 0
        self.urls = 0
        self.uuids = 0
        self.examples: list[str] = []

    def add(self, text: str, cells: int) -> None:
        """Count cells that hold the text."""
        self.cells += cells
        if len(self.examples) < _EXAMPLES:
            self.examples.append(text)
        if " " in text:
            return
        self.spaceless += cells
        if "@" in text:
            self.addresses += cells * is_email(text)
        elif "." in text:
            self.urls += cells * is_url(text)
        elif len(text) in (32, 36, 38):
            self.uuids += cells * is_uuid(text)


class DateTally:
    """Which orders of day, month and year the column's dates allow, and what their times of day carry."""

    def __init__(self) -> None:
        self.cells = 0
        self.with_time = 0
        self.with_offset = 0
        self.with_name = 0
        self.short_years = 0
        self.fraction_digits = 0
        self.separators: Counter[str] = Counter()
        self.by_orders: Counter[tuple[DateOrder, ...]] = Counter()
        self.examples: dict[tuple[DateOrder, ...], str] = {}
        self.low: dict[DateOrder, tuple[date, str]] = {}
        self.high: dict[DateOrder, tuple[date, str]] = {}

    def count_date(self, days: dict[DateOrder, date], text: str, cells: int) -> None:
        """Count cells whose date reads as these days, one per order under which the calendar has it."""
        orders = tuple(days)
        self.cells += cells
        self.by_orders[orders] += cells
        if orders not in self.examples:
            self.examples[orders] = text
        for order, day in days.items():
            if order not in self.low or (day, text) < self.low[order]:
                self.low[order] = (day, text)
            if order not in self.high or (day, text) > self.high[order]:
                self.high[order] = (day, text)


class _SameDay:
    """Cells whose text begins with the same date."""

    __slots__ = ("cells", "high", "low")

    def __init__(self, text: str) -> None:
        self.cells = 0
        self.low = self.high = text


class DigitDateForm:
    """Dates in digits of one shape: the date stands at the beginning, at a known length."""

    __slots__ = ("_end", "_has_time", "_same_days", "_tally", "_text")

    def __init__(self, end: int, tally: DateTally, text: TextForm, *, has_time: bool) -> None:
        self._end = end
        self._has_time = has_time
        self._tally = tally
        self._text = text
        self._same_days: dict[str, _SameDay] = {}

    def add(self, text: str, cells: int) -> None:
        """Count cells that hold the text; a time of day that does not exist makes it text."""
        if self._has_time and not _count_time(text[self._end :], cells, self._tally):
            self._text.add(text, cells)
            return
        head = text[: self._end]
        same = self._same_days.get(head)
        if same is None:
            if len(self._same_days) >= _MOST_DAYS:
                self.settle()
            same = self._same_days[head] = _SameDay(text)
        same.cells += cells
        if text < same.low:
            same.low = text
        elif text > same.high:
            same.high = text

    def settle(self) -> None:
        """Hand the days counted so far to the column's tally of dates."""
        for head, same in self._same_days.items():
            days, is_short, separator = _days_of(head)
            self._tally.separators[separator] += same.cells
            self._tally.short_years += same.cells * is_short
            self._tally.count_date(days, same.low, same.cells)
            self._tally.count_date(days, same.high, 0)
        self._same_days.clear()


def _days_of(head: str) -> tuple[dict[DateOrder, date], bool, str]:
    found = split_date(head)
    if found is None:
        return {}, False, ""
    orders = (found.order,) if found.order else ORDERS
    days = {order: day for order in orders if (day := calendar_date(found.parts, order))}
    return days, max(len(found.parts[0]), len(found.parts[2])) <= _SHORT_YEAR, found.separator


def _count_time(rest: str, cells: int, tally: DateTally) -> bool:
    if match := _CLOCK.fullmatch(rest):
        has_offset, fraction = bool(match[2]), len(match[1] or "")
    else:
        time = split_time(rest)
        if time is None:
            return False
        has_offset, fraction = time.offset is not None, 0
    tally.with_time += cells
    tally.with_offset += cells * has_offset
    tally.fraction_digits = max(tally.fraction_digits, fraction)
    return True


class MixedForm:
    """Letters and digits that may be a date with a month's name, an amount with its currency, or text."""

    __slots__ = ("_dates", "_may_be_date", "_numbers", "_text", "_text_shapes")

    def __init__(self, dates: DateTally, text: TextForm, numbers: dict[str, NumberForm], *, may_be_date: bool) -> None:
        self._dates = dates
        self._text = text
        self._numbers = numbers
        self._may_be_date = may_be_date
        self._text_shapes: set[str] = set()

    def add(self, text: str, cells: int) -> None:
        """Count cells that hold the text as what it is."""
        if self._may_be_date and self._add_date(text, cells):
            return
        shape = text.translate(DIGITS_ONLY)
        if shape in self._text_shapes:
            self._text.add(text, cells)
            return
        form = self._numbers.get(shape)
        if form is None:
            written = split_amount(text)
            if written is None or not possible_marks(written.digits) or len(self._numbers) >= _MOST_NUMBERS:
                if len(self._text_shapes) < _MOST_SHAPES:
                    self._text_shapes.add(shape)
                self._text.add(text, cells)
                return
            form = self._numbers[shape] = NumberForm(written, text)
        form.add(text, cells)

    def _add_date(self, text: str, cells: int) -> bool:
        found = split_date(text)
        if found is None:
            return False
        tally = self._dates
        orders = (found.order,) if found.order else ORDERS
        tally.separators[found.separator] += cells
        tally.with_name += cells * (found.separator == " ")
        if found.time:
            tally.with_time += cells
            tally.with_offset += cells * (found.time.offset is not None)
        # A month's name leaves no doubt: such a date fits every order of the others.
        days = {order: day for order in orders if (day := calendar_date(found.parts, order))}
        if found.order:
            days = dict.fromkeys(ORDERS, next(iter(days.values()))) if days else {}
        tally.count_date(days, text, cells)
        return True


class CompactForm:
    """Eight digits: a number, and perhaps a date without separators."""

    __slots__ = ("_tally", "number")

    def __init__(self, number: NumberForm, tally: DateTally) -> None:
        self.number = number
        self._tally = tally

    def add(self, text: str, cells: int) -> None:
        """Count cells that hold the text, as a number and as a day where the calendar of 1900 to 2100 has it."""
        self.number.add(text, cells)
        day = calendar_date((text[:4], text[4:6], text[6:]), DateOrder.YMD)
        if day and _FIRST_YEAR <= day.year <= _LAST_YEAR:
            self._tally.count_date({DateOrder.YMD: day}, text, cells)


Form = NumberForm | TextForm | DigitDateForm | MixedForm | CompactForm


class Forms:
    """All forms of one column."""

    def __init__(self) -> None:
        self.text = TextForm()
        self.dates = DateTally()
        self.compact_dates = DateTally()
        self.numbers: dict[str, NumberForm] = {}
        self._digit_dates: list[DigitDateForm] = []
        self._mixed: dict[bool, MixedForm] = {
            flag: MixedForm(self.dates, self.text, self.numbers, may_be_date=flag) for flag in (True, False)
        }

    def settle(self) -> None:
        """Bring every count up to date, before the column is judged."""
        for form in self._digit_dates:
            form.settle()

    def form_of(self, shape: str, text: str) -> Form:
        """The form that counts values of this shape."""
        if "0" not in shape or "@" in shape:
            return self.text
        if match := _DIGIT_DATE.fullmatch(shape):
            form = DigitDateForm(match.end(1), self.dates, self.text, has_time=bool(match[4].strip()))
            self._digit_dates.append(form)
            return form
        if (
            _NUMBER.fullmatch(shape)
            and (written := split_amount(text))
            and possible_marks(written.digits)
            and len(self.numbers) < _MOST_NUMBERS
        ):
            number = self.numbers.setdefault(shape, NumberForm(written, text))
            return CompactForm(number, self.compact_dates) if shape == "00000000" else number
        may_be_date = bool(_NAMED_DATE.match(shape))
        if may_be_date or _AMOUNT.fullmatch(shape):
            return self._mixed[may_be_date]
        return self.text
