"""A column of a list: what it shows, and how it filters and sorts in SQL that an index serves under row-level security.

HOUSE rule 7: only leakproof operators may meet a scoped table, so filters compare text (COLLATE "C"), numbers, dates, ids and
booleans by =, IN, < and >; there is no LIKE here.
"""

from __future__ import annotations

import datetime as dt
import enum
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING, Any, NamedTuple
from uuid import UUID

from django.db.models import Q

from tenure.kernel.money import minor_digits
from tenure.workspace.errors import FilterInvalid

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

    from tenure.workspace.context import Context

    Label = str | _StrPromise

BLANK = "-"
ME = "me"
RANGE = ".."


class ColumnKind(enum.StrEnum):
    """How a column's values are read, compared and shown."""

    TEXT = "text"
    NUMBER = "number"
    MONEY = "money"
    DATE = "date"
    INSTANT = "instant"
    CHOICE = "choice"
    MEMBER = "member"
    REFERENCE = "reference"
    BOOLEAN = "boolean"


class Choice(NamedTuple):
    """One value that a choice filter offers."""

    value: str
    label: Label


@dataclass(frozen=True, slots=True)
class Column:
    """`path` is the ORM path that filters compare, `sort` the one that orders, `show` the attribute that is displayed.

    choices: called with the context where the values depend on the workspace.
    match: the condition for wanted values where the column lives in another table (tags). is_civil: instants that are days at
    midnight UTC (dates in slots), so that no zone moves them.
    """

    name: str
    label: Label
    kind: ColumnKind = ColumnKind.TEXT
    path: str = ""
    sort: str = ""
    show: str = ""
    is_default: bool = True
    is_filter: bool = True
    choices: Callable[[Context], Iterable[Choice]] | None = None
    match: Callable[[list[str]], Q] | None = None
    currency: str = ""
    is_civil: bool = False

    @property
    def is_numeric(self) -> bool:
        """Whether values stand at the right."""
        return self.kind in {ColumnKind.NUMBER, ColumnKind.MONEY}

    @property
    def is_range(self) -> bool:
        """Whether the filter takes `low..high`."""
        return self.kind in {ColumnKind.NUMBER, ColumnKind.MONEY, ColumnKind.DATE, ColumnKind.INSTANT}

    def condition(self, ctx: Context, text: str) -> Q:
        """The rows that `text`, a filter's value from a URL, asks for. Raises FilterInvalid."""
        try:
            if self.match is not None:
                return self.match(text.split(","))
            if self.is_range:
                return self._in_range(ctx, text)
            return self._among(ctx, text)
        except (ValueError, InvalidOperation, OverflowError) as problem:
            raise FilterInvalid(name=self.name, value=text) from problem

    def _among(self, ctx: Context, text: str) -> Q:
        wanted = text.split(",")
        values = [self._read(ctx, value) for value in wanted if value != BLANK]
        condition = Q(**{f"{self.path}__in": values}) if values else Q()
        if BLANK not in wanted:
            return condition
        blank = Q(**{self.path: ""}) if self.kind in {ColumnKind.TEXT, ColumnKind.CHOICE} else Q(**{f"{self.path}__isnull": True})
        return (condition | blank) if values else blank

    def _read(self, ctx: Context, value: str) -> object:
        if self.kind is ColumnKind.MEMBER and value == ME:
            return ctx.member_id
        if self.kind in {ColumnKind.MEMBER, ColumnKind.REFERENCE}:
            return UUID(value)
        if self.kind is ColumnKind.BOOLEAN:
            return {"yes": True, "no": False}[value] if value in {"yes", "no"} else _refuse(value)
        return value

    def _in_range(self, ctx: Context, text: str) -> Q:
        if text == BLANK:
            return Q(**{f"{self.path}__isnull": True})
        low, mark, high = text.partition(RANGE)
        if not mark:
            high = low
        condition = Q(**{f"{self.path}__isnull": False})
        if low:
            condition &= Q(**{f"{self.path}__gte": self._bound(ctx, low, is_end=False)})
        if high:
            operator = "lt" if self.kind is ColumnKind.INSTANT else "lte"
            condition &= Q(**{f"{self.path}__{operator}": self._bound(ctx, high, is_end=True)})
        return condition

    def _bound(self, ctx: Context, text: str, *, is_end: bool) -> object:
        if self.kind is ColumnKind.NUMBER:
            return Decimal(text)
        if self.kind is ColumnKind.MONEY:
            return int(Decimal(text).scaleb(minor_digits(ctx.workspace.currency)))
        day = read_day(text, ctx.today())
        if self.kind is ColumnKind.DATE:
            return day
        day += dt.timedelta(days=1) if is_end else dt.timedelta()
        return dt.datetime.combine(day, dt.time(), dt.UTC if self.is_civil else ctx.workspace.tz)


def read_day(text: str, today: dt.date) -> dt.date:
    """A civil date: `2026-01-31`, `today`, or days from today as `-30d`, `+90d`."""
    if text == "today":
        return today
    if text.endswith("d") and text[0] in "+-":
        return today + dt.timedelta(days=int(text[:-1]))
    return dt.date.fromisoformat(text)


def _refuse(value: str) -> Any:  # noqa: ANN401 - never returns
    raise ValueError(value)
