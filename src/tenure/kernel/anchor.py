"""Anchors: the rhythm of a subscription, counted from its first day, so that the 31st survives February."""

from __future__ import annotations

import calendar
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, tzinfo
from enum import StrEnum
from typing import Generic, cast

from tenure.kernel.errors import Invalid
from tenure.kernel.period import Period, Point


class Unit(StrEnum):
    """What an interval is counted in."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    YEAR = "year"


_DAYS = {Unit.DAY: 1, Unit.WEEK: 7}
_MONTHS = {Unit.MONTH: 1, Unit.YEAR: 12}


class IntervalNotPositive(Invalid):
    """An interval must be at least one unit long."""

    code = "interval_not_positive"
    message = "An interval of {count} {unit} is not possible."


@dataclass(frozen=True, slots=True)
class Interval:
    """So many days, weeks, months or years."""

    count: int = 1
    unit: Unit = Unit.MONTH

    def __post_init__(self) -> None:
        if self.count < 1:
            raise IntervalNotPositive(count=self.count, unit=self.unit)

    @property
    def months(self) -> int | None:
        """The interval in months; None for days and weeks, which are no whole number of months."""
        return self.count * _MONTHS[self.unit] if self.unit in _MONTHS else None

    @property
    def days(self) -> int | None:
        """The interval in days; None for months and years, whose length varies."""
        return self.count * _DAYS[self.unit] if self.unit in _DAYS else None


MONTHLY = Interval(1, Unit.MONTH)
YEARLY = Interval(1, Unit.YEAR)


@dataclass(frozen=True, slots=True)
class Anchor(Generic[Point]):
    """Where a rhythm starts and how long each beat is.

    Boundary n is always counted from `start`, never from the boundary before: 31 January, 28 February, 31 March.
    `day` (1 to 31) sets the day of the month where `start` itself was shortened by its month. Instants are counted
    on the calendar of `zone` and given in UTC, so that midnight in Madrid stays midnight over a change of the clocks.
    """

    start: Point
    interval: Interval = MONTHLY
    day: int | None = None
    zone: tzinfo = UTC

    def boundary(self, number: int) -> Point:
        """The start of period `number`; number 0 is `start`, negative numbers lie before it."""
        if number == 0:
            return self.start
        if not isinstance(self.start, datetime):
            return cast("Point", self._moved(self.start, number))
        local = self.start.astimezone(self.zone)
        moved = datetime.combine(self._moved(local.date(), number), local.time(), tzinfo=self.zone)
        return cast("Point", moved.astimezone(UTC))

    def period(self, number: int) -> Period[Point]:
        """Period `number`, from its boundary to the next; number 0 begins at `start`."""
        return Period(self.boundary(number), self.boundary(number + 1))

    def period_holding(self, point: Point) -> Period[Point]:
        """The period that `point` lies in."""
        return self.period(self._number_holding(point))

    def period_after(self, period: Period[Point]) -> Period[Point]:
        """The period that follows the one in which `period` starts."""
        return self.period(self._number_holding(period.start) + 1)

    def _number_holding(self, point: Point) -> int:
        number = self._estimate(point)
        while self.boundary(number) > point:
            number -= 1
        while self.boundary(number + 1) <= point:
            number += 1
        return number

    def _moved(self, first: date, number: int) -> date:
        days = self.interval.days
        if days is not None:
            return first + timedelta(days=days * number)
        return add_months(first, (self.interval.months or 0) * number, self.day)

    def _estimate(self, point: Point) -> int:
        """A number near the right one, from calendar arithmetic alone; the caller walks the last step."""
        days, months = self.interval.days, self.interval.months
        if days is not None:
            return (point.toordinal() - self.start.toordinal()) // days
        return (12 * (point.year - self.start.year) + point.month - self.start.month) // (months or 1)


def add_months(first: date, months: int, day: int | None = None) -> date:
    """The date `months` later on the same day of the month, or on the month's last day where there is none."""
    year, month = divmod(first.year * 12 + first.month - 1 + months, 12)
    last = calendar.monthrange(year, month + 1)[1]
    return date(year, month + 1, min(day or first.day, last))
