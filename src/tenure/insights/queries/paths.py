"""The turns of a cohort and of the one before, as SQL to begin a statement with: the day each passed each stage.

Read from directory's days of turns. A skipped stage of the chain counts as passed with the next one entered, as
domain/boundaries.passed_stages says.
"""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

from tenure.directory.enums import Stage, TurnKind
from tenure.insights.domain.bowtie import ORDER, OUTCOMES, WINNING
from tenure.insights.queries.reach import embedded, turns_of

if TYPE_CHECKING:
    from tenure.insights.cohort import Cohort
    from tenure.workspace.context import Context

CURRENT, BEFORE = "current", "before"
STAGES = tuple(str(stage) for stage in (*ORDER, *OUTCOMES))
LOSSES = (str(Stage.LOST), str(Stage.CHURNED))


# How far most turns come, and what else may become of those.
EARLY = tuple(str(stage) for stage in (*WINNING[:-1], Stage.LOST))
_DATED = (*STAGES, *LOSSES)
_TURNS = f"SELECT id AS turn_id, account_id, lead_id, 1 AS turns, span, seen_until, first_on, {', '.join(f'{stage}_on' for stage in _DATED)} FROM windowed"  # noqa: S608 - constant names


def current_paths(ctx: Context, cohort: Cohort) -> tuple[str, dict[str, Any]]:
    """The common table expression `path` over the cohort's turns, and its parameters.

    Per turn: its window (span), the last day it is looked at (today), account, lead, first day, the day it passed each stage, whether it really
    entered it (own_<stage>), the days of losses. What a statement does not ask for is not computed.
    """
    windowed, parameters = _windowed(ctx, cohort)
    return f"{windowed}, path AS NOT MATERIALIZED ({_passing(_TURNS)})", parameters | {"from": parameters["start"]}


def alike_paths(ctx: Context, cohort: Cohort) -> tuple[str, dict[str, Any]]:
    """The same over the cohort and the one before, where turns that came no further than the first stages and stand alike are one row.

    turns: how many. Such a row has no turn, account, lead and first day of its own.
    """
    windowed, parameters = _windowed(ctx, cohort)
    later = ", ".join(f"{stage}_on" for stage in _DATED if stage not in EARLY)
    early = ", ".join(f"{stage}_on" for stage in EARLY)
    nothing = "NULL::uuid AS turn_id, NULL::uuid AS account_id, NULL::uuid AS lead_id"
    days = ", ".join(f"{stage}_on" if stage in EARLY else f"NULL::date AS {stage}_on" for stage in _DATED)
    alike = f"""SELECT {nothing}, count(*) AS turns, span, seen_until, NULL::date AS first_on, {days}
  FROM windowed WHERE coalesce({later}) IS NULL GROUP BY span, seen_until, {early}"""  # noqa: S608 - constant names
    rows = f"{alike} UNION ALL {_TURNS} WHERE coalesce({later}) IS NOT NULL"
    return f"{windowed}, path AS MATERIALIZED ({_passing(rows)})", parameters


def _windowed(ctx: Context, cohort: Cohort) -> tuple[str, dict[str, Any]]:
    previous = cohort.previous
    parameters: dict[str, Any] = {
        "until": _after(cohort),
        "until_before": _after(previous) if previous else None,
        **_bounds(cohort, previous),
    }
    only = ""
    turns = turns_of(ctx, cohort)
    if turns is not None:
        inner, named = embedded(turns.values("pk"))
        only, parameters = f"AND t.id IN ({inner})", parameters | named
    statement = f"""
WITH windowed AS NOT MATERIALIZED (
  SELECT t.*, CASE WHEN first_on >= %(start)s THEN '{CURRENT}' ELSE '{BEFORE}' END AS span,
    CASE WHEN first_on >= %(start)s THEN %(until)s::date ELSE %(until_before)s::date END AS seen_until
  FROM directory_turn t
  WHERE t.workspace_id = tenure_workspace() AND first_on >= %(from)s AND first_on < %(to)s AND kind <> '{TurnKind.EXPANSION}' {only}
)"""  # noqa: S608 - the ORM's own SQL
    return statement, parameters


def _passing(rows: str) -> str:
    """Days that lie beyond what is looked at have not come; a stage that was skipped is passed with the next one."""
    seen = ", ".join(f"CASE WHEN {stage}_on < seen_until THEN {stage}_on END AS {stage}" for stage in _DATED)
    days = ", ".join([*(f"{_passed(stage)} AS {stage}, {stage} IS NOT NULL AS own_{stage}" for stage in STAGES), *LOSSES])
    return f"""
  SELECT turn_id, account_id, lead_id, turns, span, seen_until - 1 AS today, first_on, {days}
  FROM (SELECT turn_id, account_id, lead_id, turns, span, seen_until, first_on, {seen} FROM ({rows}) AS dated OFFSET 0) AS seen
"""  # noqa: S608 - constant names of stages


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
    later = STAGES[STAGES.index(stage) + 1 : len(ORDER)]
    return f"coalesce({stage}, least({', '.join(later)}))" if later else stage
