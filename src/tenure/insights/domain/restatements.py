"""Restatements: what a month was reported as, what it is known to be now, and which movements make the difference.

A month is reported as it was known when the reporting lag after its end was over. Rule: spec/metrics.md, "A restatement log keeps
what was reported when".
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, tzinfo
from enum import StrEnum
from fractions import Fraction

from tenure.insights.domain.churn import CustomerCounts, customer_churn_rate
from tenure.insights.domain.retention import Retained, gross_retention, net_retention

REPORTING_LAG_DAYS = 5


class Figure(StrEnum):
    """A figure that is kept as it was reported."""

    MRR = "mrr"
    NRR = "nrr"
    GRR = "grr"
    CUSTOMER_CHURN = "customer_churn"


@dataclass(frozen=True, slots=True)
class ParentMonth:
    """A billing parent in one month, under one state of knowledge; amounts in one unit, per month.

    year_ago: what it paid twelve months before the month's end; opening: as the month began, a pause counted as still paid; standing:
    the same as it ended; closing: MRR at its end. is_churned: whether it churned in the month.
    """

    year_ago: Fraction = Fraction(0)
    opening: Fraction = Fraction(0)
    standing: Fraction = Fraction(0)
    closing: Fraction = Fraction(0)
    is_churned: bool = False

    @property
    def counts_as_churned(self) -> bool:
        """Whether it was there as the month began, churned, and was not back as it ended."""
        return self.is_churned and self.opening > 0 and self.standing <= 0


@dataclass(frozen=True, slots=True)
class MonthSums:
    """A month's billing parents added up; kept_net, kept_gross: what those who paid a year before pay now, gross at most what they paid."""

    mrr: Fraction = Fraction(0)
    year_ago: Fraction = Fraction(0)
    kept_net: Fraction = Fraction(0)
    kept_gross: Fraction = Fraction(0)
    customers: int = 0
    churned: int = 0


@dataclass(frozen=True, slots=True)
class MonthFigures:
    """The figures of a month: MRR at its end (in the unit of the sums), and exact shares; None where undefined."""

    mrr: Fraction
    nrr: Fraction | None
    grr: Fraction | None
    customer_churn: Fraction | None

    def value(self, figure: Figure) -> Fraction | None:
        """One of them."""
        found: Fraction | None = getattr(self, figure.value)
        return found


@dataclass(frozen=True, slots=True)
class RestatedMonth:
    """A closed month. reported: None where nothing at all was known at `known_at`; first_known_at says since when something is."""

    month: date
    known_at: datetime
    now: MonthFigures
    reported: MonthFigures | None
    first_known_at: datetime | None = None

    @property
    def restated(self) -> list[Figure]:
        """The figures that are no longer what they were reported as."""
        if self.reported is None:
            return []
        return [figure for figure in Figure if self.reported.value(figure) != self.now.value(figure)]

    def difference(self, figure: Figure) -> Fraction | None:
        """Now minus then; None where either is undefined."""
        then = None if self.reported is None else self.reported.value(figure)
        now = self.now.value(figure)
        return None if then is None or now is None else now - then


@dataclass(frozen=True, slots=True)
class Knowledge:
    """Since when something has been known, and since when it no longer is (None: it still is)."""

    recorded_at: datetime
    voided_at: datetime | None = None

    def stood_at(self, instant: datetime) -> bool:
        """Whether it was known then."""
        return self.recorded_at <= instant and (self.voided_at is None or self.voided_at > instant)

    def effect_since(self, instant: datetime) -> int:
        """What it did to the figures since: 1 came to be known, -1 turned out untrue, 0 neither (or came and went)."""
        return (self.voided_at is None) - self.stood_at(instant)

    def changed_at(self, instant: datetime) -> datetime:
        """When it came to be known, or turned out untrue, after `instant`."""
        return self.voided_at if self.voided_at is not None and self.recorded_at <= instant else self.recorded_at


def reported_at(month: date, zone: tzinfo, lag_days: int = REPORTING_LAG_DAYS) -> datetime:
    """The instant at which a month (its first day) counts as reported: so many days after its end are over, in the workspace's zone."""
    return datetime.combine(following(month) + timedelta(days=lag_days), time(), zone)


def closed_months(first: date, now: datetime, zone: tzinfo, lag_days: int = REPORTING_LAG_DAYS) -> list[date]:
    """The firsts of the months from `first` on that have been reported by `now`."""
    months, month = [], first.replace(day=1)
    while reported_at(month, zone, lag_days) <= now:
        months.append(month)
        month = following(month)
    return months


def following(month: date) -> date:
    """The first of the next month."""
    return (month.replace(day=1) + timedelta(days=31)).replace(day=1)


def added_up(parents: Iterable[ParentMonth]) -> MonthSums:
    """The sums of a month over its billing parents; the cap of gross retention is taken per parent."""
    sums = MonthSums()
    for each in parents:
        was_there = each.year_ago > 0
        sums = MonthSums(
            sums.mrr + each.closing,
            sums.year_ago + (each.year_ago if was_there else 0),
            sums.kept_net + (each.closing if was_there else 0),
            sums.kept_gross + (min(each.year_ago, each.closing) if was_there else 0),
            sums.customers + (each.opening > 0),
            sums.churned + each.counts_as_churned,
        )
    return sums


def figures_of(sums: MonthSums) -> MonthFigures:
    """The figures that the sums of a month make."""
    return MonthFigures(
        sums.mrr,
        net_retention([Retained(sums.year_ago, sums.kept_net)]),
        gross_retention([Retained(sums.year_ago, sums.kept_gross)]),
        customer_churn_rate(CustomerCounts(sums.customers, sums.churned)),
    )


def explained(then: ParentMonth, now: ParentMonth) -> frozenset[Figure]:
    """The figures that differ because this billing parent was one thing as reported and is another now."""
    before, after = added_up([then]), added_up([now])
    found = set()
    if before.mrr != after.mrr:
        found.add(Figure.MRR)
    if (before.year_ago, before.kept_net) != (after.year_ago, after.kept_net):
        found.add(Figure.NRR)
    if (before.year_ago, before.kept_gross) != (after.year_ago, after.kept_gross):
        found.add(Figure.GRR)
    if (before.customers, before.churned) != (after.customers, after.churned):
        found.add(Figure.CUSTOMER_CHURN)
    return frozenset(found)
