"""Months as they were known at an instant and as they are known now, from the ledger of movements; and the movements in between.

Judged at the billing parent, in micros of the reporting currency at the locked rates. What an account's parent is worth in a month is
domain/restatements.ParentMonth, its sums `added_up`; a test compares them.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, Any, NamedTuple
from uuid import UUID

from tenure.billing.queries.revenue import visible_accounts
from tenure.insights.cohort import months_before
from tenure.insights.domain.restatements import Knowledge, MonthSums, ParentMonth, following
from tenure.workspace.queries.whole import whole_set_cursor

if TYPE_CHECKING:
    from tenure.workspace.context import Context

_THEN = "recorded_at <= known_at AND (voided_at IS NULL OR voided_at > known_at)"
_NOW = "voided_at IS NULL"
_MOVEMENT = """
WITH month AS (
  SELECT * FROM unnest(%(firsts)s::date[], %(ends)s::date[], %(years)s::date[], %(known)s::timestamptz[]) AS month(first, ends, year, known_at)
), movement AS MATERIALIZED (
  SELECT id, parent_id, account_id, subscription_id, item_id, kind, micros * rate AS worth, effective_on, recorded_at, voided_at FROM billing_mrrmovement
  WHERE workspace_id = tenure_workspace() AND (%(accounts)s::uuid[] IS NULL OR account_id = ANY(%(accounts)s::uuid[]))
)"""


def _levels(name: str, known: str) -> str:
    standing = "kind NOT IN ('pause', 'resume')"
    return f"""
    coalesce(sum(worth) FILTER (WHERE ({known}) AND effective_on < year), 0) AS year_{name},
    coalesce(sum(worth) FILTER (WHERE ({known}) AND effective_on < first AND {standing}), 0) AS opening_{name},
    coalesce(sum(worth) FILTER (WHERE ({known}) AND {standing}), 0) AS standing_{name},
    coalesce(sum(worth) FILTER (WHERE {known}), 0) AS closing_{name},
    coalesce(bool_or(kind = 'churn' AND effective_on >= first) FILTER (WHERE {known}), false) AS churned_{name}"""


def _sums(name: str) -> str:
    was_there = f"FILTER (WHERE year_{name} > 0)"
    return f"""
  coalesce(sum(closing_{name}), 0), coalesce(sum(year_{name}) {was_there}, 0), coalesce(sum(closing_{name}) {was_there}, 0),
  coalesce(sum(least(year_{name}, closing_{name})) {was_there}, 0), count(*) FILTER (WHERE opening_{name} > 0),
  count(*) FILTER (WHERE churned_{name} AND opening_{name} > 0 AND standing_{name} <= 0)"""


_LEVEL = f"""
  SELECT first, parent_id, {_levels("then", _THEN)}, {_levels("now", _NOW)}
  FROM month JOIN movement ON effective_on < ends"""  # noqa: S608 - constants
_MONTHS = f"""{_MOVEMENT}, level AS ({_LEVEL} GROUP BY first, parent_id), known AS (
  SELECT first, coalesce(bool_or({_THEN}), false) AS is_known, min(recorded_at) FILTER (WHERE recorded_at > known_at) AS known_first FROM month CROSS JOIN movement GROUP BY first
)
SELECT first, bool_or(is_known), min(known_first), {_sums("then")}, {_sums("now")}
FROM known LEFT JOIN level USING (first) GROUP BY first ORDER BY first
"""  # noqa: S608 - constants
_CHANGES = f"""{_MOVEMENT}, changed AS (
  SELECT month.*, movement.*, row_number() OVER (PARTITION BY first ORDER BY abs(worth) DESC NULLS LAST, id) AS place, count(*) OVER (PARTITION BY first) AS changes
  FROM month JOIN movement ON effective_on < ends
  WHERE (recorded_at > known_at AND voided_at IS NULL) OR (recorded_at <= known_at AND voided_at > known_at)
), telling AS (SELECT * FROM changed WHERE place <= %(limit)s
), level AS ({_LEVEL} WHERE (first, parent_id) IN (SELECT first, parent_id FROM telling) GROUP BY first, parent_id)
SELECT first, telling.changes, telling.id, telling.account_id, account.name, telling.subscription_id, telling.item_id, item.plan, telling.kind,
  coalesce(telling.worth, 0), telling.effective_on,
  telling.recorded_at, telling.voided_at,
  year_then, opening_then, standing_then, closing_then, churned_then, year_now, opening_now, standing_now, closing_now, churned_now
FROM telling JOIN level USING (first, parent_id)
JOIN directory_account account ON account.workspace_id = tenure_workspace() AND account.id = telling.account_id
JOIN billing_subscriptionitem item ON item.workspace_id = tenure_workspace() AND item.id = telling.item_id
ORDER BY first, place
"""  # noqa: S608 - constants
_FIRST = """
SELECT coalesce(min(effective_on) FILTER (WHERE voided_at IS NULL), min(effective_on)) FROM billing_mrrmovement
WHERE workspace_id = tenure_workspace() AND (%(accounts)s::uuid[] IS NULL OR account_id = ANY(%(accounts)s::uuid[]))
"""


@dataclass(frozen=True, slots=True)
class AskedMonth:
    """A month by its first day, and the instant at which it was reported."""

    first: dt.date
    known_at: dt.datetime


@dataclass(frozen=True, slots=True)
class KnownMonth:
    """A month's sums as reported and now, in micros. is_known: whether anything was known when it was reported; known_first: what came next."""

    first: dt.date
    is_known: bool
    known_first: dt.datetime | None
    then: MonthSums
    now: MonthSums


class Change(NamedTuple):
    """A movement that was recorded or voided since a month was reported, and its billing parent in that month, then and now."""

    month: dt.date
    changes: int
    movement_id: UUID
    account_id: UUID
    account: str
    subscription_id: UUID
    item_id: UUID
    plan: str
    kind: str
    micros: Fraction
    effective_on: dt.date
    known: Knowledge
    then: ParentMonth
    now: ParentMonth


def first_movement_on(ctx: Context) -> dt.date | None:
    """The day of the earliest movement that counts; of any, where none counts any more; None where there are none."""
    found: dt.date | None = _rows(_FIRST, {"accounts": visible_accounts(ctx, None)})[0][0]
    return found


def known_months(ctx: Context, months: Sequence[AskedMonth]) -> list[KnownMonth]:
    """The sums of these months, as reported and now, of what the caller may see."""
    if not months:
        return []
    rows = _rows(_MONTHS, _parameters(ctx, months))
    return [KnownMonth(row[0], row[1], row[2], _sums_of(row[3:9]), _sums_of(row[9:15])) for row in rows]


def changes_since(ctx: Context, months: Sequence[AskedMonth], limit: int) -> list[Change]:
    """The movements recorded or voided since each of these months was reported, the largest first, at most `limit` a month."""
    if not months:
        return []
    rows = _rows(_CHANGES, {**_parameters(ctx, months), "limit": limit})
    return [
        Change._make((*row[:9], Fraction(row[9]), row[10], Knowledge(*row[11:13]), _parent(row[13:18]), _parent(row[18:])))
        for row in rows
    ]


def _parameters(ctx: Context, months: Sequence[AskedMonth]) -> dict[str, Any]:
    ends = [following(month.first) for month in months]
    accounts: Collection[UUID] | None = visible_accounts(ctx, None)
    return {
        "firsts": [month.first for month in months],
        "ends": ends,
        "years": [months_before(end, 12) for end in ends],
        "known": [month.known_at for month in months],
        "accounts": accounts,
    }


def _sums_of(values: Sequence[Any]) -> MonthSums:
    mrr, year_ago, net, gross = map(Fraction, values[:4])
    return MonthSums(mrr, year_ago, net, gross, *values[4:])


def _parent(values: Sequence[Any]) -> ParentMonth:
    year_ago, opening, standing, closing = map(Fraction, values[:4])
    return ParentMonth(year_ago, opening, standing, closing, values[4])


def _rows(text: str, parameters: dict[str, Any]) -> list[tuple[Any, ...]]:
    with whole_set_cursor() as cursor:
        cursor.execute(text, parameters)
        return cursor.fetchall()
