"""Two windows of revenue side by side in one pass over the movements: what the old customers became, what came and went, and MRR.

Amounts in micros (millionths of a minor unit, per month) of the reporting currency at the locked rates, MRR by currency.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass, field
from decimal import Decimal
from typing import TYPE_CHECKING
from uuid import UUID

from tenure.billing.domain.waterfall import Waterfall
from tenure.billing.queries.revenue import visible_accounts
from tenure.insights.domain.retention import Retained
from tenure.workspace.queries.whole import whole_set_cursor

if TYPE_CHECKING:
    from tenure.workspace.context import Context


@dataclass(slots=True)
class Window:
    """One window: the customers that paid as it began and how many of them stayed, their amounts, and the movements inside it.

    uncapped, capped: the old cohort as one amount (opening, closing), and with each customer capped at its opening, for
    net_retention and gross_retention. new_customers: billing parents that bought for the first time.
    """

    customers: int = 0
    stayed: int = 0
    uncapped: Retained = field(default_factory=lambda: Retained(0, 0))
    capped: Retained = field(default_factory=lambda: Retained(0, 0))
    flows: dict[str, Decimal] = field(default_factory=dict)
    counts: dict[str, int] = field(default_factory=dict)

    @property
    def waterfall(self) -> Waterfall:
        """The movements by kind."""
        return Waterfall(**self.flows)

    @property
    def new_customers(self) -> int:
        """How many bought for the first time."""
        return self.counts.get("new", 0)


@dataclass(frozen=True, slots=True)
class TwoWindows:
    """[start, middle) and [middle, end), and MRR by currency as `middle` and as `end` begin."""

    before: Window
    current: Window
    mrr_then: dict[str, int]
    mrr_now: dict[str, int]


_SQL = """
WITH movement AS MATERIALIZED (
  SELECT parent_id, kind, currency, effective_on, micros, micros * rate AS worth FROM billing_mrrmovement
  WHERE workspace_id = tenure_workspace() AND voided_at IS NULL AND effective_on < %(end)s
    AND (%(accounts)s::uuid[] IS NULL OR account_id = ANY(%(accounts)s::uuid[]))
), level AS (
  SELECT parent_id, coalesce(sum(worth) FILTER (WHERE effective_on < %(start)s), 0) AS first,
    coalesce(sum(worth) FILTER (WHERE effective_on < %(middle)s), 0) AS second, coalesce(sum(worth), 0) AS third
  FROM movement GROUP BY parent_id
)
SELECT 'retained', 'before', count(*) FILTER (WHERE first > 0), count(*) FILTER (WHERE first > 0 AND second > 0),
  sum(first) FILTER (WHERE first > 0), sum(second) FILTER (WHERE first > 0), sum(least(first, second)) FILTER (WHERE first > 0) FROM level
UNION ALL
SELECT 'retained', 'current', count(*) FILTER (WHERE second > 0), count(*) FILTER (WHERE second > 0 AND third > 0),
  sum(second) FILTER (WHERE second > 0), sum(third) FILTER (WHERE second > 0), sum(least(second, third)) FILTER (WHERE second > 0) FROM level
UNION ALL
SELECT 'flow', kind, count(DISTINCT parent_id) FILTER (WHERE effective_on < %(middle)s), count(DISTINCT parent_id) FILTER (WHERE effective_on >= %(middle)s),
  sum(worth) FILTER (WHERE effective_on < %(middle)s), sum(worth) FILTER (WHERE effective_on >= %(middle)s), NULL
FROM movement WHERE effective_on >= %(start)s GROUP BY kind
UNION ALL
SELECT 'mrr', currency, 0, 0, sum(micros) FILTER (WHERE effective_on < %(middle)s), sum(micros), NULL FROM movement GROUP BY currency
"""


def two_windows(
    ctx: Context, start: dt.date, middle: dt.date, end: dt.date, accounts: Collection[UUID] | None = None
) -> TwoWindows:
    """Both windows, of the accounts given (None: of all) as far as the caller may see them."""
    found = TwoWindows(Window(), Window(), {}, {})
    with whole_set_cursor() as cursor:
        cursor.execute(_SQL, {"start": start, "middle": middle, "end": end, "accounts": visible_accounts(ctx, accounts)})
        for section, key, one, two, first, second, third in cursor.fetchall():
            if section == "retained":
                window = found.before if key == "before" else found.current
                window.customers, window.stayed = one, two
                window.uncapped, window.capped = Retained(first or 0, second or 0), Retained(first or 0, third or 0)
            elif section == "flow":
                found.before.flows[key], found.current.flows[key] = first or Decimal(0), second or Decimal(0)
                found.before.counts[key], found.current.counts[key] = one, two
            else:
                found.mrr_then[key], found.mrr_now[key] = int(first or 0), int(second or 0)
    return found
