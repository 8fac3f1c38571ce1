"""Contracts due in two windows and how many were renewed, by logo and by amount, from the item values.

A contract is due at each end of its term, counted from its first paid day. It is renewed when its account still pays for anything on
that day; by amount, with what the subscription itself is worth from that day on, at most what it was worth before.
Rule: spec/metrics.md, "Renewal rate"; insights/domain/renewals.py.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, Any, NamedTuple
from uuid import UUID

from tenure.billing.queries.revenue import visible_accounts
from tenure.insights.domain.renewals import RenewalRate
from tenure.workspace.queries.whole import whole_set_cursor

if TYPE_CHECKING:
    from tenure.workspace.context import Context

LONG_TERM_MONTHS = 3


class Renewals(NamedTuple):
    """The rates of [start, middle) and of [middle, end); is_long: only contracts of three months and longer are counted."""

    before: RenewalRate
    current: RenewalRate
    is_long: bool


_SQL = """
WITH paid AS (
  SELECT subscription_id, (min(valid_from) AT TIME ZONE %(zone)s)::date AS began,
    CASE WHEN bool_or(valid_to IS NULL) THEN 'infinity'::date ELSE (max(valid_to) AT TIME ZONE %(zone)s)::date END AS until
  FROM billing_itemfact
  WHERE workspace_id = tenure_workspace() AND superseded_at IS NULL AND charge = 'recurring' AND micros > 0 AND state IN ('paid', 'past_due', 'paused')
    AND (%(accounts)s::uuid[] IS NULL OR account_id = ANY(%(accounts)s::uuid[]))
  GROUP BY subscription_id
), contract AS (
  SELECT s.id, s.account_id, paid.began, paid.until,
    CASE coalesce(nullif(s.term, ''), main.interval, 'month') WHEN 'month' THEN 1 WHEN 'quarter' THEN 3 WHEN 'half_year' THEN 6 WHEN 'year' THEN 12 ELSE 0 END
      * CASE WHEN s.term = '' THEN coalesce(main.interval_count, 1) ELSE s.term_count END AS months
  FROM billing_subscription s JOIN paid ON paid.subscription_id = s.id
  LEFT JOIN billing_subscriptionitem main ON main.workspace_id = tenure_workspace() AND main.id = s.id
  WHERE s.workspace_id = tenure_workspace() AND s.deleted_at IS NULL
), due AS (
  SELECT contract.*, (began + number * make_interval(months => months))::date AS due_on,
    (began + (number - 1) * make_interval(months => months))::date AS term_began
  FROM contract CROSS JOIN LATERAL generate_series(
    greatest(1, (%(start)s::date - began) / (31 * months)), 1 + (least(%(end)s::date, until) - began) / (28 * months)) AS number
  WHERE months >= %(least)s AND began < %(end)s::date AND until >= %(start)s::date
), at AS (
  SELECT due.*, due_on::timestamp AT TIME ZONE %(zone)s AS due_at FROM due
  WHERE due_on >= %(start)s AND due_on < %(end)s AND until > term_began
), followed AS (
  SELECT DISTINCT at.id, at.due_on FROM at JOIN contract other
    ON other.account_id = at.account_id AND other.id <> at.id AND other.began <= at.due_on AND other.until > at.due_on
  WHERE at.until <= at.due_on
), fact AS (
  SELECT subscription_id, account_id, micros * coalesce(rate, 0) AS worth, valid_from, valid_to FROM billing_itemfact
  WHERE workspace_id = tenure_workspace() AND superseded_at IS NULL AND charge = 'recurring' AND state IN ('paid', 'past_due')
    AND (%(accounts)s::uuid[] IS NULL OR account_id = ANY(%(accounts)s::uuid[]))
), amount AS (
  SELECT at.id, at.due_on,
    sum(worth) FILTER (WHERE valid_from < due_at AND (valid_to IS NULL OR valid_to >= due_at)) AS amount_before,
    sum(worth) FILTER (WHERE valid_from <= due_at AND (valid_to IS NULL OR valid_to > due_at)) AS amount_after
  FROM at JOIN fact ON fact.subscription_id = at.id AND fact.account_id = at.account_id
  WHERE valid_from <= due_at AND (valid_to IS NULL OR valid_to >= due_at) GROUP BY at.id, at.due_on
), judged AS (
  SELECT at.due_on, at.until > at.due_on OR followed.id IS NOT NULL AS is_renewed, amount_before, amount_after
  FROM at LEFT JOIN followed ON followed.id = at.id AND followed.due_on = at.due_on
  LEFT JOIN amount ON amount.id = at.id AND amount.due_on = at.due_on
)
SELECT due_on >= %(middle)s, count(*), count(*) FILTER (WHERE is_renewed), coalesce(sum(amount_before), 0), coalesce(sum(least(amount_before, coalesce(amount_after, 0))), 0)
FROM judged GROUP BY 1
"""


def renewals(ctx: Context, start: dt.date, middle: dt.date, end: dt.date, accounts: Collection[UUID] | None = None) -> Renewals:
    """Of contracts of three months and longer; of all where there are none so long."""
    parameters: dict[str, Any] = {
        "start": start,
        "middle": middle,
        "end": end,
        "zone": ctx.workspace.zone,
        "accounts": visible_accounts(ctx, accounts),
    }
    for least in (LONG_TERM_MONTHS, 1):
        with whole_set_cursor() as cursor:
            cursor.execute(_SQL, {**parameters, "least": least})
            found = {is_current: _rate(*counts) for is_current, *counts in cursor.fetchall()}
        if found:
            break
    nothing = _rate(0, 0, Decimal(0), Decimal(0))
    return Renewals(found.get(False, nothing), found.get(True, nothing), is_long=least == LONG_TERM_MONTHS)


def _rate(due: int, renewed: int, amount_due: Decimal, amount_renewed: Decimal) -> RenewalRate:
    return RenewalRate(due, renewed, 0, 0, Fraction(amount_due), Fraction(amount_renewed))
