"""Days and months of the story: civil dates, working days, and the seasons of a business year."""

from __future__ import annotations

import calendar
from datetime import UTC, date, datetime, time, timedelta

from tenure.config.demo.chance import Chance

SATURDAY = 5
MONTHS_IN_YEAR = 12
# How busy buying is, January to December: slow in August and at the year's end, busy when budgets are new.
BUYING = (1.08, 1.04, 1.14, 1.0, 1.02, 1.06, 0.86, 0.7, 1.16, 1.12, 1.06, 0.76)
# When customers leave: after the books are closed.
LEAVING = (1.35, 1.1, 1.05, 0.95, 0.9, 1.05, 1.0, 0.8, 0.9, 0.95, 0.9, 1.25)
# When customers grow: after budgets are agreed, and after the summer.
GROWING = (1.3, 1.15, 1.05, 1.0, 0.95, 0.95, 0.8, 0.7, 1.2, 1.15, 1.0, 0.75)


def first_of(day: date) -> date:
    """The first day of its month."""
    return day.replace(day=1)


def add_months(day: date, months: int) -> date:
    """The same day so many months later, or the month's last where it is shorter."""
    year, month = divmod(day.year * MONTHS_IN_YEAR + day.month - 1 + months, MONTHS_IN_YEAR)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def months_between(earlier: date, later: date) -> int:
    """Whole calendar months from one day's month to another's."""
    return (later.year - earlier.year) * MONTHS_IN_YEAR + later.month - earlier.month


def days_in(day: date) -> int:
    """How many days its month has."""
    return calendar.monthrange(day.year, day.month)[1]


def working_day(day: date) -> date:
    """The day, or the next Monday where it falls on a weekend."""
    return day + timedelta(days=7 - day.weekday()) if day.weekday() >= SATURDAY else day


def after(day: date, days: float) -> date:
    """A working day about so many days later."""
    return working_day(day + timedelta(days=round(days)))


def at_work(chance: Chance, day: date) -> datetime:
    """An instant of that day in office hours, by UTC, to the minute."""
    return datetime.combine(day, time(chance.whole(7, 15), chance.pick((0, 5, 10, 15, 20, 30, 40, 45, 50))), UTC)


def at_any_time(chance: Chance, day: date) -> datetime:
    """An instant of that day between early and late, to the second: nobody fills a form on the hour."""
    return datetime.combine(day, time(chance.whole(6, 20), chance.whole(0, 59), chance.whole(0, 59)), UTC)
