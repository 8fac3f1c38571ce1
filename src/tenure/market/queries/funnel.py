"""How leads went on, by channel or anything else known of them: counts from the stage ledger, by the cohort of first contact.

Everything is one statement, whatever the number of leads. Rule: spec of metrics, "Left wing": a stage skipped on the way counts as passed.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

from django.db.models import Q

from tenure.market.queries.visible import visible_ids
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


# What leads are told apart by: (key, label, join).
DIMENSIONS: dict[str, tuple[str, str, str]] = {
    "channel": ("channel.id::text", "channel.name", "LEFT JOIN market_channel AS channel ON channel.id = lead.channel_id"),
    "persona": ("lead.persona", "lead.persona", ""),
    "segment": ("segment.id::text", "segment.name", "LEFT JOIN directory_segment AS segment ON segment.id = lead.segment_id"),
    "owner": ("owner.id::text", "owner.name", "LEFT JOIN workspace_member AS owner ON owner.id = lead.owner_id"),
    "country": ("lead.country", "lead.country", ""),
    "landing_page": ("lead.landing_page", "lead.landing_page", ""),
    "source": ("lead.first_source", "lead.first_source", ""),
    "campaign": ("lead.first_campaign", "lead.first_campaign", ""),
    "all": ("''", "''", ""),
}

# Joined, not asked for by IN: the same plan serves a workspace that was loaded a moment ago and has no statistics yet.
_PATHS = """
FROM market_lead AS lead LEFT JOIN (
  SELECT turn.lead_id,
    min(entry.entered_at) FILTER (WHERE entry.stage = 'lead') AS lead_at,
    min(entry.entered_at) FILTER (WHERE entry.stage = 'won') AS won_at,
    bool_or(entry.stage = 'lost') AS is_lost,
    bool_or(entry.stage = 'qualified') AS is_qualified,
    bool_or(entry.stage = 'opportunity') AS is_opportunity
  FROM directory_turn AS turn JOIN directory_stageentry AS entry ON entry.turn_id = turn.id AND entry.workspace_id = turn.workspace_id
  WHERE turn.workspace_id = tenure_workspace() AND turn.lead_id IS NOT NULL AND entry.voided_at IS NULL AND entry.voids_id IS NULL
  GROUP BY turn.lead_id
) AS path ON path.lead_id = lead.id {join}
WHERE lead.workspace_id = tenure_workspace() AND lead.id IN ({visible})
"""
_COUNTS = """
SELECT coalesce({key}, ''), coalesce({label}, ''), count(*),
  count(*) FILTER (WHERE is_qualified OR is_opportunity OR won_at IS NOT NULL),
  count(*) FILTER (WHERE is_opportunity OR won_at IS NOT NULL),
  count(*) FILTER (WHERE won_at IS NOT NULL),
  count(*) FILTER (WHERE is_lost AND won_at IS NULL)
{paths} GROUP BY 1, 2 ORDER BY 3 DESC, 2
"""
_DAYS = """
SELECT count(days), avg(days)::float8, percentile_cont(0.5) WITHIN GROUP (ORDER BY days)::float8
FROM (SELECT extract(epoch FROM won_at - lead_at) / 86400 AS days {paths} AND won_at IS NOT NULL AND lead_at IS NOT NULL) AS crossing
"""


def leads_by(ctx: Context, dimension: str, where: Q | None = None) -> list[LeadGroup]:
    """Leads the caller may see that pass `where`, told apart by a key of DIMENSIONS, the most numerous first."""
    key, label, join = DIMENSIONS[dimension]
    return [LeadGroup(*row) for row in _rows(ctx, _COUNTS, {"key": key, "label": label, "join": join}, where)]


def lead_to_won(ctx: Context, where: Q | None = None) -> Days:
    """Days from first contact to won, of the leads that were won; one won before its first contact counts with what it took."""
    return Days(*_rows(ctx, _DAYS, {"join": ""}, where)[0])


def _rows(ctx: Context, query: str, parts: dict[str, str], where: Q | None) -> list[tuple[Any, ...]]:
    visible, parameters = visible_ids(ctx, LEAD, where)
    paths = _PATHS.format(visible=visible, join=parts["join"])
    with whole_set_cursor() as cursor:
        cursor.execute(query.format(paths=paths, **parts), parameters)
        return cursor.fetchall()
