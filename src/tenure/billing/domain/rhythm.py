"""How often something is due: a named rhythm and a count as an interval, and the day on which a term is renewed."""

from __future__ import annotations

from datetime import date
from functools import lru_cache
from types import MappingProxyType

from tenure.kernel.anchor import Anchor, Interval, Unit

_LENGTHS = MappingProxyType({"day": (1, Unit.DAY), "week": (1, Unit.WEEK), "month": (1, Unit.MONTH), "quarter": (3, Unit.MONTH),
                             "half_year": (6, Unit.MONTH), "year": (1, Unit.YEAR)})  # fmt: skip


@lru_cache(maxsize=256)
def interval_of(rhythm: str, count: int = 1) -> Interval:
    """The interval of `count` times a rhythm: day, week, month, quarter, half_year or year."""
    length, unit = _LENGTHS[rhythm]
    return Interval(length * count, unit)


def next_renewal(first: date, term: Interval, after: date, ends: date | None = None) -> date | None:
    """The first day of the first term that begins later than `after`; None where the agreement ends on or before it.

    first: the day from which terms are counted, which begins no renewal itself.
    """
    anchor = Anchor(first, term)
    boundary = anchor.boundary(1) if after < first else anchor.period_holding(after).end
    return boundary if boundary is not None and (ends is None or boundary < ends) else None
