"""What each channel's customers brought: who was won in a window, their first MRR, what they pay now, and who left in the last year.

A customer belongs to the channel of the lead of its account's first turn; without a lead, to none.
"""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import TYPE_CHECKING, NamedTuple
from uuid import UUID

from django.db.models import QuerySet

from tenure.billing.queries.revenue import visible_accounts
from tenure.directory.models import Turn
from tenure.insights.queries.reach import embedded, visible_turns
from tenure.workspace.queries.whole import whole_set_cursor

if TYPE_CHECKING:
    from typing import Any

    from tenure.workspace.context import Context


class ChannelMoney(NamedTuple):
    """One channel (None: without): customers won in the window, the MRR they began with, customers and MRR now, and of a year ago and lost.

    Amounts in micros of the reporting currency per month.
    """

    channel_id: UUID | None
    won: int
    new_micros: Decimal
    customers: int
    micros: Decimal
    year_ago: int
    lost: int


_SQL = """
WITH origin AS (
  SELECT DISTINCT ON (t.account_id) t.account_id, l.channel_id FROM directory_turn t
  LEFT JOIN market_lead l ON l.workspace_id = tenure_workspace() AND l.id = t.lead_id AND l.deleted_at IS NULL
  WHERE t.workspace_id = tenure_workspace() AND t.account_id IS NOT NULL ORDER BY t.account_id, t.lead_id IS NULL, t.opened_at, t.id
), worth AS (
  SELECT account_id, coalesce(sum(micros * rate) FILTER (WHERE kind = 'new' AND effective_on >= %(start)s), 0) AS began,
    bool_or(kind = 'new' AND effective_on >= %(start)s) AS is_new, coalesce(sum(micros * rate), 0) AS level,
    coalesce(sum(micros * rate) FILTER (WHERE effective_on < %(year_ago)s), 0) AS level_then
  FROM billing_mrrmovement
  WHERE workspace_id = tenure_workspace() AND voided_at IS NULL AND effective_on < %(end)s
    AND (%(accounts)s::uuid[] IS NULL OR account_id = ANY(%(accounts)s::uuid[]))
  GROUP BY account_id
)
SELECT origin.channel_id, count(*) FILTER (WHERE is_new), coalesce(sum(began), 0), count(*) FILTER (WHERE level > 0), coalesce(sum(level) FILTER (WHERE level > 0), 0),
  count(*) FILTER (WHERE level_then > 0), count(*) FILTER (WHERE level_then > 0 AND level <= 0)
FROM worth LEFT JOIN origin ON origin.account_id = worth.account_id GROUP BY 1
"""


def channel_money(ctx: Context, start: dt.date, end: dt.date, year_ago: dt.date) -> dict[UUID | None, ChannelMoney]:
    """By channel, of accounts first paid in [start, end) and of those that paid a year before its end."""
    parameters = {"start": start, "end": end, "year_ago": year_ago, "accounts": visible_accounts(ctx, None)}
    with whole_set_cursor() as cursor:
        cursor.execute(_SQL, parameters)
        return {row[0]: ChannelMoney(*row) for row in cursor.fetchall()}


_WINS = """
SELECT l.channel_id, count(DISTINCT e.turn_id) FROM directory_stageentry e
JOIN directory_turn t ON t.workspace_id = tenure_workspace() AND t.id = e.turn_id
LEFT JOIN market_lead l ON l.workspace_id = tenure_workspace() AND l.id = t.lead_id AND l.deleted_at IS NULL
WHERE e.workspace_id = tenure_workspace() AND e.stage = 'won' AND e.voided_at IS NULL AND e.voids_id IS NULL
  AND e.entered_at >= %(start)s AND e.entered_at < %(end)s {only}
GROUP BY 1
"""


def wins_by_channel(ctx: Context, start: dt.datetime, end: dt.datetime) -> dict[UUID | None, int]:
    """Turns won in [start, end), by the channel of their lead."""
    visible = visible_turns(ctx)
    turns: QuerySet[Any] = Turn.objects.filter(visible).values("pk")
    inner, named = embedded(turns) if visible else ("", {})
    with whole_set_cursor() as cursor:
        cursor.execute(_WINS.format(only=f"AND e.turn_id IN ({inner})" if inner else ""), {"start": start, "end": end, **named})
        return dict(cursor.fetchall())
