"""How long it took at boundaries: by days from entry how many crossed, were lost, or are still open, counted in the database.

The same rows that a boundary's figure counts: who crossed has crossed, also where a loss was noted before. What becomes of the counts is
domain/crossings.py; a test compares them with passages counted one by one.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

from tenure.directory.enums import Stage
from tenure.insights.domain.bowtie import is_keeping
from tenure.insights.domain.crossings import DayEnd

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from tenure.insights.domain.bowtie import Boundary


def day_ends(pairs: Sequence[Boundary], current: str) -> str:
    """The common table expression `day_end` over `path`: boundary (its number), day, open, crossed, lost, of the current window."""
    parts = [_ended(number, boundary, current) for number, boundary in enumerate(pairs)]
    rows = " UNION ALL ".join(parts) or "SELECT 0 AS number, 0 AS day, false AS has_crossed, false AS was_lost WHERE false"
    return f"""day_end AS (
  SELECT number, day, count(*) FILTER (WHERE NOT has_crossed AND NOT was_lost) AS open, count(*) FILTER (WHERE has_crossed) AS crossed,
    count(*) FILTER (WHERE NOT has_crossed AND was_lost) AS lost FROM ({rows}) AS ended GROUP BY number, day
)"""  # noqa: S608 - constant names of stages


AS_JSON = "(SELECT json_agg(json_build_array(number, day, open, crossed, lost)) FROM day_end)"


def read_day_ends(rows: Iterable[Sequence[int]] | None, pairs: Sequence[Boundary]) -> dict[Boundary, list[DayEnd]]:
    """The rows of `day_end` by boundary, days ascending."""
    found: dict[Any, list[DayEnd]] = defaultdict(list)
    for number, *end in rows or ():
        found[pairs[number]].append(DayEnd(*end))
    return {pair: sorted(found[pair], key=lambda end: end.day) for pair in pairs}


def _ended(number: int, boundary: Boundary, current: str) -> str:
    (source, target), loss = boundary, loss_of(boundary)
    return f"""SELECT {number} AS number, {_days(source, target, loss)} AS day, {target} IS NOT NULL AS has_crossed, {loss} IS NOT NULL AS was_lost
    FROM path WHERE span = '{current}' AND {source} IS NOT NULL"""  # noqa: S608 - constant names of stages


def loss_of(boundary: Boundary) -> str:
    """The loss that ends the way to this boundary: lost before winning, churned after."""
    return str(Stage.CHURNED if is_keeping(boundary) else Stage.LOST)


def _days(source: str, target: str, loss: str) -> str:
    """Days from entry to the end of watching; what happened before the entry happened on its day."""
    return f"greatest(0, coalesce({target}, {loss}, today) - {source})"
