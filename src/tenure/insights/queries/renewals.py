"""Contracts due in two windows and how many were renewed, by logo and by amount, from the item values.

A contract is due at each end of its term, counted from its first paid day. It is renewed when its account still pays for anything after
that day; by amount, with what the subscription itself is worth from that day on, at most what it was worth before.
Rule: spec/metrics.md, "Renewal rate"; insights/domain/renewals.py.

Dues are counted, not listed: how many lie up to a day follows from the calendar. What is worth the same before and after a due is renewed
whole; only where a value ends or begins on the very day of a due are the two held against each other.
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


# More dues than any contract has: of one that goes on.
_ENDLESS = 1_000_000


def _dues_until(month: str, day: str, is_last: str) -> str:
    """SQL: how many dues of a contract lie on or before a day. month: counted from the year 0. is_last: whether the day is its month's last.

    A contract that began on the 31st is due on the last day of a shorter month.
    """
    return f"greatest(0, ({month} - first_month - ({day} < first_day AND NOT {is_last})::int) / months)"


def _month(day: str) -> str:
    return f"(date_part('year', {day}) * 12 + date_part('month', {day}))::int"


def _dues_until_day(day: str) -> str:
    return _dues_until(_month(day), f"date_part('day', {day})::int", f"date_part('day', {day} + 1) = 1")


def _both(term: str, name: str) -> str:
    """The sums of a term over the dues of each window: of those after `since` up to `until`."""
    windows = (("before", "start", "middle"), ("current", "middle", "end"))
    return ", ".join(f"sum({term.format(since=since, until=until)}) AS {name}_{window}" for window, since, until in windows)


_SQL = f"""
WITH fact AS MATERIALIZED (
  SELECT subscription_id, micros > 0 AS is_paid, CASE WHEN state <> 'paused' THEN micros * coalesce(rate, 0) ELSE 0 END AS worth,
    (valid_from AT TIME ZONE %(zone)s)::date AS since, (valid_to AT TIME ZONE %(zone)s)::date AS upto
  FROM billing_itemfact
  WHERE workspace_id = tenure_workspace() AND superseded_at IS NULL AND charge = 'recurring' AND state IN ('paid', 'past_due', 'paused')
    AND (%(accounts)s::uuid[] IS NULL OR account_id = ANY(%(accounts)s::uuid[]))
), paid AS (
  SELECT subscription_id, min(since) AS began, CASE WHEN bool_or(upto IS NULL) THEN NULL ELSE max(upto) END AS until
  FROM fact WHERE is_paid GROUP BY subscription_id
), termed AS (
  SELECT s.id, s.account_id, paid.began, paid.until, {_month("paid.began")} AS first_month, date_part('day', paid.began)::int AS first_day,
    CASE coalesce(nullif(s.term, ''), main.interval, 'month') WHEN 'month' THEN 1 WHEN 'quarter' THEN 3 WHEN 'half_year' THEN 6 WHEN 'year' THEN 12 ELSE 0 END
      * CASE WHEN s.term = '' THEN coalesce(main.interval_count, 1) ELSE s.term_count END AS months
  FROM billing_subscription s JOIN paid ON paid.subscription_id = s.id
  LEFT JOIN billing_subscriptionitem main ON main.workspace_id = tenure_workspace() AND main.id = s.id
  WHERE s.workspace_id = tenure_workspace() AND s.deleted_at IS NULL AND paid.began < %(end)s
), contract AS MATERIALIZED (
  SELECT *, {", ".join(f"{_dues_until(f'%({name}_month)s', f'%({name}_day)s', f'%({name}_is_last)s')} AS to_{name}" for name in ("start", "middle", "end"))},
    CASE WHEN until IS NULL THEN {_ENDLESS} ELSE {_dues_until_day("(until - 1)")} END AS went_on
  FROM termed WHERE months > 0
), last AS (
  SELECT id, account_id, months, went_on >= to_middle AS is_current, (began + (went_on + 1) * make_interval(months => months))::date AS due_on
  FROM contract WHERE until IS NOT NULL AND went_on + 1 > to_start AND went_on + 1 <= to_end
), followed AS (
  SELECT months, is_current, count(*) AS kept FROM last WHERE EXISTS (
    SELECT FROM termed other WHERE other.account_id = last.account_id AND other.id <> last.id AND other.began <= last.due_on
      AND coalesce(other.until > last.due_on, true)) GROUP BY 1, 2
), span AS (
  SELECT subscription_id, months, began, worth, since, upto, to_start, to_middle, to_end,
    {_dues_until_day("since")} AS to_since, CASE WHEN upto IS NULL THEN {_ENDLESS} ELSE {_dues_until_day("upto")} END AS to_upto
  FROM fact JOIN contract ON contract.id = fact.subscription_id WHERE worth <> 0 AND since < %(end)s AND coalesce(upto >= %(start)s, true)
), edge AS (
  SELECT subscription_id, months, to_since AS number, since AS day, -worth AS lost, began, to_middle FROM span WHERE to_since > to_start AND to_since <= to_end
  UNION ALL
  SELECT subscription_id, months, to_upto, upto, worth, began, to_middle FROM span WHERE to_upto > to_start AND to_upto <= to_end
), lost AS (
  SELECT months, is_current, sum(lost) FROM (
    SELECT months, number > to_middle AS is_current, sum(lost) AS lost FROM edge
    WHERE day = (began + number * make_interval(months => months))::date GROUP BY subscription_id, months, number, to_middle
  ) AS due WHERE lost > 0 GROUP BY 1, 2
), counted AS (
  SELECT months, {_both("greatest(0, least(to_{until}, went_on + 1) - to_{since})", "due")}, {_both("greatest(0, least(to_{until}, went_on) - to_{since})", "renewed")}
  FROM contract GROUP BY months
), amount AS (
  SELECT months, {_both("worth * greatest(0, least(to_{until}, to_upto) - greatest(to_{since}, to_since))", "worth")} FROM span GROUP BY months
), part AS (
  SELECT months, part.* FROM counted LEFT JOIN amount USING (months) CROSS JOIN LATERAL (VALUES
    (false, due_before, renewed_before, worth_before), (true, due_current, renewed_current, worth_current)) AS part(is_current, due, renewed, worth)
)
SELECT months >= {LONG_TERM_MONTHS}, is_current, sum(due), sum(renewed + coalesce(kept, 0)),
  coalesce(sum(worth), 0), coalesce(sum(worth - coalesce(lost.sum, 0)), 0)
FROM part LEFT JOIN followed USING (months, is_current) LEFT JOIN lost USING (months, is_current)
GROUP BY 1, 2
"""  # noqa: S608 - constants


def renewals(ctx: Context, start: dt.date, middle: dt.date, end: dt.date, accounts: Collection[UUID] | None = None) -> Renewals:
    """Of contracts of three months and longer; of all where there are none so long."""
    parameters: dict[str, Any] = {
        "start": start,
        "end": end,
        "zone": ctx.workspace.zone,
        "accounts": visible_accounts(ctx, accounts),
        **_day_before("start", start),
        **_day_before("middle", middle),
        **_day_before("end", end),
    }
    with whole_set_cursor() as cursor:
        cursor.execute(_SQL, parameters)
        found = {(is_long, is_current): _rate(*counts) for is_long, is_current, *counts in cursor.fetchall()}
    is_long = any(rate.due for (is_long, _), rate in found.items() if is_long)
    nothing = _rate(0, 0, Decimal(0), Decimal(0))
    return Renewals(found.get((is_long, False), nothing), found.get((is_long, True), nothing), is_long)


def _day_before(name: str, day: dt.date) -> dict[str, int | bool]:
    """The last day before a window's edge, as `_dues_until` takes it."""
    last = day - dt.timedelta(days=1)
    return {f"{name}_month": last.year * 12 + last.month, f"{name}_day": last.day, f"{name}_is_last": day.day == 1}


def _rate(due: int, renewed: int, amount_due: Decimal, amount_renewed: Decimal) -> RenewalRate:
    return RenewalRate(int(due), int(renewed), 0, 0, Fraction(amount_due), Fraction(amount_renewed))
