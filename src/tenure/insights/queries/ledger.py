"""The bow-tie's counts and times from the stage ledger: one pass over it, whatever the number of boundaries.

One row per turn with the day of each stage (a skipped stage of the chain counts as passed with the next one entered, as
domain/boundaries.passed_stages says), then counts and quantiles per boundary. percentile_disc(0.9) and percentile_cont(0.5) are
domain/crossings.maturity_days and median_crossing_days; a test compares them.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from decimal import Decimal
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db import connection

from tenure.directory.enums import Stage
from tenure.directory.models import StageEntry
from tenure.directory.models.turn import COUNTING
from tenure.insights.domain.boundaries import Conversion
from tenure.insights.domain.bowtie import ORDER, OUTCOMES, Crossing, boundaries_of, is_keeping
from tenure.insights.domain.crossings import MATURITY
from tenure.insights.queries.crossing_times import AS_JSON, day_ends, read_day_ends
from tenure.insights.queries.reach import embedded, turns_of
from tenure.workspace.queries.whole import whole_set_cursor

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from tenure.insights.cohort import Cohort
    from tenure.insights.domain.bowtie import Boundary
    from tenure.insights.domain.crossings import DayEnd
    from tenure.workspace.context import Context

CURRENT, BEFORE = "current", "before"
# One pass over a few hundred thousand turns fits, and spills to disk no more.
MEMORY = "96MB"
_STAGES = tuple(str(stage) for stage in (*ORDER, *OUTCOMES))
_LOSSES = (str(Stage.LOST), str(Stage.CHURNED))


@dataclass(frozen=True, slots=True)
class Measured:
    """One group of turns (the cohort, the one before, or a segment of the cohort): turns per stage, and each boundary.

    mrr: by stage from won on, what the cohort's accounts were worth a month when they had reached it (what they are worth now, where
    they have not yet), in micros of the reporting currency; empty where it was not asked for.
    """

    volumes: dict[str, int]
    crossings: list[Crossing]
    mrr: dict[str, Decimal] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Ledger:
    """What the ledger says about a cohort, about the one before, and about each segment and channel of the cohort.

    ends: by boundary, how long the cohort's turns were watched and how that ended.
    """

    current: Measured
    before: Measured | None
    segments: dict[UUID, Measured]
    channels: dict[UUID, Measured] = field(default_factory=dict)
    ends: dict[Boundary, list[DayEnd]] = field(default_factory=dict)


_SOURCES = """
SELECT stage FROM unnest(%s::text[]) AS known(stage) WHERE EXISTS (
  SELECT FROM directory_stageentry e WHERE e.workspace_id = tenure_workspace() AND e.stage = known.stage AND e.voided_at IS NULL AND e.voids_id IS NULL)
"""


def list_sources(_ctx: Context) -> set[str]:
    """The stages that anything in this workspace has ever entered; the others have no source yet."""
    with connection.cursor() as cursor:
        cursor.execute(_SOURCES, [list(_STAGES)])
        return {stage for (stage,) in cursor.fetchall()}


def first_day(ctx: Context) -> dt.date | None:
    """The day of the workspace's earliest entry; None for an empty ledger."""
    rows = StageEntry.objects.filter(COUNTING, stage__in=_STAGES).order_by()
    found = [rows.filter(stage=stage).order_by("entered_at").values_list("entered_at", flat=True).first() for stage in _STAGES]
    known = [at for at in found if at is not None]
    return min(known).astimezone(ctx.workspace.tz).date() if known else None


def measure(
    ctx: Context, cohort: Cohort, sourced: Collection[str], *, by_group: bool = False, with_money: bool = False
) -> Ledger:
    """Counts and times of the cohort and of the one before, in one statement; of each segment and channel, and the money, where asked."""
    pairs = boundaries_of(sourced)
    statement, parameters = paths(ctx, cohort)
    statement += _measures(pairs, by_group=by_group, with_money=with_money)
    with whole_set_cursor() as cursor:
        # Every entry is read: in the order of the table and hashed, rather than one by one in the order of an index.
        cursor.execute(f"SET LOCAL work_mem = '{MEMORY}'; SET LOCAL enable_indexscan = off")
        cursor.execute(statement, parameters)
        found = cursor.fetchall()
        cursor.execute("SET LOCAL enable_indexscan = on")
    rows = {row[:3]: _read(row[4:], pairs) for row in found}
    return Ledger(
        current=rows.get((CURRENT, None, None)) or _read((), pairs),
        before=(rows.get((BEFORE, None, None)) or _read((), pairs)) if cohort.previous else None,
        segments={segment: each for (window, segment, _), each in rows.items() if window == CURRENT and segment is not None},
        channels={channel: each for (window, _, channel), each in rows.items() if window == CURRENT and channel is not None},
        ends=read_day_ends(next((row[3] for row in found if row[3]), None), pairs),
    )


def paths(ctx: Context, cohort: Cohort) -> tuple[str, dict[str, Any]]:
    """The common table expressions `raw` and `path`: per turn its window (current, before) and the day it passed each stage."""
    previous = cohort.previous
    parameters: dict[str, Any] = {
        "zone": ctx.workspace.zone,
        "until_at": dt.datetime.combine(_after(cohort), dt.time(), ctx.workspace.tz),
        "until": _after(cohort),
        "until_before": _after(previous) if previous else None,
        **_bounds(cohort, previous),
    }
    only = ""
    turns = turns_of(ctx, cohort)
    if turns is not None:
        inner, named = embedded(turns.values("pk"))
        only, parameters = f"AND e.turn_id IN ({inner})", parameters | named
    own = ", ".join(f"min(day) FILTER (WHERE stage = '{stage}') AS {stage}" for stage in (*_STAGES, *_LOSSES))
    seen = ", ".join(f"CASE WHEN {stage} < seen_until THEN {stage} END AS {stage}" for stage in (*_STAGES, *_LOSSES))
    days = ", ".join([*(f"{_passed(stage)} AS {stage}" for stage in _STAGES), *_LOSSES])
    statement = f"""
WITH raw AS MATERIALIZED (
  SELECT turn_id, {own}
  FROM (
    SELECT e.turn_id, e.stage, (e.entered_at AT TIME ZONE %(zone)s)::date AS day FROM directory_stageentry e
    WHERE e.workspace_id = tenure_workspace() AND e.voided_at IS NULL AND e.voids_id IS NULL AND e.entered_at < %(until_at)s {only}
  ) AS entry
  GROUP BY turn_id
), begun AS (SELECT *, least({", ".join(_STAGES)}) AS first_on FROM raw
), windowed AS (
  SELECT *, CASE WHEN first_on >= %(start)s THEN '{CURRENT}' ELSE '{BEFORE}' END AS span,
    CASE WHEN first_on >= %(start)s THEN %(until)s ELSE %(until_before)s::date END AS seen_until
  FROM begun WHERE first_on >= %(from)s AND first_on < %(to)s
    AND turn_id NOT IN (SELECT id FROM directory_turn WHERE workspace_id = tenure_workspace() AND kind = 'expansion')
), path AS MATERIALIZED (
  SELECT turn_id, span, first_on, {days} FROM (SELECT turn_id, span, first_on, {seen} FROM windowed OFFSET 0) AS seen
)
"""  # noqa: S608 - constant names of stages, and the ORM's own SQL
    return statement, parameters


def _bounds(cohort: Cohort, previous: Cohort | None) -> dict[str, dt.date]:
    """Civil days of the workspace's zone: the window before from `from`, this one from `start` up to, but not on, `to`."""
    if cohort.period is None:
        return {"from": dt.date.min, "start": dt.date.min, "to": _after(cohort)}
    start, end = cohort.period.start, cohort.period.end
    before = previous.period.start if previous and previous.period else start
    return {"from": before, "start": start, "to": end or _after(cohort)}


def _after(cohort: Cohort) -> dt.date:
    return cohort.as_of + dt.timedelta(days=1)


def _passed(stage: str) -> str:
    """The day a turn passed a stage: its own entry, or where it skipped it the earliest of the chain's later ones."""
    if stage not in ORDER:
        return stage
    later = _STAGES[_STAGES.index(stage) + 1 : len(ORDER)]
    return f"coalesce({stage}, least({', '.join(later)}))" if later else stage


PAYING = tuple(str(stage) for stage in (Stage.WON, Stage.ONBOARDING, Stage.LIVE, Stage.ADOPTING, *OUTCOMES))
# An account's worth when it had reached a stage: at its first movement where that is later (a deal is won before it is paid for).
_LEVEL = "sum(m.micros * m.rate) FILTER (WHERE m.effective_on <= greatest(customer.began_on, coalesce(customer.{stage}, customer.today)))"
_MONEY = """, customer AS (
  SELECT DISTINCT ON (t.account_id) t.account_id, {days}, %(until)s::date - 1 AS today,
    (SELECT min(effective_on) FROM billing_mrrmovement f WHERE f.workspace_id = tenure_workspace() AND f.account_id = t.account_id AND f.voided_at IS NULL) AS began_on
  FROM path JOIN directory_turn t ON t.workspace_id = tenure_workspace() AND t.id = path.turn_id
  WHERE path.span = 'current' AND path.won IS NOT NULL AND t.account_id IS NOT NULL ORDER BY t.account_id, path.won
), money AS (
  SELECT {levels} FROM customer JOIN billing_mrrmovement m
    ON m.workspace_id = tenure_workspace() AND m.account_id = customer.account_id AND m.voided_at IS NULL AND m.effective_on <= customer.today
)"""


def _money() -> str:
    days = ", ".join(f"path.{stage}" for stage in PAYING)
    return _MONEY.format(days=days, levels=", ".join(f"{_LEVEL.format(stage=stage)} AS {stage}" for stage in PAYING))


def _measures(pairs: Sequence[Boundary], *, by_group: bool, with_money: bool) -> str:
    ages = [
        f"percentile_disc({MATURITY}) WITHIN GROUP (ORDER BY {target} - {source}) FILTER (WHERE {source} IS NOT NULL) AS age{number}"
        for number, (source, target) in enumerate(pairs)
    ]
    counts = [f"count({stage})" for stage in _STAGES]
    for number, boundary in enumerate(pairs):
        counts += _of_boundary(number, boundary)
    if with_money:
        counts += [f"(SELECT money.{stage} FROM money)" for stage in PAYING]  # noqa: S608 - constant names of stages
    segment, channel, joined, grouping, is_whole = "NULL::uuid", "NULL::uuid", "", "GROUP BY span", "true"
    if by_group:
        segment, channel = "coalesce(a.segment_id, l.segment_id)", "l.channel_id"
        grouping = f"GROUP BY GROUPING SETS ((span), (span, {segment}), (span, {channel}))"
        joined = """LEFT JOIN directory_turn t ON t.workspace_id = tenure_workspace() AND t.id = path.turn_id
  LEFT JOIN directory_account a ON a.workspace_id = tenure_workspace() AND a.id = t.account_id
  LEFT JOIN market_lead l ON l.workspace_id = tenure_workspace() AND l.id = t.lead_id"""
        is_whole = f"grouping({segment}, {channel}) = 3"
        grouping += f" HAVING {is_whole} OR {segment} IS NOT NULL OR {channel} IS NOT NULL"
    return f""", age AS (SELECT {", ".join(ages) or "NULL"} FROM path){_money() if with_money else ""}, {day_ends(pairs, CURRENT)}
SELECT span, {segment}, {channel}, CASE WHEN span = '{CURRENT}' AND {is_whole} THEN {AS_JSON} END, {", ".join(counts)}
FROM path CROSS JOIN age {joined} {grouping}
"""  # noqa: S608 - constant names


def _of_boundary(number: int, boundary: Boundary) -> list[str]:
    source, target = boundary
    loss = "churned" if is_keeping(boundary) else "lost"
    today = f"(CASE WHEN span = '{CURRENT}' THEN %(until)s ELSE %(until_before)s::date END - 1)"
    old = f"{source} + age{number} <= {today}"
    crossed, lost = (
        f"{source} IS NOT NULL AND {target} IS NOT NULL",
        f"{source} IS NOT NULL AND {target} IS NULL AND {loss} IS NOT NULL",
    )
    return [
        f"count({source})",
        f"count(*) FILTER (WHERE {crossed})",
        f"count(*) FILTER (WHERE {lost})",
        f"count({source}) FILTER (WHERE {old})",
        f"count(*) FILTER (WHERE {crossed} AND {old})",
        f"count(*) FILTER (WHERE {lost} AND {old})",
        f"percentile_cont(0.5) WITHIN GROUP (ORDER BY {target} - {source}) FILTER (WHERE {crossed} AND {old})",
        f"max(age{number})",
        f"count(*) FILTER (WHERE {crossed} AND churned >= {target})",
    ]


_PER_BOUNDARY = 9


def _read(row: Sequence[Any], pairs: Sequence[Boundary]) -> Measured:
    values = list(row) or [0] * (len(_STAGES) + _PER_BOUNDARY * len(pairs))
    crossings = []
    for number, (source, target) in enumerate(pairs):
        at = len(_STAGES) + _PER_BOUNDARY * number
        entered, crossed, lost, old, old_crossed, old_lost, median, age, churned = values[at : at + _PER_BOUNDARY]
        everyone, mature = Conversion(entered, crossed, lost), Conversion(old, old_crossed, old_lost)
        crossings.append(
            Crossing(source, target, everyone, mature, median, age, churned)
            if row
            else Crossing(source, target, everyone, mature)
        )
    money = values[len(_STAGES) + _PER_BOUNDARY * len(pairs) :]
    mrr = {stage: amount or Decimal(0) for stage, amount in zip(PAYING, money, strict=False)}
    return Measured(dict(zip(_STAGES, values, strict=False)), crossings, mrr)
