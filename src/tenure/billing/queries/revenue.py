"""Revenue in sets: MRR at an instant, movements by month and kind, and what each billing parent was worth at two instants.

Everything is as known now, or with `known_at` as it was known then. Amounts in micros: millionths of a minor unit, per month.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from decimal import Decimal
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
SELECT GROUPING(currency), currency, coalesce(sum(micros), 0)::bigint, count(DISTINCT subscription_id), count(DISTINCT account_id),
  coalesce(sum(micros) FILTER (WHERE is_paid), 0)::bigint, count(DISTINCT subscription_id) FILTER (WHERE is_paid AND micros > 0),
  count(DISTINCT account_id) FILTER (WHERE is_paid AND micros > 0)
FROM (
  SELECT currency, micros, subscription_id, account_id, state IN ('paid', 'past_due') AS is_paid FROM billing_itemfact
  WHERE workspace_id = (SELECT tenure_workspace()) AND {known} AND {among} AND state IN ('trial', 'paid', 'past_due') AND charge = 'recurring'
    AND valid_from <= %(at)s AND (valid_to IS NULL OR valid_to > %(at)s)
) AS fact
GROUP BY GROUPING SETS ((currency), ())
"""


def mrr_at(
    ctx: Context, at: datetime | date, *, accounts: Collection[UUID] | None = None, known_at: datetime | None = None
) -> MrrAt:
    """MRR at an instant, or on a civil day of the workspace's zone. accounts: only theirs; None for all the caller may see."""
    instant = at if isinstance(at, datetime) else datetime.combine(at, time(), ctx.workspace.tz)
    text = _MRR_AT.format(known=_KNOWN_NOW if known_at is None else _KNOWN_THEN, among=_AMONG)
    running, paying, counts = {}, {}, (0, 0, 0, 0)
    for is_total, currency, micros, subscriptions, owners, paid, paid_subscriptions, paid_owners in _rows(
        text, at=instant, known_at=known_at, accounts=visible_accounts(ctx, accounts)
    ):
        if is_total:
            counts = (subscriptions, owners, paid_subscriptions, paid_owners)
        else:
            running[currency], paying[currency] = micros, paid
    return MrrAt(instant, Level(running, counts[0], counts[1]), Level(paying, counts[2], counts[3]))


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
    micros: Decimal
    movements: int
    accounts: int
    unrated: int


_BY_MONTH = """
SELECT date_trunc('month', effective_on)::date AS month, kind, coalesce(sum(micros * rate), 0), count(*), count(DISTINCT account_id), count(*) FILTER (WHERE rate IS NULL)
FROM billing_mrrmovement
WHERE workspace_id = (SELECT tenure_workspace()) AND {known} AND {among} AND effective_on >= %(first)s AND effective_on < %(end)s
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
SELECT coalesce(sum(micros * rate), 0), count(*) FILTER (WHERE rate IS NULL) FROM billing_mrrmovement
WHERE workspace_id = (SELECT tenure_workspace()) AND {known} AND {among} AND effective_on < %(on)s
"""


def locked_mrr_before(
    ctx: Context, on: date, *, accounts: Collection[UUID] | None = None, known_at: datetime | None = None
) -> Decimal:
    """MRR just before a day begins, in micros of the reporting currency at the locked rates: the sum of all movements before it."""
    text = _OPENING.format(known=_known_movements(known_at), among=_AMONG)
    return _rows(text, on=on, known_at=known_at, accounts=visible_accounts(ctx, accounts))[0][0]


class ParentLevels(NamedTuple):
    """What a billing parent was worth before two days, in micros of the reporting currency at the locked rates."""

    parent_id: UUID
    opening: Decimal
    closing: Decimal
    joined_on: date


_LEVELS = """
SELECT parent_id, coalesce(sum(micros * rate) FILTER (WHERE effective_on < %(start)s), 0), coalesce(sum(micros * rate), 0), min(effective_on)
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
    opening: Decimal
    closing: Decimal
    capped: Decimal


_RETAINED = """
SELECT count(*), count(*) FILTER (WHERE closing > 0), coalesce(sum(opening), 0), coalesce(sum(closing), 0), coalesce(sum(least(opening, closing)), 0)
FROM (
  SELECT sum(micros * rate) FILTER (WHERE effective_on < %(start)s) AS opening, sum(micros * rate) AS closing FROM billing_mrrmovement
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
    micros: Decimal
    customers: int


_COHORTS = """
WITH movement AS (
  SELECT parent_id, date_trunc('month', effective_on)::date AS month, sum(micros * rate) AS micros FROM billing_mrrmovement
  WHERE workspace_id = (SELECT tenure_workspace()) AND {known} AND {among} AND effective_on < %(end)s GROUP BY 1, 2
), standing AS (
  SELECT parent_id, month, min(month) OVER same AS cohort, sum(micros) OVER (PARTITION BY parent_id ORDER BY month) AS level,
    lead(month) OVER (PARTITION BY parent_id ORDER BY month) AS until
  FROM movement WINDOW same AS (PARTITION BY parent_id)
)
SELECT cohort, series.month::date, sum(level), count(*) FILTER (WHERE level > 0)
FROM standing
CROSS JOIN LATERAL generate_series(standing.month, coalesce(until, %(end)s) - 1, interval '1 month') AS series(month)
WHERE cohort >= %(first)s
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
