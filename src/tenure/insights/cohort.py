"""Which turns a bow-tie is drawn of: those that entered in a period, from a channel, of a persona, segment or owner."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING
from urllib.parse import urlencode
from uuid import UUID

from tenure.insights.enums import Span
from tenure.insights.errors import CohortInvalid
from tenure.kernel.period import Period
from tenure.workspace.lists.columns import BLANK, ME

if TYPE_CHECKING:
    from tenure.workspace.context import Context

FILTERS = ("channel", "persona", "segment", "owner")
_MONTHS = {Span.QUARTER: 3, Span.HALF: 6, Span.YEAR: 12, Span.TWO_YEARS: 24}


@dataclass(frozen=True, slots=True)
class Cohort:
    """The turns whose first stage was entered in `period` (civil dates; None: whenever), narrowed by the filters given.

    as_of: the last day that is looked at. A filter is the text of an id, a persona, or `-` for none.
    """

    span: str
    period: Period[dt.date] | None
    as_of: dt.date
    channel: str = ""
    persona: str = ""
    segment: str = ""
    owner: str = ""

    @classmethod
    def read(cls, ctx: Context, parameters: Mapping[str, str], *, default: str = Span.YEAR) -> Cohort:
        """The cohort that URL parameters ask for: `period` as 12m, all or 2026-01-01..2026-06-30, and filters. Raises CohortInvalid."""
        span = parameters.get("period", "") or default
        low, high = parameters.get("from", ""), parameters.get("to", "")
        if low or high:
            span = f"{low}..{high}"
        chosen = {name: _checked(name, parameters.get(name, "")) for name in FILTERS}
        if chosen["owner"] == ME:
            chosen["owner"] = str(ctx.member_id or BLANK)
        return cls(span, _period(span, ctx.today()), ctx.today(), **chosen)

    @property
    def previous(self) -> Cohort | None:
        """The cohort of the same length just before, followed just as long; None for all time."""
        if self.period is None or self.period.end is None:
            return None
        length = self.period.end - self.period.start
        before = Period(self.period.start - length, self.period.start)
        return replace(self, period=before, as_of=self.as_of - length)

    @property
    def is_narrowed(self) -> bool:
        """Whether a filter besides the period is set."""
        return any(getattr(self, name) for name in FILTERS)

    def query(self, **changes: str) -> str:
        """The URL query of this cohort with `changes` laid over (empty: taken away)."""
        parts = {"period": self.span} | {name: getattr(self, name) for name in FILTERS} | changes
        return urlencode({name: value for name, value in parts.items() if value})


def _checked(name: str, value: str) -> str:
    if value and value not in (BLANK, ME) and name != "persona":
        try:
            return str(UUID(value))
        except ValueError as problem:
            raise CohortInvalid(name=name, value=value) from problem
    return value


def _period(span: str, today: dt.date) -> Period[dt.date] | None:
    if span == Span.ALL:
        return None
    tomorrow = today + dt.timedelta(days=1)
    if span in _MONTHS:
        return Period(months_before(tomorrow, _MONTHS[Span(span)]), tomorrow)
    low, mark, high = span.partition("..")
    try:
        start = dt.date.fromisoformat(low) if low else dt.date(1970, 1, 1)
        end = dt.date.fromisoformat(high) + dt.timedelta(days=1) if high else tomorrow
    except (ValueError, OverflowError) as problem:
        raise CohortInvalid(name="period", value=span) from problem
    if not mark or end <= start:
        raise CohortInvalid(name="period", value=span)
    return Period(start, end)


def months_before(day: dt.date, months: int) -> dt.date:
    """The same day `months` earlier; the last of the month where that month is shorter."""
    number = day.year * 12 + day.month - 1 - months
    year, month = divmod(number, 12)
    following = dt.date(year + (month == 11), (month + 1) % 12 + 1, 1)  # noqa: PLR2004 - December
    return min(dt.date(year, month + 1, 1) + dt.timedelta(days=day.day - 1), following - dt.timedelta(days=1))
