"""The restatement log: every closed month as it was reported, as it is known now, and the movements that make the difference."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from typing import TYPE_CHECKING
from uuid import UUID

from tenure.insights.cohort import Cohort, months_before
from tenure.insights.domain.restatements import (
    Figure,
    MonthSums,
    RestatedMonth,
    closed_months,
    explained,
    figures_of,
    following,
    reported_at,
)
from tenure.insights.enums import Span
from tenure.insights.errors import CohortInvalid
from tenure.insights.queries.causes import Cause, causes_of
from tenure.insights.queries.restatements import AskedMonth, Change, KnownMonth, changes_since, first_movement_on, known_months
from tenure.insights.reports.figures import MICROS

if TYPE_CHECKING:
    from tenure.workspace.context import Context

MOST_MONTHS = 120
MOST_CHANGES = 200
MOST_CHANGES_OF_ONE = 2000


@dataclass(frozen=True, slots=True)
class Reason:
    """A movement that explains a restated month. effect: what it did to MRR, minor units a month; changed_at: when; cause: by what."""

    change: Change
    figures: frozenset[Figure]
    effect: Fraction
    changed_at: dt.datetime
    is_void: bool
    cause: Cause | None = None


@dataclass(frozen=True, slots=True)
class LoggedMonth:
    """A closed month, and what explains its restatement, the largest first. is_cut: there are more movements than are named."""

    figures: RestatedMonth
    reasons: list[Reason] = field(default_factory=list)
    is_cut: bool = False

    def reasons_of(self, figure: Figure) -> list[Reason]:
        """Those that explain one figure."""
        return [reason for reason in self.reasons if figure in reason.figures]


@dataclass(frozen=True, slots=True)
class Restatements:
    """The report, months latest first. one: the month asked for alone."""

    cohort: Cohort
    computed_at: dt.datetime
    months: list[LoggedMonth]
    one: dt.date | None = None

    @property
    def restated(self) -> list[LoggedMonth]:
        """Months of which a figure is no longer what was reported."""
        return [month for month in self.months if month.figures.restated]


def restatements(ctx: Context, parameters: Mapping[str, str]) -> Restatements:
    """The closed months that URL parameters ask for (`month` for one, else `period`, without it the last 24). Raises CohortInvalid."""
    cohort = Cohort.read(ctx, {"period": parameters.get("period", "")} | _ends(parameters), default=Span.TWO_YEARS)
    one = _month(parameters.get("month", ""))
    asked = _asked(ctx, cohort, one)
    found = [_restated(month, asked) for month in known_months(ctx, asked)]
    to_explain = [each for each in asked if any(month.month == each.first and month.restated for month in found)]
    reasons, cut = _reasons(ctx, to_explain, MOST_CHANGES_OF_ONE if one else MOST_CHANGES)
    months = [LoggedMonth(month, reasons.get(month.month, []), month.month in cut) for month in reversed(found)]
    return Restatements(cohort, ctx.now(), months, one)


def _ends(parameters: Mapping[str, str]) -> dict[str, str]:
    return {name: parameters[name] for name in ("from", "to") if parameters.get(name)}


def _month(text: str) -> dt.date | None:
    if not text:
        return None
    try:
        return dt.date.fromisoformat(f"{text}-01")
    except ValueError as problem:
        raise CohortInvalid(name="month", value=text) from problem


def _asked(ctx: Context, cohort: Cohort, one: dt.date | None) -> list[AskedMonth]:
    first = first_movement_on(ctx)
    if first is None:
        return []
    zone, today = ctx.workspace.tz, ctx.today()
    first = max(first, months_before(today.replace(day=1), MOST_MONTHS))
    months = closed_months(first, ctx.now(), zone)
    if one is not None:
        months = [month for month in months if month == one]
    elif cohort.period is not None:
        start, end = cohort.period.start.replace(day=1), cohort.period.end
        months = [month for month in months if month >= start and (end is None or following(month) <= end)]
    return [AskedMonth(month, reported_at(month, zone)) for month in months]


def _restated(month: KnownMonth, asked: Sequence[AskedMonth]) -> RestatedMonth:
    known_at = next(each.known_at for each in asked if each.first == month.first)
    then = figures_of(_in_minor(month.then)) if month.is_known else None
    return RestatedMonth(
        month.first, known_at, figures_of(_in_minor(month.now)), then, None if month.is_known else month.known_first
    )


def _in_minor(sums: MonthSums) -> MonthSums:
    mrr, year_ago, net, gross = (each / MICROS for each in (sums.mrr, sums.year_ago, sums.kept_net, sums.kept_gross))
    return MonthSums(mrr, year_ago, net, gross, sums.customers, sums.churned)


def _reasons(ctx: Context, months: Sequence[AskedMonth], limit: int) -> tuple[dict[dt.date, list[Reason]], set[dt.date]]:
    known_at = {month.first: month.known_at for month in months}
    by_month: dict[dt.date, list[Change]] = defaultdict(list)
    for change in changes_since(ctx, months, limit):
        by_month[change.month].append(change)
    cut = {month for month, changes in by_month.items() if changes[0].changes > limit}
    told = {month: without_rewritten(changes, known_at[month]) for month, changes in by_month.items()}
    causes = causes_of(
        [(change, change.known.changed_at(known_at[month])) for month, changes in told.items() for change in changes]
    )
    reasons = {
        month: [one for change in changes if (one := _reason(change, known_at[month], causes)).figures]
        for month, changes in told.items()
    }
    return reasons, cut


def _reason(change: Change, known_at: dt.datetime, causes: Mapping[tuple[UUID, dt.datetime], Cause]) -> Reason:
    sign, at = change.known.effect_since(known_at), change.known.changed_at(known_at)
    figures = explained(change.then, change.now)
    return Reason(change, figures, sign * change.micros / MICROS, at, sign < 0, causes.get((change.item_id, at)))


def without_rewritten(changes: Sequence[Change], known_at: dt.datetime) -> list[Change]:
    """The changes without pairs that were only written anew: one voided and one recorded, of the same item, kind, amount and month."""
    waiting: dict[tuple[object, ...], list[int]] = defaultdict(list)
    gone: set[int] = set()
    for at, change in enumerate(changes):
        sign = change.known.effect_since(known_at)
        place = (change.item_id, change.kind, change.micros, change.effective_on.replace(day=1))
        if waiting[*place, -sign]:
            gone |= {at, waiting[*place, -sign].pop()}
        else:
            waiting[*place, sign].append(at)
    return [change for at, change in enumerate(changes) if at not in gone]
