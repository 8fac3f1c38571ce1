"""When a quota begins anew: at the midnights of the workspace's zone, weeks on Monday."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from tenure.kernel.period import Period
from tenure.usage.domain.windows import midnight
from tenure.usage.enums import QuotaPeriod


def period_at(moment: datetime, period: QuotaPeriod, zone: ZoneInfo) -> Period[datetime]:
    """The quota period in which an instant lies."""
    day = moment.astimezone(zone).date()
    first, following = _days_of(day, period)
    return Period(midnight(first, zone), midnight(following, zone))


def _days_of(day: date, period: QuotaPeriod) -> tuple[date, date]:
    match period:
        case QuotaPeriod.DAY:
            return day, day + timedelta(days=1)
        case QuotaPeriod.WEEK:
            monday = day - timedelta(days=day.weekday())
            return monday, monday + timedelta(days=7)
        case QuotaPeriod.MONTH:
            first = day.replace(day=1)
            return first, (first + timedelta(days=31)).replace(day=1)
        case _:
            return date(day.year, 1, 1), date(day.year + 1, 1, 1)
