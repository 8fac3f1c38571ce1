"""Cells turned into exact values, as a column's decision says; what does not fit says so with a remedy."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from datetime import UTC, date, datetime, time
from decimal import Decimal
from typing import TypeAlias
from urllib.parse import urlsplit
from uuid import UUID
from zoneinfo import ZoneInfo

from tenure.kernel.errors import Invalid
from tenure.kernel.money import Money, minor_digits
from tenure.workspace.tabular.amounts import Written, exact_decimal, split_amount
from tenure.workspace.tabular.column_tally import typed_text
from tenure.workspace.tabular.dates import WrittenTime, aware_offset, calendar_date, serial_date, serial_instant, split_date
from tenure.workspace.tabular.decisions import DateOrder, Decision, Kind
from tenure.workspace.tabular.errors import CellProblem
from tenure.workspace.tabular.forms import is_email, is_url, is_uuid
from tenure.workspace.tabular.notes import translatable as _
from tenure.workspace.tabular.rows import Cell
from tenure.workspace.tabular.words import FALSE_WORDS, TRUE_WORDS

Value: TypeAlias = str | int | Decimal | Money | bool | date | datetime | UUID | tuple[str, ...] | None
Parser = Callable[[Cell], Value]
_MEMO = 5_000
_DAY_NUMBER = re.compile(r"\d{1,7}(?:\.\d+)?")
_MONTHS, _DAYS = range(1, 13), range(32)
_INVISIBLE = dict.fromkeys(map(ord, "\0\ufeff\u200b\u200e\u200f"))


def parser_for(kind: Kind, decision: Decision) -> Parser:
    """A function from a cell to its exact value; None for an empty cell and for the decision's words for nothing.

    kind decides; the rest of the decision says how. INTEGER gives int, DECIMAL and PERCENT Decimal (12.5 % is 12.5), MONEY
    Money in whole minor units, DATE date, INSTANT datetime in UTC, BOOLEAN bool, UUID UUID, LIST a tuple of texts, the others
    normalised text. The function remembers what it has read. It raises CellProblem.
    """
    read = _READERS[kind]
    nothing = frozenset(decision.null_words)
    memo: dict[str, Value] = {"": None}

    def parse(cell: Cell) -> Value:
        if cell.__class__ is not str:
            return read(cell, decision)
        text = str(cell)
        try:
            return memo[text]
        except KeyError:
            trimmed = text.strip()
            value = None if not trimmed or trimmed in nothing else read(trimmed, decision)
            if len(memo) < _MEMO:
                memo[text] = value
            return value

    return parse


def normal_text(text: str) -> str:
    """The text composed (NFC), trimmed, without NUL and invisible marks."""
    if text.isascii():
        if text.isprintable():
            return text.strip()
    else:
        text = unicodedata.normalize("NFC", text)
    return text.translate(_INVISIBLE).strip()


def _text(cell: Cell, _decision: Decision) -> Value:
    return (normal_text(cell) if isinstance(cell, str) else typed_text(cell)) or None


def _written(cell: Cell, problem: str, expected: str) -> Written | Decimal:
    if isinstance(cell, bool) or not isinstance(cell, str | int | Decimal):
        raise CellProblem(problem, typed_text(cell), expected)
    if not isinstance(cell, str):
        return Decimal(cell)
    written = split_amount(cell)
    if written is None:
        raise CellProblem(problem, cell, expected)
    return written


def _decimal(cell: Cell, decision: Decision) -> Decimal:
    expected = _("a number")
    written = _written(cell, "not_a_number", expected)
    if isinstance(written, Decimal):
        return written
    value = exact_decimal(written, decision.decimal_mark)
    if value is None or written.currency or written.is_percent:
        raise CellProblem("not_a_number", cell, expected)
    return value


def _integer(cell: Cell, decision: Decision) -> int:
    value = _decimal(cell, decision)
    if value != value.to_integral_value():
        raise CellProblem("not_an_integer", typed_text(cell), _("a whole number"))
    return int(value)


def _percent(cell: Cell, decision: Decision) -> Decimal:
    """Per cent as a number: "12.5 %" is 12.5, and so is "12.5"; a workbook keeps 0.125 and shows 12.5 %."""
    expected = _("a percentage")
    written = _written(cell, "not_a_percent", expected)
    if isinstance(written, Decimal):
        return written * 100
    value = exact_decimal(written, decision.decimal_mark)
    if value is None or written.currency:
        raise CellProblem("not_a_percent", cell, expected)
    return value


def _money(cell: Cell, decision: Decision) -> Money:
    currency = decision.currency
    if currency is None:
        raise ValueError("an amount needs a currency: set Decision.currency")
    expected = _("an amount of money")
    facts: dict[str, object] = {"currency": currency, "digits": minor_digits(currency)}
    written = _written(cell, "not_an_amount", expected)
    if isinstance(written, Decimal):
        value: Decimal | None = written
    else:
        if written.currency not in (None, currency):
            raise CellProblem("other_currency", cell, expected, **facts)
        value = None if written.is_percent else exact_decimal(written, decision.decimal_mark)
    if value is None:
        raise CellProblem("not_an_amount", cell, expected, **facts)
    try:
        return Money.of(value, currency)
    except Invalid as error:
        raise CellProblem("not_an_amount", typed_text(cell), expected, **facts) from error


def _boolean(cell: Cell, _decision: Decision) -> bool:
    if isinstance(cell, bool):
        return cell
    word = typed_text(cell).casefold()
    if word in TRUE_WORDS:
        return True
    if word in FALSE_WORDS:
        return False
    raise CellProblem("not_a_boolean", typed_text(cell), _("yes or no"))


def _date(cell: Cell, decision: Decision) -> date:
    if isinstance(cell, datetime):
        return cell.date()
    if isinstance(cell, date):
        return cell
    text = typed_text(cell)
    if decision.serials and (serial := _serial(text)) and (day := serial_date(int(serial))):
        return day
    return _split(text, decision, "not_a_date", _("a date"))[0]


def _serial(text: str) -> float | None:
    return float(text) if _DAY_NUMBER.fullmatch(text) else None


def _split(text: str, decision: Decision, problem: str, expected: str) -> tuple[date, WrittenTime | None]:
    found = split_date(text)
    facts: dict[str, object] = {"order": decision.date_order.value, "zone": decision.zone}
    if found is None:
        raise CellProblem(problem, text, expected, **facts)
    # Year first is unmistakable: such a cell is read so in a column of any order.
    order = found.order or decision.date_order
    day = calendar_date(found.parts, order, decision.pivot_year)
    if day is None:
        code = "date_does_not_exist" if _misses_only_the_calendar(found.parts, order) else problem
        raise CellProblem(code, text, expected, **facts)
    return day, found.time


def _misses_only_the_calendar(parts: tuple[str, str, str], order: DateOrder) -> bool:
    """Whether the month is one and a longer month would have the day: the 31st of February, not the 32nd."""
    month = parts[0] if order is DateOrder.MDY else parts[1]
    day = parts[{DateOrder.DMY: 0, DateOrder.MDY: 1, DateOrder.YMD: 2}[order]]
    return int(month) in _MONTHS and int(day) in _DAYS


def _instant(cell: Cell, decision: Decision) -> datetime:
    zone = ZoneInfo(decision.zone)
    if isinstance(cell, datetime):
        return (cell if cell.tzinfo else cell.replace(tzinfo=zone)).astimezone(UTC)
    if isinstance(cell, date):
        return datetime(cell.year, cell.month, cell.day, tzinfo=zone).astimezone(UTC)
    text = typed_text(cell)
    if decision.serials and (serial := _serial(text)) and (moment := serial_instant(serial)):
        return moment.replace(tzinfo=zone).astimezone(UTC)
    expected = _("a date with a time")
    day, written = _split(text, decision, "not_an_instant", expected)
    if written is None:
        return datetime(day.year, day.month, day.day, tzinfo=zone).astimezone(UTC)
    moment = datetime.combine(day, time(written.hour, written.minute, written.second, written.microsecond))
    try:
        if written.offset is not None:
            return moment.replace(tzinfo=aware_offset(written.offset)).astimezone(UTC)
        local = moment.replace(tzinfo=zone)
        instant = local.astimezone(UTC)
    except (OverflowError, ValueError) as error:
        raise CellProblem("not_an_instant", text, expected, zone=decision.zone) from error
    if instant.astimezone(zone).replace(tzinfo=None) != moment:
        raise CellProblem("time_does_not_exist", text, expected, zone=decision.zone)
    return instant


def _email(cell: Cell, _decision: Decision) -> str:
    text = normal_text(typed_text(cell)).removeprefix("mailto:")
    if not is_email(text):
        raise CellProblem("not_an_email", text, _("an e-mail address"))
    return text


def _url(cell: Cell, _decision: Decision) -> str:
    text = normal_text(typed_text(cell))
    try:
        known = is_url(text) and bool(urlsplit(text if "://" in text else "//" + text).hostname)
    except ValueError:
        known = False
    if not known:
        raise CellProblem("not_a_url", text, _("a web address"))
    return text


def _uuid(cell: Cell, _decision: Decision) -> UUID:
    text = typed_text(cell)
    if not is_uuid(text):
        raise CellProblem("not_a_uuid", text, _("a UUID"))
    return UUID(text)


def _list(cell: Cell, decision: Decision) -> tuple[str, ...]:
    pieces = (normal_text(piece) for piece in typed_text(cell).split(decision.separator))
    return tuple(dict.fromkeys(piece for piece in pieces if piece))


def _nothing(_cell: Cell, _decision: Decision) -> None:
    return None


_READERS: dict[Kind, Callable[[Cell, Decision], Value]] = {
    Kind.EMPTY: _nothing,
    Kind.TEXT: _text,
    Kind.IDENTIFIER: _text,
    Kind.INTEGER: _integer,
    Kind.DECIMAL: _decimal,
    Kind.MONEY: _money,
    Kind.PERCENT: _percent,
    Kind.BOOLEAN: _boolean,
    Kind.DATE: _date,
    Kind.INSTANT: _instant,
    Kind.EMAIL: _email,
    Kind.URL: _url,
    Kind.UUID: _uuid,
    Kind.LIST: _list,
}
