"""Deals won, lost and open, how much and how long, by anything known of them. Amounts stay in their currencies.

Everything is two statements, whatever the number of deals. Days are civil days of the workspace's zone, so that a change of the clock
is no part of a day; they run from engaged to closed, over the deals that have both.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from django.db.models import Q

from tenure.market.queries.funnel import Days
from tenure.market.queries.visible import visible_ids
from tenure.sales.domain.win_rate import WinRate, win_rate
from tenure.sales.records import OPPORTUNITY
from tenure.workspace.queries.whole import whole_set_cursor

if TYPE_CHECKING:
    from tenure.workspace.context import Context


@dataclass(slots=True)
class DealGroup:
    """Deals that have something in common. key: what the list filters by; empty for those that have it not.

    amounts: minor units by (outcome, currency), over the deals that have an amount; with_amount: how many those are, by outcome.
    """

    key: str
    label: str
    won: int
    lost: int
    open: int
    won_days: Days
    lost_days: Days
    amounts: dict[tuple[str, str], int] = field(default_factory=dict)
    with_amount: dict[str, int] = field(default_factory=dict)

    @property
    def rate(self) -> WinRate:
        """Won of closed, and won of all, by count."""
        return win_rate(self.won, self.lost, self.open)

    def amount_rate(self, currency: str) -> WinRate:
        """Won of closed, and won of all, by amount in one currency."""
        won, lost, still = (Fraction(self.amounts.get((outcome, currency), 0)) for outcome in ("won", "lost", "open"))
        return win_rate(won, lost, still)


_AGENT = "LEFT JOIN sales_salesagent AS agent ON agent.id = deal.agent_id LEFT JOIN workspace_member AS owner ON owner.id = deal.owner_id"
_PRODUCT = "LEFT JOIN sales_salesproduct AS product ON product.id = deal.product_id"
_ACCOUNT = "LEFT JOIN directory_account AS account ON account.id = deal.account_id"
_LEAD = "LEFT JOIN market_lead AS lead ON lead.id = deal.lead_id"
# What deals are told apart by: (key, label, join). Credited to the agent, else to the owner.
DIMENSIONS: dict[str, tuple[str, str, str]] = {
    "seller": ("coalesce(agent.id, owner.id)::text", "coalesce(agent.name, owner.name)", _AGENT),
    "team": ("coalesce(nullif(agent.team, ''), owner.team)", "coalesce(nullif(agent.team, ''), owner.team)", _AGENT),
    "manager": ("agent.manager", "agent.manager", _AGENT),
    "product": ("product.id::text", "product.name", _PRODUCT),
    "series": ("product.series", "product.series", _PRODUCT),
    "channel": (
        "channel.id::text",
        "channel.name",
        f"{_LEAD} LEFT JOIN market_channel AS channel ON channel.id = lead.channel_id",
    ),
    "persona": ("lead.persona", "lead.persona", _LEAD),
    "segment": (
        "segment.id::text",
        "segment.name",
        f"{_ACCOUNT} {_LEAD} LEFT JOIN directory_segment AS segment ON segment.id = coalesce(account.segment_id, lead.segment_id)",
    ),
    "account": ("account.id::text", "account.name", _ACCOUNT),
    "industry": ("account.industry", "account.industry", _ACCOUNT),
    "country": ("account.country", "account.country", _ACCOUNT),
    "stage": ("stage.id::text", "stage.name", "LEFT JOIN sales_pipelinestage AS stage ON stage.id = deal.stage_id"),
    "reason": ("deal.reason", "deal.reason", ""),
    "competitor": ("deal.competitor", "deal.competitor", ""),
    "partner": ("deal.partner", "deal.partner", ""),
    "kind": ("deal.kind", "deal.kind", ""),
    "all": ("''", "''", ""),
}

_DEALS = """
WITH deal AS (
  SELECT *, extract(epoch FROM closed_at AT TIME ZONE %s - engaged_at AT TIME ZONE %s) / 86400 AS days
  FROM sales_opportunity WHERE workspace_id = tenure_workspace() AND id IN ({visible})
)
"""
_COUNTS = """
SELECT coalesce({key}, ''), coalesce({label}, ''),
  count(*) FILTER (WHERE outcome = 'won'), count(*) FILTER (WHERE outcome = 'lost'), count(*) FILTER (WHERE outcome = 'open'),
  count(days) FILTER (WHERE outcome = 'won'), avg(days) FILTER (WHERE outcome = 'won')::float8,
  (percentile_cont(0.5) WITHIN GROUP (ORDER BY days) FILTER (WHERE outcome = 'won'))::float8,
  count(days) FILTER (WHERE outcome = 'lost'), avg(days) FILTER (WHERE outcome = 'lost')::float8,
  (percentile_cont(0.5) WITHIN GROUP (ORDER BY days) FILTER (WHERE outcome = 'lost'))::float8
FROM deal {join} GROUP BY 1, 2 ORDER BY count(*) DESC, 2
"""
_AMOUNTS = """
SELECT coalesce({key}, ''), coalesce({label}, ''), outcome, deal.currency, count(amount_minor), sum(amount_minor)::bigint
FROM deal {join} WHERE amount_minor IS NOT NULL GROUP BY 1, 2, 3, 4
"""


def deals_by(ctx: Context, dimension: str, where: Q | None = None) -> list[DealGroup]:
    """Deals the caller may see that pass `where`, told apart by a key of DIMENSIONS, the most numerous first."""
    key, label, join = DIMENSIONS[dimension]
    groups = {}
    for name, shown, won, lost, open_, *days in _rows(ctx, _COUNTS.format(key=key, label=label, join=join), where):
        groups[name, shown] = DealGroup(name, shown, won, lost, open_, Days(*days[:3]), Days(*days[3:]))
    for name, shown, outcome, currency, count, minor in _rows(ctx, _AMOUNTS.format(key=key, label=label, join=join), where):
        group = groups[name, shown]
        group.amounts[outcome, currency] = minor
        group.with_amount[outcome] = group.with_amount.get(outcome, 0) + count
    return list(groups.values())


def all_deals(ctx: Context, where: Q | None = None) -> DealGroup:
    """All deals the caller may see that pass `where`, as one group; an empty one where there are none."""
    nothing = Days(0, None, None)
    return next(iter(deals_by(ctx, "all", where)), DealGroup("", "", 0, 0, 0, nothing, nothing))


def _rows(ctx: Context, query: str, where: Q | None) -> list[tuple[Any, ...]]:
    visible, parameters = visible_ids(ctx, OPPORTUNITY, where)
    zone = ctx.workspace.zone
    with whole_set_cursor() as cursor:
        cursor.execute(_DEALS.replace("{visible}", visible) + query, [zone, zone, *parameters])
        return cursor.fetchall()
