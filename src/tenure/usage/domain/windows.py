"""Stretches of time by the clocks of a zone: minutes, hours, days, weeks (from Monday), months.

A day is from one midnight of the zone to the next, so it has 23 or 25 hours where clocks are changed; an hour is an hour of the clock's
face, told apart where it comes twice. Windows at the ends of a period are cut off at the period.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from tenure.kernel.period import Period
from tenure.usage.enums import WindowSize
from tenure.usage.errors import PeriodMissing, TooManyWindows, ZoneUnknown

MAX_WINDOWS = 10_000
_STEPS = {WindowSize.MINUTE: timedelta(minutes=1), WindowSize.HOUR: timedelta(hours=1)}
_ONE_DAY = timedelta(days=1)
_DECEMBER = 12


def zone_of(name: str) -> ZoneInfo:
    """The zone of that name. Raises ZoneUnknown."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise ZoneUnknown(zone=name) from error


def bounds_of(period: Period[datetime], size: WindowSize, zone: ZoneInfo) -> tuple[datetime, ...]:
    """Where the windows of a period begin, in UTC, and at last where it ends: n windows have n + 1 bounds.

    Raises PeriodMissing, TooManyWindows.
    """
    start, end = _ends(period)
    bounds = [start]
    while True:
        following = _after(bounds[-1], size, zone) if size is not WindowSize.WHOLE else end
        if following >= end:
            return (*bounds, end)
        bounds.append(following)
        if len(bounds) > MAX_WINDOWS:
            raise TooManyWindows(limit=MAX_WINDOWS)


def days_left(moment: datetime, end: datetime, zone: ZoneInfo) -> int:
    """Civil days from the one of `moment` to the last one before `end`, both counted."""
    return (last_day(end, zone) - moment.astimezone(zone).date()).days + 1


def last_day(end: datetime, zone: ZoneInfo) -> date:
    """The last civil day that a period which ends at `end` (not in it) touches."""
    return (end - timedelta(microseconds=1)).astimezone(zone).date()


def _ends(period: Period[datetime]) -> tuple[datetime, datetime]:
    if period.end is None or period.end <= period.start:
        raise PeriodMissing
    return period.start.astimezone(UTC), period.end.astimezone(UTC)


def _after(moment: datetime, size: WindowSize, zone: ZoneInfo) -> datetime:
    """The first bound after `moment`."""
    local = moment.astimezone(zone)
    if size in _STEPS:
        step = _STEPS[size]
        minutes = local.minute if size is WindowSize.HOUR else 0
        past = timedelta(minutes=minutes, seconds=local.second, microseconds=local.microsecond)
        return moment - past + step
    return midnight(_day_after(local.date(), size), zone)


def _day_after(day: date, size: WindowSize) -> date:
    if size is WindowSize.WEEK:
        return day + timedelta(days=7 - day.weekday())
    if size is WindowSize.MONTH:
        return date(day.year + day.month // _DECEMBER, day.month % _DECEMBER + 1, 1)
    return day + _ONE_DAY


def midnight(day: date, zone: ZoneInfo) -> datetime:
    """The first instant of a civil day, also where its midnight is skipped by the clocks."""
    instant = datetime.combine(day, time(), zone).astimezone(UTC)
    while instant.astimezone(zone).date() < day:
        instant += timedelta(minutes=15)
    return instant
