"""How leads went on, by channel or anything else known of them: counts from the days of their turns, by the cohort of first contact.

Everything is one statement, whatever the number of leads. Rule: spec of metrics, "Left wing": a stage skipped on the way counts as passed.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

from django.db.models import Q

from tenure.market.queries.visible import visible_rows
from tenure.market.records import LEAD
from tenure.workspace.queries.whole import whole_set_cursor

if TYPE_CHECKING:
    from tenure.workspace.context import Context


class LeadGroup(NamedTuple):
    """Leads that have something in common. key: what the list filters by; empty for those that have it not.

    qualified, opportunities and won count a lead that has come so far or farther; lost one that was lost and not won.
    """

    key: str
    label: str
    leads: int
    qualified: int
    opportunities: int
    won: int
    lost: int

    @property
    def won_share(self) -> float | None:
        """Won of all leads; None without leads."""
        return self.won / self.leads if self.leads else None


@dataclass(frozen=True, slots=True)
class Days:
    """How long a crossing took for those who crossed, in days; None where nobody did."""

    count: int
    mean: float | None
    median: float | None


# What leads are told apart by: the lead's column, and the table that names what it leads to.
DIMENSIONS: dict[str, tuple[str, str]] = {
    "channel": ("channel_id", "market_channel"),
    "persona": ("persona", ""),
    "segment": ("segment_id", "directory_segment"),
    "owner": ("owner_id", "workspace_member"),
    "country": ("country", ""),
    "landing_page": ("landing_page", ""),
    "source": ("first_source", ""),
    "campaign": ("first_campaign", ""),
    "all": ("", ""),
}

_COUNTS = """
SELECT coalesce(counted.key::text, ''), coalesce({label}::text, ''), leads, qualified, opportunities, won, lost FROM (
  SELECT key, count(*) AS leads,
    count(*) FILTER (WHERE is_qualified OR is_opportunity OR is_won) AS qualified,
    count(*) FILTER (WHERE is_opportunity OR is_won) AS opportunities,
    count(*) FILTER (WHERE is_won) AS won,
    count(*) FILTER (WHERE is_lost AND NOT is_won) AS lost
  FROM (
    SELECT {key} AS key, bool_or(qualified_on IS NOT NULL) AS is_qualified, bool_or(opportunity_on IS NOT NULL) AS is_opportunity,
      bool_or(won_on IS NOT NULL) AS is_won, bool_or(lost_on IS NOT NULL) AS is_lost
    FROM ({leads}) AS lead LEFT JOIN directory_turn AS turn ON turn.workspace_id = tenure_workspace() AND turn.lead_id = lead.id
    GROUP BY lead.id, 1
  ) AS path GROUP BY key
) AS counted {named} ORDER BY leads DESC, 2
"""
_ENTRY = """(SELECT entered_at FROM directory_stageentry AS entry WHERE entry.workspace_id = tenure_workspace() AND entry.turn_id = turn.id
    AND entry.stage = '{stage}' AND entry.voided_at IS NULL AND entry.voids_id IS NULL)"""
_DAYS = f"""
SELECT count(days), avg(days)::float8, percentile_cont(0.5) WITHIN GROUP (ORDER BY days)::float8 FROM (
  SELECT extract(epoch FROM min(won_at) - min(lead_at)) / 86400 AS days FROM (
    SELECT lead.id, {_ENTRY.format(stage="won")} AS won_at, {_ENTRY.format(stage="lead")} AS lead_at
    FROM ({{leads}}) AS lead JOIN directory_turn AS turn ON turn.workspace_id = tenure_workspace() AND turn.lead_id = lead.id
    WHERE turn.won_on IS NOT NULL
  ) AS path GROUP BY id
) AS crossing
"""  # noqa: S608 - constant names of stages


def leads_by(ctx: Context, dimension: str, where: Q | None = None) -> list[LeadGroup]:
    """Leads the caller may see that pass `where`, told apart by a key of DIMENSIONS, the most numerous first."""
    column, table = DIMENSIONS[dimension]
    parts = {
        "key": f"lead.{column}" if column else "''",
        "label": "named.name" if table else "counted.key",
        "named": f"LEFT JOIN {table} AS named ON named.id = counted.key" if table else "",
    }
    return [LeadGroup(*row) for row in _rows(ctx, _COUNTS, where, *filter(None, [column]), **parts)]


def lead_to_won(ctx: Context, where: Q | None = None) -> Days:
    """Days from first contact to won, of the leads that were won; one won before its first contact counts with what it took."""
    return Days(*_rows(ctx, _DAYS, where)[0])


def _rows(ctx: Context, query: str, where: Q | None, *columns: str, **parts: str) -> list[tuple[Any, ...]]:
    leads, parameters = visible_rows(ctx, LEAD, where, *columns)
    with whole_set_cursor() as cursor:
        cursor.execute(query.format(leads=leads, **parts), parameters)
        return cursor.fetchall()
