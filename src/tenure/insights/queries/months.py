"""Revenue month by month in one pass over the movements: what moved, who joined and who left, and the triangle of cohorts.

Judged at the billing parent. Amounts in micros of the reporting currency at the locked rates. A paused customer stays a customer.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from decimal import Decimal
from typing import TYPE_CHECKING, Any, NamedTuple
from uuid import UUID

from tenure.billing.queries.revenue import visible_accounts
from tenure.workspace.queries.whole import whole_set_cursor

if TYPE_CHECKING:
    from tenure.workspace.context import Context


class MonthOfChange(NamedTuple):
    """One month: sums by kind, customers who joined and left over it, churned ones, and those that do not count as churned.

    joined: was no customer as the month began and is one as it ends; left the other way round. net_worth by currency is apart.
    """

    month: dt.date
    new: Decimal
    expansion: Decimal
    reactivation: Decimal
    resume: Decimal
    contraction: Decimal
    churn: Decimal
    pause: Decimal
    joined: int
    left: int
    churned: int
    churned_and_back: int
    joined_and_churned: int
    first_time: int


def nothing_in(month: dt.date) -> MonthOfChange:
    """A month without any movement."""
    none = Decimal(0)
    return MonthOfChange(month, none, none, none, none, none, none, none, 0, 0, 0, 0, 0, 0)


_AMONG = "(%(accounts)s::uuid[] IS NULL OR account_id = ANY(%(accounts)s::uuid[]))"
_KINDS = ("new", "expansion", "reactivation", "resume", "contraction", "churn", "pause")
_PARENT_MONTHS = f"""
WITH movement AS (
  SELECT parent_id, date_trunc('month', effective_on)::date AS month,
    {", ".join(f"coalesce(sum(micros * rate) FILTER (WHERE kind = '{kind}'), 0) AS {kind}" for kind in _KINDS)},
    bool_or(kind = 'new') AS is_new, bool_or(kind = 'churn') AS is_churned, bool_or(kind = 'reactivation') AS is_back
  FROM billing_mrrmovement
  WHERE workspace_id = tenure_workspace() AND voided_at IS NULL AND effective_on < %(end)s AND {_AMONG}
  GROUP BY 1, 2
), standing AS (
  SELECT *, sum(new + expansion + reactivation + contraction + churn) OVER same AS closing,
    min(month) OVER (PARTITION BY parent_id) AS cohort,
    sum(new + expansion + reactivation + contraction + churn + pause + resume) OVER same AS level
  FROM movement WINDOW same AS (PARTITION BY parent_id ORDER BY month)
), changed AS (
  SELECT *, closing - (new + expansion + reactivation + contraction + churn) AS opening,
    level - (new + expansion + reactivation + contraction + churn + pause + resume) AS level_before FROM standing
)
"""  # noqa: S608 - constant names
_MONTHS = f"""{_PARENT_MONTHS}
SELECT month, {", ".join(f"sum({kind})" for kind in _KINDS)},
  count(*) FILTER (WHERE opening <= 0 AND closing > 0), count(*) FILTER (WHERE opening > 0 AND closing <= 0), count(*) FILTER (WHERE is_churned),
  count(*) FILTER (WHERE is_churned AND closing > 0 AND opening > 0), count(*) FILTER (WHERE is_churned AND opening <= 0 AND closing <= 0),
  count(*) FILTER (WHERE is_new)
FROM changed GROUP BY month ORDER BY month
"""  # noqa: S608 - constant names
_COHORTS = f"""{_PARENT_MONTHS}
SELECT cohort, month, sum(level - level_before), count(*) FILTER (WHERE level_before <= 0 AND level > 0) - count(*) FILTER (WHERE level_before > 0 AND level <= 0),
  count(*) FILTER (WHERE month = cohort)
FROM changed GROUP BY cohort, month ORDER BY cohort, month
"""  # noqa: S608 - constant names


def list_months(ctx: Context, end: dt.date, accounts: Collection[UUID] | None = None) -> list[MonthOfChange]:
    """Every month with movements before `end`, from the first on; months without are missing."""
    return [MonthOfChange(*row) for row in _rows(ctx, _MONTHS, end, accounts)]


class CohortChange(NamedTuple):
    """What changed in `month` for the customers who joined in `cohort`: their MRR and how many of them pay; how many joined."""

    cohort: dt.date
    month: dt.date
    micros: Decimal
    customers: int
    joined: int


def list_cohort_changes(ctx: Context, end: dt.date, accounts: Collection[UUID] | None = None) -> list[CohortChange]:
    """The triangle as differences: summed up along a cohort they are its level; cells without change are missing."""
    return [CohortChange(*row) for row in _rows(ctx, _COHORTS, end, accounts)]


_BY_CURRENCY = f"""
SELECT date_trunc('month', effective_on)::date, currency, sum(micros)::bigint FROM billing_mrrmovement
WHERE workspace_id = tenure_workspace() AND voided_at IS NULL AND effective_on < %(end)s AND {_AMONG} GROUP BY 1, 2 ORDER BY 1
"""  # noqa: S608 - constant names


def list_currency_changes(ctx: Context, end: dt.date, accounts: Collection[UUID] | None = None) -> list[tuple[dt.date, str, int]]:
    """Month, currency, and how much MRR changed in it, in micros of that currency."""
    return [(month, currency, micros) for month, currency, micros in _rows(ctx, _BY_CURRENCY, end, accounts)]


def _rows(ctx: Context, text: str, end: dt.date, accounts: Collection[UUID] | None) -> list[tuple[Any, ...]]:
    with whole_set_cursor() as cursor:
        cursor.execute(text, {"end": end, "accounts": visible_accounts(ctx, accounts)})
        return cursor.fetchall()
