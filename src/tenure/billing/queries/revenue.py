"""Revenue in sets: MRR at an instant, movements by month and kind, and what each billing parent was worth at two instants.

Everything is as known now, or with `known_at` as it was known then. Amounts in micros: millionths of a minor unit, per month.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any, NamedTuple
from uuid import UUID

from tenure.billing.domain.normalise import MICROS_PER_MINOR
from tenure.billing.domain.waterfall import RateUnknown, total
from tenure.directory.models import Account
from tenure.kernel.rounding import as_fraction, half_up_integer
from tenure.workspace.queries.exchange_rates import find_quotes
from tenure.workspace.queries.whole import whole_set_cursor
from tenure.workspace.reach import scope_filter

if TYPE_CHECKING:
    from tenure.workspace.context import Context

_KNOWN_NOW = "superseded_at IS NULL"
_KNOWN_THEN = "recorded_at <= %(known_at)s AND (superseded_at IS NULL OR superseded_at > %(known_at)s)"
_AMONG = "(%(accounts)s::uuid[] IS NULL OR account_id = ANY(%(accounts)s::uuid[]))"


@dataclass(frozen=True, slots=True)
class Level:
    """What ran at an instant: micros a month by currency, how many subscriptions and accounts."""

    micros: dict[str, int] = field(default_factory=dict)
    subscriptions: int = 0
    accounts: int = 0


@dataclass(frozen=True, slots=True)
class MrrAt:
    """MRR at an instant. running: trials included, at what they would be worth; paying: MRR proper, of what is paid for."""

    at: datetime
    running: Level
    paying: Level


_MRR_AT = """
WITH fact AS (
  SELECT currency, account_id, subscription_id, sum(micros) AS micros, sum(micros) FILTER (WHERE state IN ('paid', 'past_due')) AS paid
  FROM billing_itemfact
  WHERE workspace_id = (SELECT tenure_workspace()) AND {known} AND {among} AND state IN ('trial', 'paid', 'past_due') AND charge = 'recurring'
    AND valid_from <= %(at)s AND (valid_to IS NULL OR valid_to > %(at)s)
  GROUP BY 1, 2, 3
), account AS (
  SELECT currency, account_id, sum(micros) AS micros, sum(paid) AS paid, count(*) AS subscriptions, count(*) FILTER (WHERE paid > 0) AS paid_subscriptions
  FROM fact GROUP BY 1, 2
)
SELECT currency, sum(micros)::bigint, coalesce(sum(paid), 0)::bigint, sum(subscriptions)::int, sum(paid_subscriptions)::int,
  (SELECT count(DISTINCT account_id) FROM account), (SELECT count(DISTINCT account_id) FROM account WHERE paid > 0)
FROM account GROUP BY currency
"""


def mrr_at(
    ctx: Context, at: datetime | date, *, accounts: Collection[UUID] | None = None, known_at: datetime | None = None
) -> MrrAt:
    """MRR at an instant, or on a civil day of the workspace's zone. accounts: only theirs; None for all the caller may see."""
    instant = at if isinstance(at, datetime) else datetime.combine(at, time(), ctx.workspace.tz)
    text = _MRR_AT.format(known=_KNOWN_NOW if known_at is None else _KNOWN_THEN, among=_AMONG)
    rows = _rows(text, at=instant, known_at=known_at, accounts=visible_accounts(ctx, accounts))
    owners, payers = rows[0][5:] if rows else (0, 0)
    return MrrAt(
        instant,
        Level({row[0]: row[1] for row in rows}, sum(row[3] for row in rows), owners),
        Level({row[0]: row[2] for row in rows}, sum(row[4] for row in rows), payers),
    )


def in_reporting_minor(ctx: Context, micros: dict[str, int], on: date) -> int:
    """Amounts by currency in minor units of the reporting currency at the rates of the day, rounded once. Raises RateUnknown."""
    quotes = find_quotes(ctx, [(currency, on) for currency in micros])
    missing = [currency for currency in micros if (currency, on) not in quotes]
    if missing:
        raise RateUnknown(currency=", ".join(sorted(missing)))
    amounts = (amount * as_fraction(quotes[currency, on].rate) for currency, amount in micros.items())
    return half_up_integer(total(amounts) / MICROS_PER_MINOR)


class MonthOfMovements(NamedTuple):
    """Movements of one month and kind: their sum at the locked rates in micros of the reporting currency, how many movements and accounts.

    unrated: movements in currencies without a rate, which the sum lacks.
    """

    month: date
    kind: str
    micros: int
    movements: int
    accounts: int
    unrated: int


_BY_MONTH = """
SELECT month, kind, coalesce(sum(micros), 0)::bigint, sum(movements)::int, count(*), sum(unrated)::int
FROM (
  SELECT effective_on - (date_part('day', effective_on)::int - 1) AS month, kind, account_id, sum(reporting_micros) AS micros, count(*) AS movements,
    count(*) - count(reporting_micros) AS unrated
  FROM billing_mrrmovement
  WHERE workspace_id = (SELECT tenure_workspace()) AND {known} AND {among} AND effective_on >= %(first)s AND effective_on < %(end)s
  GROUP BY 1, 2, 3
) AS moved
GROUP BY 1, 2 ORDER BY 1, 2
"""


def movements_by_month(
    ctx: Context, first: date, end: date, *, accounts: Collection[UUID] | None = None, known_at: datetime | None = None
) -> list[MonthOfMovements]:
    """The waterfall: movements from `first` up to, but not on, `end`, by month and kind."""
    text = _BY_MONTH.format(known=_known_movements(known_at), among=_AMONG)
    return [
        MonthOfMovements(*row)
        for row in _rows(text, first=first, end=end, known_at=known_at, accounts=visible_accounts(ctx, accounts))
    ]


_OPENING = """
SELECT coalesce(sum(reporting_micros), 0)::bigint FROM billing_mrrmovement
WHERE workspace_id = (SELECT tenure_workspace()) AND {known} AND {among} AND effective_on < %(on)s
"""


def locked_mrr_before(
    ctx: Context, on: date, *, accounts: Collection[UUID] | None = None, known_at: datetime | None = None
) -> int:
    """MRR just before a day begins, in micros of the reporting currency at the locked rates: the sum of all movements before it."""
    text = _OPENING.format(known=_known_movements(known_at), among=_AMONG)
    return _rows(text, on=on, known_at=known_at, accounts=visible_accounts(ctx, accounts))[0][0]


class ParentLevels(NamedTuple):
    """What a billing parent was worth before two days, in micros of the reporting currency at the locked rates."""

    parent_id: UUID
    opening: int
    closing: int
    joined_on: date


_LEVELS = """
SELECT parent_id, coalesce(sum(reporting_micros) FILTER (WHERE effective_on < %(start)s), 0)::bigint, coalesce(sum(reporting_micros), 0)::bigint,
  min(effective_on)
FROM billing_mrrmovement
WHERE workspace_id = (SELECT tenure_workspace()) AND {known} AND {among} AND effective_on < %(end)s
GROUP BY parent_id
"""


def parent_levels(
    ctx: Context, start: date, end: date, *, accounts: Collection[UUID] | None = None, known_at: datetime | None = None
) -> list[ParentLevels]:
    """Every billing parent that had a movement before `end`, with its level as `start` and as `end` begin: the ground of NRR and GRR."""
    text = _LEVELS.format(known=_known_movements(known_at), among=_AMONG)
    return [
        ParentLevels(*row)
        for row in _rows(text, start=start, end=end, known_at=known_at, accounts=visible_accounts(ctx, accounts))
    ]


class Retained(NamedTuple):
    """Sums over the customers that paid as the window began: opening, closing, and the lesser of both per account; and how many stayed."""

    customers: int
    stayed: int
    opening: int
    closing: int
    capped: int


_RETAINED = """
SELECT count(*), count(*) FILTER (WHERE closing > 0), coalesce(sum(opening), 0)::bigint, coalesce(sum(closing), 0)::bigint,
  coalesce(sum(least(opening, closing)), 0)::bigint
FROM (
  SELECT sum(reporting_micros) FILTER (WHERE effective_on < %(start)s) AS opening, sum(reporting_micros) AS closing FROM billing_mrrmovement
  WHERE workspace_id = (SELECT tenure_workspace()) AND {known} AND {among} AND effective_on < %(end)s GROUP BY parent_id
) AS level WHERE opening > 0
"""


def retained_between(
    ctx: Context, start: date, end: date, *, accounts: Collection[UUID] | None = None, known_at: datetime | None = None
) -> Retained:
    """The old cohort point to point: NRR is closing / opening, GRR is capped / opening, logo retention is stayed / customers."""
    text = _RETAINED.format(known=_known_movements(known_at), among=_AMONG)
    return Retained(*_rows(text, start=start, end=end, known_at=known_at, accounts=visible_accounts(ctx, accounts))[0])


class CohortCell(NamedTuple):
    """Customers who joined in `cohort`: what they were worth at the end of `month`, how many of them paid then."""

    cohort: date
    month: date
    micros: int
    customers: int


_COHORTS = """
WITH movement AS (
  SELECT parent_id, effective_on - (date_part('day', effective_on)::int - 1) AS month, coalesce(sum(reporting_micros), 0) AS micros
  FROM billing_mrrmovement
  WHERE workspace_id = (SELECT tenure_workspace()) AND {known} AND {among} AND effective_on < %(end)s GROUP BY 1, 2
), standing AS (
  SELECT month, micros, min(month) OVER so_far AS cohort, sum(micros) OVER so_far AS level
  FROM movement WINDOW so_far AS (PARTITION BY parent_id ORDER BY month)
), change AS (
  SELECT cohort, month, sum(micros) AS micros, sum((level > 0)::int - (level - micros > 0)::int) AS customers
  FROM standing WHERE cohort >= %(first)s GROUP BY 1, 2
)
SELECT cohort, later.month::date, sum(micros)::bigint, sum(customers)::int
FROM change CROSS JOIN LATERAL generate_series(change.month, %(end)s::date - 1, interval '1 month') AS later(month)
GROUP BY 1, 2 ORDER BY 1, 2
"""


def cohort_levels(
    ctx: Context, first: date, end: date, *, accounts: Collection[UUID] | None = None, known_at: datetime | None = None
) -> list[CohortCell]:
    """The triangle: cohorts by month of the first movement from `first` on, at the end of each month before `end` (firsts of months)."""
    text = _COHORTS.format(known=_known_movements(known_at), among=_AMONG)
    return [
        CohortCell(*row) for row in _rows(text, first=first, end=end, known_at=known_at, accounts=visible_accounts(ctx, accounts))
    ]


def visible_accounts(ctx: Context, accounts: Collection[UUID] | None) -> list[UUID] | None:
    """The accounts to count: those asked for that the caller may see; None where all of the workspace count."""
    if ctx.authority.reach("billing.view").everything:
        return None if accounts is None else list(accounts)
    rows = Account.everything.filter(scope_filter(ctx, "billing.view", Account))
    return list((rows if accounts is None else rows.filter(pk__in=list(accounts))).values_list("pk", flat=True))


def months_between(first: date, end: date) -> list[date]:
    """The firsts of the months from `first` up to, but not on, `end`."""
    months, month = [], first.replace(day=1)
    while month < end:
        months.append(month)
        month = (month + timedelta(days=31)).replace(day=1)
    return months


def _known_movements(known_at: datetime | None) -> str:
    return (_KNOWN_NOW if known_at is None else _KNOWN_THEN).replace("superseded_at", "voided_at")


def _rows(text: str, **parameters: Any) -> Sequence[Any]:  # noqa: ANN401 - values of SQL
    with whole_set_cursor() as cursor:
        cursor.execute(text, parameters)
        return cursor.fetchall()
