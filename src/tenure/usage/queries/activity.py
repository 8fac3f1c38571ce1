"""Who is active, and how: users a day, in seven and in thirty days; which features are taken up, by how many and how often.

A user is active on a day with any event of theirs that says who they are (`user_id`), but identify, group and alias. Days are the zone's.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from fractions import Fraction
from typing import TYPE_CHECKING

from tenure.kernel.rounding import ratio
from tenure.usage.domain.definitions import WHO_IS_WHO, MeterDefinition
from tenure.usage.domain.windows import last_day, midnight
from tenure.usage.enums import Aggregation, WindowSize
from tenure.usage.queries.asking import ACCOUNT, Question, find_usage
from tenure.usage.queries.selecting import fence
from tenure.usage.queries.statement import Statement

if TYPE_CHECKING:
    from tenure.stream.store.client import EventStore
    from tenure.usage.models import Feature
    from tenure.workspace.context import Context

WEEK, MONTH = 7, 30
EPOCH_DAY = date(1970, 1, 1)
_ONE_DAY = timedelta(days=1)
_STRETCHES = """
SELECT day, count(), countIf(day - before >= 7), countIf(after - day >= 7), countIf(day - before >= 30), countIf(after - day >= 30)
FROM (
  SELECT day, lagInFrame(day, 1, toInt32(-1000000)) OVER steps AS before, leadInFrame(day, 1, toInt32(1000000)) OVER steps AS after
  FROM ({days})
  WINDOW steps AS (PARTITION BY user_id ORDER BY day ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING)
) GROUP BY day
"""


@dataclass(frozen=True, slots=True)
class ActiveDay:
    """Users active on a day, in the seven and in the thirty days up to it."""

    on: date
    daily: int
    weekly: int
    monthly: int


@dataclass(frozen=True, slots=True)
class Activity:
    """Active users day by day."""

    days: tuple[ActiveDay, ...]

    @property
    def stickiness(self) -> Fraction | None:
        """Of the users of the last thirty days, the share that comes on a day: the mean of daily over the last monthly users."""
        last = self.days[-MONTH:]
        mean = Fraction(sum(day.daily for day in last), len(last)) if last else Fraction(0)
        return ratio(mean, last[-1].monthly) if last else None


@dataclass(frozen=True, slots=True)
class Adoption:
    """How far a feature is taken up in a period. active_accounts: those with any event at all."""

    feature: Feature
    accounts: int
    active_accounts: int
    users: int
    events: int
    active_days: int

    @property
    def breadth(self) -> Fraction | None:
        """The share of active accounts that used it."""
        return ratio(self.accounts, self.active_accounts)

    @property
    def frequency(self) -> Fraction | None:
        """On how many days an account that uses it did so, on average."""
        return ratio(self.active_days, self.accounts)


def find_activity(ctx: Context, store: EventStore, question: Question) -> Activity:
    """Active users of each day of the question's period; its weeks and months reach back to days before it.

    A user counts for seven (thirty) days from each active day on. Where the days of one user lie closer than that they are one stretch, so
    only its first and last day are told, and added up day after day: one pass, whatever the length.
    """
    period, zone = question.period, question.zone
    assert period.end is not None
    first, last = period.start.astimezone(zone).date(), last_day(period.end, zone)
    statement = Statement(ctx.workspace.pk)
    reach = first - (MONTH - 1) * _ONE_DAY
    conditions = [
        *fence(statement, question, midnight(reach, zone), midnight(last + _ONE_DAY, zone)),
        "user_id != ''",
        f"name NOT IN {statement.strings(WHO_IS_WHO)}",
    ]
    day = f"toInt32(toDate32(time, {statement.bind('String', zone.key)})) AS day"
    pieces = ["SELECT DISTINCT user_id,", day, "FROM events WHERE", " AND ".join(conditions)]
    rows = store.rows(_STRETCHES.format(days=" ".join(pieces)), **statement.parameters)
    daily = {int(row[0]): int(row[1]) for row in rows}
    weekly = _running({int(row[0]): (int(row[2]), int(row[3])) for row in rows}, WEEK)
    monthly = _running({int(row[0]): (int(row[4]), int(row[5])) for row in rows}, MONTH)
    days = []
    weeks = months = 0
    for offset in range((last - reach).days + 1):
        on = reach + offset * _ONE_DAY
        number = (on - EPOCH_DAY).days
        weeks, months = weeks + weekly.get(number, 0), months + monthly.get(number, 0)
        if on >= first:
            days.append(ActiveDay(on, daily.get(number, 0), weeks, months))
    return Activity(tuple(days))


def _running(stretches: dict[int, tuple[int, int]], length: int) -> dict[int, int]:
    """By how much the number of users changes on each day: up where a stretch begins, down `length` days after its last day."""
    changes: dict[int, int] = defaultdict(int)
    for day, (begun, ended) in stretches.items():
        changes[day] += begun
        changes[day + length] -= ended
    return changes


def find_adoption(ctx: Context, store: EventStore, features: Sequence[Feature], question: Question) -> list[Adoption]:
    """How far each feature is taken up in the question's period, over the accounts that the events are of."""
    any_event = MeterDefinition(Aggregation.COUNT)
    used = [MeterDefinition(Aggregation.COUNT, tuple(feature.events)) for feature in features]
    by_day = replace(question, by=(ACCOUNT,), size=WindowSize.DAY)
    rows = [row for row in find_usage(ctx, store, [any_event, *used], by_day) if row.keys[0] is not None]
    active = sum(any(row.values[0]) for row in rows)
    users = _users(ctx, store, features, question)
    return [
        Adoption(
            feature,
            accounts=sum(any(row.values[place]) for row in rows),
            active_accounts=active,
            users=users[place - 1],
            events=int(sum(value or 0 for row in rows for value in row.values[place])),
            active_days=sum(bool(value) for row in rows for value in row.values[place]),
        )
        for place, feature in enumerate(features, start=1)
    ]


def _users(ctx: Context, store: EventStore, features: Sequence[Feature], question: Question) -> list[int]:
    """Users of each feature."""
    if not features:
        return []
    statement = Statement(ctx.workspace.pk)
    conditions = [*fence(statement, question, question.period.start, question.period.end), "user_id != ''"]
    counts = [f"uniqExactIf(user_id, name IN {statement.strings(feature.events)})" for feature in features]
    pieces = ["SELECT", ", ".join(counts), "FROM events WHERE", " AND ".join(conditions)]
    return [int(count) for count in store.rows(" ".join(pieces), **statement.parameters)[0]]
