"""The bow-tie's counts and times: one statement over the cohort's turns, whatever the number of boundaries.

The database counts how many turns stand alike at a boundary (window, old enough, crossed or lost or open, after how many days); what is read off
these counts is domain/tallies.py. A test compares them with passages counted one by one.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass, field
from decimal import Decimal
from typing import TYPE_CHECKING
from uuid import UUID

from django.db import connection

from tenure.directory.models import StageEntry
from tenure.directory.models.turn import COUNTING
from tenure.insights.domain.boundaries import Conversion
from tenure.insights.domain.bowtie import WINNING, Crossing, boundaries_of, is_keeping
from tenure.insights.domain.crossings import MATURITY
from tenure.insights.domain.tallies import CROSSED, LOST, OPEN, AtBoundary, Tallied
from tenure.insights.queries.crossing_times import loss_of
from tenure.insights.queries.customer_money import PAYING, money
from tenure.insights.queries.paths import BEFORE, CURRENT, STAGES, alike_paths
from tenure.workspace.queries.whole import whole_set_cursor

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence

    from tenure.insights.cohort import Cohort
    from tenure.insights.domain.bowtie import Boundary
    from tenure.insights.domain.crossings import DayEnd
    from tenure.workspace.context import Context

# One pass over a few hundred thousand turns fits, and spills to disk no more.
MEMORY = "96MB"
# The stages before winning: of all turns. The others are only of those that were won, or renewed, expanded, became advocates.
_LEFT = len(WINNING) - 1


@dataclass(frozen=True, slots=True)
class Measured:
    """One group of turns (the cohort, the one before, or a segment of the cohort): turns per stage, and each boundary.

    own: by stage, how many of these have an entry of their own there; a segment has boundaries after winning alone. mrr: by stage from won on, what
    the cohort's accounts were worth a month when they had reached it (what they are worth now, where they have not yet), in micros of the
    reporting currency; empty where it was not asked for.
    """

    volumes: dict[str, int]
    crossings: list[Crossing]
    own: dict[str, int] = field(default_factory=dict)
    mrr: dict[str, Decimal] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Ledger:
    """What the ledger says about a cohort, about the one before, and about each segment of the cohort.

    ends: by boundary, how long the cohort's turns were watched and how that ended.
    """

    current: Measured
    before: Measured | None
    segments: dict[UUID, Measured]
    ends: dict[Boundary, list[DayEnd]] = field(default_factory=dict)


_SOURCES = """
SELECT stage FROM unnest(%s::text[]) AS known(stage) WHERE (
  SELECT true FROM directory_stageentry e WHERE e.workspace_id = tenure_workspace() AND e.stage = known.stage AND e.voided_at IS NULL AND e.voids_id IS NULL
  LIMIT 1)
"""


def list_sources(_ctx: Context) -> set[str]:
    """The stages that anything in this workspace has ever entered; the others have no source yet."""
    with connection.cursor() as cursor:
        cursor.execute(_SOURCES, [list(STAGES)])
        return {stage for (stage,) in cursor.fetchall()}


def first_day(ctx: Context) -> dt.date | None:
    """The day of the workspace's earliest entry; None for an empty ledger."""
    rows = StageEntry.objects.filter(COUNTING, stage__in=STAGES).order_by()
    found = [rows.filter(stage=stage).order_by("entered_at").values_list("entered_at", flat=True).first() for stage in STAGES]
    known = [at for at in found if at is not None]
    return min(known).astimezone(ctx.workspace.tz).date() if known else None


def measure(
    ctx: Context, cohort: Cohort, sourced: Collection[str], *, by_segment: bool = False, with_money: bool = False
) -> Ledger:
    """Counts and times of the cohort and of the one before; of each segment after winning, and the money, where asked."""
    pairs = boundaries_of(sourced)
    statement, parameters = alike_paths(ctx, cohort)
    kept = [(number, pair) for number, pair in enumerate(pairs) if is_keeping(pair)] if by_segment else []
    statement += _counts(pairs, kept, with_money=with_money)
    with whole_set_cursor() as cursor:
        # Rows are counted together by hash; the planner, who cannot know how few stand alone, would rather sort them all.
        cursor.execute(f"SET LOCAL work_mem = '{MEMORY}'; SET LOCAL enable_sort = off")
        cursor.execute(statement, parameters)
        found = cursor.fetchone()
        cursor.execute("SET LOCAL enable_sort = on")
    alike, ages, volumes, kept_volumes, segments, worth = found
    by_place: dict[tuple[str, int], list[AtBoundary]] = defaultdict(list)
    for span, number, *row in alike or ():
        by_place[span, number].append(AtBoundary(*row))
    tallied = {
        span: [Tallied.of(by_place[span, number], ages[number]) for number in range(len(pairs))] for span in (CURRENT, BEFORE)
    }
    counted = {span: dict(_named(row, STAGES[:_LEFT])) for span, *row in volumes or ()}
    for span, *row in kept_volumes or ():
        counted[span].update(_named(row, STAGES[_LEFT:]))
    mrr = dict(zip(PAYING, (Decimal(amount or 0) for amount in worth), strict=True)) if worth else {}
    return Ledger(
        current=_measured(pairs, tallied[CURRENT], counted.get(CURRENT, {}), mrr),
        before=_measured(pairs, tallied[BEFORE], counted.get(BEFORE, {}), {}) if cohort.previous else None,
        segments={UUID(segment): Measured({}, _of_segment(kept, counts)) for segment, *counts in segments or ()},
        ends={pair: each.ends for pair, each in zip(pairs, tallied[CURRENT], strict=True)},
    )


def _measured(
    pairs: Sequence[Boundary], tallied: Sequence[Tallied], volumes: Mapping[str, int], mrr: dict[str, Decimal]
) -> Measured:
    crossings = [
        Crossing(*pair, each.everyone, each.mature, each.median_days, each.mature_after, each.churned_after, each.own)
        for pair, each in zip(pairs, tallied, strict=True)
    ]
    passed, own = ({stage: volumes.get(f"{kind}{stage}", 0) for stage in STAGES} for kind in ("", "own_"))
    return Measured(passed, crossings, own, mrr)


def _volumes(stages: Sequence[str]) -> str:
    conditions = [*(f"{stage} IS NOT NULL" for stage in stages), *(f"own_{stage}" for stage in stages)]
    return ", ".join(f"coalesce(sum(turns) FILTER (WHERE {condition}), 0)" for condition in conditions)


def _named(counts: Sequence[int], stages: Sequence[str]) -> Iterator[tuple[str, int]]:
    return zip([*stages, *(f"own_{stage}" for stage in stages)], counts, strict=True)


def _of_segment(kept: Sequence[tuple[int, Boundary]], counts: Sequence[int]) -> list[Crossing]:
    places = range(0, len(counts), 6)
    return [
        Crossing(*pair, _conversion(counts[at : at + 3]), _conversion(counts[at + 3 : at + 6]))
        for (_, pair), at in zip(kept, places, strict=True)
    ]


def _conversion(counts: Sequence[int]) -> Conversion:
    entered, crossed, lost = counts
    return Conversion(entered, crossed, lost)


def _counts(pairs: Sequence[Boundary], kept: Sequence[tuple[int, Boundary]], *, with_money: bool) -> str:
    """The rest of the statement: one row of lists (turns that stand alike, ages, volumes, segments, money)."""
    alike = " UNION ALL ".join(_alike(number, pair) for number, pair in enumerate(pairs))
    return f""", kept AS MATERIALIZED (
  SELECT * FROM path WHERE coalesce(won, renewed, expanded, advocate) IS NOT NULL
), age AS MATERIALIZED (
  SELECT ARRAY[{", ".join(_age(pair) for pair in pairs)}]::int[] AS days
), alike AS (
  {alike or "SELECT NULL::json AS row WHERE false"}
), volume AS (
  SELECT json_build_array(span, {_volumes(STAGES[:_LEFT])}) AS row FROM path GROUP BY span
), kept_volume AS (
  SELECT json_build_array(span, {_volumes(STAGES[_LEFT:])}) AS row FROM kept GROUP BY span
){_segments(kept)}{money() if with_money else ""}
SELECT (SELECT json_agg(row) FROM alike), (SELECT days FROM age), (SELECT json_agg(row) FROM volume), (SELECT json_agg(row) FROM kept_volume),
  {"(SELECT json_agg(row) FROM segment)" if kept else "NULL"}, {"(SELECT row FROM money)" if with_money else "NULL"}
"""  # noqa: S608 - constant names of stages


def _alike(number: int, pair: Boundary) -> str:
    source, target = pair
    loss = loss_of(pair)
    return f"""SELECT json_build_array(span, {number}, is_old, ended, days, own, own_both, has_left, sum(turns)) AS row FROM (
    SELECT span, {_is_old(number, source)} AS is_old, CASE WHEN {target} IS NOT NULL THEN {CROSSED} WHEN {loss} IS NOT NULL THEN {LOST} ELSE {OPEN} END AS ended,
      coalesce({target}, {loss}, today) - {source} AS days, own_{source} AS own, own_{source} AND own_{target} AS own_both, churned >= {target} AS has_left, turns
    FROM {_among(source)} WHERE {source} IS NOT NULL
  ) AS turn GROUP BY span, is_old, ended, days, own, own_both, has_left"""  # noqa: S608 - as above


def _among(stage: str) -> str:
    """All rows, or those of turns that came at least to winning, where only they can have passed the stage."""
    return "path" if stage in WINNING[:-1] else "kept"


def _age(pair: Boundary) -> str:
    """The days within which 90 % of those who crossed did: the first value that so many do not exceed."""
    source, target = pair
    return f"""(SELECT min(days) FROM (
    SELECT days, sum(turns) OVER (ORDER BY days) AS so_far, sum(turns) OVER () AS everyone FROM (
      SELECT {target} - {source} AS days, sum(turns) AS turns FROM {_among(source)} WHERE {source} IS NOT NULL AND {target} IS NOT NULL GROUP BY 1
    ) AS crossed) AS cumulated WHERE so_far >= ceil({MATURITY}::float8 * everyone))"""  # noqa: S608 - constant names of stages


def _is_old(number: int, source: str) -> str:
    return f"{source} + (SELECT days[{number + 1}] FROM age) <= today"  # noqa: S608 - as above


def _segments(kept: Sequence[tuple[int, Boundary]]) -> str:
    """The common table expression `segment`: of each, the counts at the boundaries after winning. An account's segment, or its lead's while there is none."""
    if not kept:
        return ""
    counts = []
    for number, (source, target) in kept:
        crossed = f"{source} IS NOT NULL AND {target} IS NOT NULL"
        lost = f"{source} IS NOT NULL AND {target} IS NULL AND churned IS NOT NULL"
        old = _is_old(number, source)
        counts += [f"count({source})", f"count(*) FILTER (WHERE {crossed})", f"count(*) FILTER (WHERE {lost})"]
        counts += [f"count({source}) FILTER (WHERE {old})"]
        counts += [f"count(*) FILTER (WHERE {crossed} AND {old})", f"count(*) FILTER (WHERE {lost} AND {old})"]
    return f""", segment AS (
  SELECT json_build_array(segment_id, {", ".join(counts)}) AS row FROM (
    SELECT kept.*, CASE WHEN account_id IS NULL THEN
        (SELECT l.segment_id FROM market_lead l WHERE l.workspace_id = tenure_workspace() AND l.id = kept.lead_id) ELSE a.segment_id END AS segment_id
    FROM kept LEFT JOIN (SELECT id, segment_id FROM directory_account WHERE workspace_id = tenure_workspace()) AS a ON a.id = kept.account_id
    WHERE span = '{CURRENT}'
  ) AS turn WHERE segment_id IS NOT NULL GROUP BY segment_id
)"""  # noqa: S608 - as above
