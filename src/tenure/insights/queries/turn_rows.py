"""The turns behind a band or a boundary of the bow-tie, latest first, by cursor: the same rows that its figure counts."""

from __future__ import annotations

import base64
import binascii
import datetime as dt
import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from uuid import UUID

from tenure.directory.enums import Stage
from tenure.insights.domain.boundaries import OwnEntries
from tenure.insights.domain.bowtie import ORDER, OUTCOMES, is_keeping
from tenure.insights.enums import Entry, Standing
from tenure.insights.errors import BoundaryUnknown
from tenure.insights.queries.crossing_times import AS_JSON, day_ends, read_day_ends
from tenure.insights.queries.paths import CURRENT, current_paths
from tenure.workspace.errors import CursorInvalid
from tenure.workspace.queries.whole import whole_set_cursor

if TYPE_CHECKING:
    from tenure.insights.cohort import Cohort
    from tenure.insights.domain.crossings import DayEnd
    from tenure.workspace.context import Context

PAGE_ROWS = 50
_KNOWN = frozenset(str(stage) for stage in (*ORDER, *OUTCOMES))


@dataclass(frozen=True, slots=True)
class TurnRow:
    """One turn: whom it is about, its first day, the days at the boundary asked for, and when it ended (lost or churned)."""

    id: UUID
    account_id: UUID | None
    account: str
    lead_id: UUID | None
    lead: str
    first_on: dt.date
    source_on: dt.date | None
    target_on: dt.date | None
    ended_on: dt.date | None

    @property
    def days(self) -> int | None:
        """Days from one side of the boundary to the other."""
        return (self.target_on - self.source_on).days if self.source_on and self.target_on else None


@dataclass(frozen=True, slots=True)
class TurnPage:
    """One page of turns and the cursor of the next (empty: there is none)."""

    rows: list[TurnRow]
    next: str


def list_turns(
    ctx: Context,
    cohort: Cohort,
    source: str,
    target: str = "",
    standing: str = "",
    entry: str = "",
    *,
    after: str = "",
    limit: int = PAGE_ROWS,
) -> TurnPage:
    """Turns of the cohort that passed `source`; with `target`, by how they stand at that boundary. Raises BoundaryUnknown, CursorInvalid.

    entry: only those who really entered `source` (and `target`, where they crossed), or only those who skipped it.
    """
    statement, parameters = current_paths(ctx, cohort)
    statement += f"""
SELECT path.turn_id, t.account_id, coalesce(a.name, ''), l.id, coalesce(nullif(l.name, ''), nullif(l.company, ''), nullif(l.email, ''), l.external_id, ''), path.first_on, path.{_known(source)}, {f"path.{_known(target)}" if target else "NULL::date"},
  {_loss(source, target)}
FROM path
JOIN directory_turn t ON t.workspace_id = tenure_workspace() AND t.id = path.turn_id
LEFT JOIN directory_account a ON a.workspace_id = tenure_workspace() AND a.id = t.account_id
LEFT JOIN market_lead l ON l.workspace_id = tenure_workspace() AND l.id = t.lead_id
WHERE path.span = '{CURRENT}' AND path.{source} IS NOT NULL {_standing(source, target, standing)} {_entry(source, target, standing, entry)} {_beyond(after, parameters)}
ORDER BY path.first_on DESC, path.turn_id DESC LIMIT {int(limit) + 1}
"""  # noqa: S608 - names of stages, checked against the closed list
    with whole_set_cursor() as cursor:
        cursor.execute(statement, parameters)
        rows = [TurnRow(*row) for row in cursor.fetchall()]
    return TurnPage(rows[:limit], _encode(rows[limit - 1]) if len(rows) > limit else "")


def watch_boundary(ctx: Context, cohort: Cohort, source: str, target: str) -> tuple[list[DayEnd], OwnEntries]:
    """How long the cohort's turns were watched at one boundary, and how that ended, days ascending; its own entries. Raises BoundaryUnknown."""
    pair = (_known(source), _known(target))
    statement, parameters = current_paths(ctx, cohort)
    both = f"own_{source} AND own_{target}"
    counts = f"count(*) FILTER (WHERE own_{source}), count(*) FILTER (WHERE {both}), (avg({target} - {source}) FILTER (WHERE {both}))::float8"
    own = f"SELECT {counts} FROM path WHERE span = '{CURRENT}'"  # noqa: S608 - names of stages, checked
    statement += f", {day_ends([pair], CURRENT)} SELECT own.*, {AS_JSON} FROM ({own}) AS own"  # noqa: S608 - as above
    with whole_set_cursor() as cursor:
        cursor.execute(statement, parameters)
        *own_counts, ends = cursor.fetchone()
    return read_day_ends(ends, [pair])[pair], OwnEntries(*own_counts)


def _known(stage: str) -> str:
    if stage not in _KNOWN:
        raise BoundaryUnknown(source=stage, target="")
    return stage


def _loss(source: str, target: str) -> str:
    return f"path.{Stage.CHURNED}" if is_keeping((source, target or source)) else f"path.{Stage.LOST}"


def _standing(source: str, target: str, standing: str) -> str:
    if not target or not standing:
        return ""
    crossed, lost = f"path.{target} IS NOT NULL", f"{_loss(source, target)} IS NOT NULL"
    conditions = {
        Standing.CROSSED: crossed,
        Standing.LOST: f"NOT {crossed} AND {lost}",
        Standing.OPEN: f"NOT {crossed} AND NOT {lost}",
        Standing.NOT_CROSSED: f"NOT {crossed}",
    }
    if standing not in conditions:
        raise BoundaryUnknown(source=source, target=target)
    return f"AND {conditions[Standing(standing)]}".replace(f"NOT {crossed}", f"path.{target} IS NULL")


def _entry(source: str, target: str, standing: str, entry: str) -> str:
    if not entry:
        return ""
    if entry not in Entry.values:
        raise BoundaryUnknown(source=source, target=target)
    if entry == Entry.SKIPPED:
        return f"AND NOT path.own_{source}"
    return f"AND path.own_{source}" + (f" AND path.own_{target}" if target and standing == Standing.CROSSED else "")


def _beyond(after: str, parameters: dict[str, Any]) -> str:
    if not after:
        return ""
    try:
        day, key = json.loads(base64.urlsafe_b64decode(after + "=" * (-len(after) % 4)))
        parameters |= {"after_on": dt.date.fromisoformat(day), "after_id": UUID(key)}
    except (ValueError, TypeError, binascii.Error) as problem:
        raise CursorInvalid from problem
    return "AND (path.first_on, path.turn_id) < (%(after_on)s, %(after_id)s)"


def _encode(row: TurnRow) -> str:
    return base64.urlsafe_b64encode(json.dumps([row.first_on.isoformat(), row.id.hex]).encode()).decode().rstrip("=")
