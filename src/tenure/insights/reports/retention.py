"""Retention: customers by the month they joined, followed month by month, as a triangle and as curves."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

from tenure.insights.cohort import Cohort, months_before
from tenure.insights.domain.cohorts import CohortRow
from tenure.insights.domain.intervals import wilson_interval
from tenure.insights.domain.retention import gross_retention, net_retention
from tenure.insights.enums import Span
from tenure.insights.queries.months import CohortChange, list_cohort_changes
from tenure.insights.queries.reach import accounts_of
from tenure.insights.queries.years import two_windows
from tenure.insights.reports.figures import MICROS
from tenure.kernel.rounding import ratio

if TYPE_CHECKING:
    from tenure.workspace.context import Context

SMALL = 10


@dataclass(frozen=True, slots=True)
class CurvePoint:
    """All cohorts that have reached an age, together: shares of customers and of revenue, and the interval of the first."""

    age: int
    customers: int
    kept: int
    logo: Fraction | None
    revenue: Fraction | None
    interval: tuple[float, float] | None
    is_small: bool


@dataclass(frozen=True, slots=True)
class YearOfRetention:
    """Net and gross retention of the year that ends with a day."""

    ends_on: dt.date
    net: Fraction | None
    gross: Fraction | None


@dataclass(frozen=True, slots=True)
class Retention:
    """The report: rows by month of joining, `joined_month` counted from year 0; the last column of each is the present month."""

    cohort: Cohort
    computed_at: dt.datetime
    rows: list[CohortRow]
    curve: list[CurvePoint]
    years: list[YearOfRetention]


def retention(ctx: Context, parameters: Mapping[str, str]) -> Retention:
    """The triangle of customers who joined in the period that URL parameters ask for; without one, in the last 24 months."""
    cohort = Cohort.read(ctx, parameters, default=Span.TWO_YEARS)
    end = ctx.today() + dt.timedelta(days=1)
    accounts = accounts_of(ctx, cohort)
    everyone = triangle_of(list_cohort_changes(ctx, end, accounts), ctx.today())
    if not any(parameters.get(name) for name in ("period", "from", "to")) and not _within(everyone, cohort):
        cohort = Cohort.read(ctx, parameters, default=Span.ALL)
    windows = two_windows(ctx, months_before(end, 24), months_before(end, 12), end, accounts)
    years = [
        YearOfRetention(day, net_retention([window.uncapped]), gross_retention([window.capped]))
        for day, window in ((months_before(ctx.today(), 12), windows.before), (ctx.today(), windows.current))
    ]
    rows = _within(everyone, cohort)
    return Retention(cohort, ctx.now(), rows, curve_of(rows), years)


def month_number(day: dt.date) -> int:
    """A month as a running number."""
    return day.year * 12 + day.month - 1


def month_of(number: int) -> dt.date:
    """The first day of a running month."""
    return dt.date(number // 12, number % 12 + 1, 1)


def triangle_of(changes: Sequence[CohortChange], today: dt.date) -> list[CohortRow]:
    """Levels from differences: each cohort's changes summed up, months without change keeping the level before."""
    now = month_number(today)
    by_cohort: dict[int, dict[int, CohortChange]] = {}
    for change in changes:
        by_cohort.setdefault(month_number(change.cohort), {})[month_number(change.month)] = change
    rows = []
    for joined, months in sorted(by_cohort.items()):
        row = CohortRow(joined, customers=sum(change.joined for change in months.values()))
        customers, micros = 0, Fraction(0)
        for month in range(joined, now + 1):
            found = months.get(month)
            if found is not None:
                customers += found.customers
                micros += Fraction(found.micros)
            row.customers_by_age.append(customers)
            row.mrr_by_age.append(micros / MICROS)
        row.start = row.mrr_by_age[0] if row.mrr_by_age else Fraction(0)
        rows.append(row)
    return rows


def curve_of(rows: Sequence[CohortRow]) -> list[CurvePoint]:
    """By age, over the cohorts old enough to have reached it: younger ones are left out of numerator and denominator alike."""
    points = []
    for age in range(max((len(row.customers_by_age) for row in rows), default=0)):
        reached = [row for row in rows if len(row.customers_by_age) > age]
        customers, kept = sum(row.customers for row in reached), sum(row.customers_by_age[age] for row in reached)
        revenue = ratio(
            sum((row.mrr_by_age[age] for row in reached), Fraction(0)), sum((row.start for row in reached), Fraction(0))
        )
        points.append(
            CurvePoint(
                age,
                customers,
                kept,
                ratio(kept, customers),
                revenue,
                wilson_interval(min(kept, customers), customers),
                customers < SMALL,
            )
        )
    return points


def _within(rows: Sequence[CohortRow], cohort: Cohort) -> list[CohortRow]:
    if cohort.period is None:
        return list(rows)
    first = month_number(cohort.period.start)
    last = month_number(cohort.period.end - dt.timedelta(days=1)) if cohort.period.end else None
    return [row for row in rows if row.joined_month >= first and (last is None or row.joined_month <= last)]
