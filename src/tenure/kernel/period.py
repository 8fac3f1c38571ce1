"""Periods of time: half-open, [start, end), over civil dates or over instants, open-ended where end is None."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Generic, TypeVar

from tenure.kernel.errors import Invalid

Point = TypeVar("Point", bound=date)
_ONE_DAY = timedelta(days=1)


class PeriodEndsBeforeItStarts(Invalid):
    """The end of a period lies before its start."""

    code = "period_ends_before_it_starts"
    message = "The period ends on {end}, before it starts on {start}."


@dataclass(frozen=True, slots=True)
class Period(Generic[Point]):
    """[start, end): start belongs to it, end does not; end None means that it is still running.

    Both are dates, or both are aware datetimes; mixing the two raises TypeError. An empty period holds nothing.
    """

    start: Point
    end: Point | None = None

    def __post_init__(self) -> None:
        if self.end is not None and self.end < self.start:
            raise PeriodEndsBeforeItStarts(start=self.start, end=self.end)

    @staticmethod
    def of(start: str, end: str | None = None) -> Period[date]:
        """A period of civil dates written in ISO 8601: Period.of("2026-01-01", "2026-02-01")."""
        return Period(date.fromisoformat(start), None if end is None else date.fromisoformat(end))

    @staticmethod
    def between(start: str, end: str | None = None) -> Period[datetime]:
        """A period of instants written in ISO 8601; a text without offset is read as UTC."""
        return Period(_instant(start), None if end is None else _instant(end))

    @property
    def is_open(self) -> bool:
        """Whether it has no end yet."""
        return self.end is None

    @property
    def is_empty(self) -> bool:
        """Whether it holds nothing."""
        return self.end is not None and self.end <= self.start

    def holds(self, point: Point) -> bool:
        """Whether `point` lies in the period: start does, end does not."""
        return self.start <= point and (self.end is None or point < self.end)

    def overlap(self, other: Period[Point]) -> Period[Point] | None:
        """The part that both periods share; None where they share nothing (touching is not sharing)."""
        start = max(self.start, other.start)
        end = _earlier(self.end, other.end)
        if end is not None and end <= start:
            return None
        return Period(start, end)

    def duration(self) -> timedelta | None:
        """How long it lasts; None while it is open."""
        return None if self.end is None else self.end - self.start

    def days(self) -> int | None:
        """How many whole days it lasts; None while it is open."""
        duration = self.duration()
        return None if duration is None else duration // _ONE_DAY

    def __str__(self) -> str:
        return f"[{self.start.isoformat()}, {'' if self.end is None else self.end.isoformat()})"


def _earlier(left: Point | None, right: Point | None) -> Point | None:
    """The earlier of two ends, where None is no end."""
    if left is None or right is None:
        return right if left is None else left
    return min(left, right)


def _instant(text: str) -> datetime:
    moment = datetime.fromisoformat(text)
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
