"""The days on which a turn entered each stage, kept on the turn in step with the ledger. Set-based.

Written by whatever writes the ledger, in the same transaction, and anew for all turns when the workspace's days begin by another clock.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING
from uuid import UUID

from django.db import connection

from tenure.directory.domain.stages import ENDS
from tenure.directory.enums import Stage
from tenure.workspace.queries.whole import whole_set_cursor

if TYPE_CHECKING:
    from tenure.workspace.context import Context

DATED = tuple(str(stage) for stage in Stage if stage != Stage.EXPOSED)
_FIRST = ", ".join(f"'{stage}'" for stage in DATED if stage not in ENDS)
_COLUMNS = ("first_on", *(f"{stage}_on" for stage in DATED))
_PROJECT = f"""
WITH day AS (
  SELECT turn_id, stage, (entered_at AT TIME ZONE %(zone)s)::date AS at FROM directory_stageentry
  WHERE workspace_id = tenure_workspace() AND voided_at IS NULL AND voids_id IS NULL {{entries}}
), fresh AS (
  SELECT turn.id, min(at) FILTER (WHERE stage IN ({_FIRST})) AS first_on,
    {", ".join(f"min(at) FILTER (WHERE stage = '{stage}') AS {stage}_on" for stage in DATED)}
  FROM directory_turn AS turn LEFT JOIN day ON day.turn_id = turn.id
  WHERE turn.workspace_id = tenure_workspace() {{turns}} GROUP BY turn.id
)
UPDATE directory_turn AS turn SET {", ".join(f"{column} = fresh.{column}" for column in _COLUMNS)}
FROM fresh WHERE turn.workspace_id = tenure_workspace() AND turn.id = fresh.id
  AND ({", ".join(f"turn.{column}" for column in _COLUMNS)}) IS DISTINCT FROM ({", ".join(f"fresh.{column}" for column in _COLUMNS)})
"""  # noqa: S608 - constant names


def project_days(ctx: Context, turns: Collection[UUID]) -> None:
    """Bring the days of these turns in step with their entries."""
    if not turns:
        return
    text = _PROJECT.format(entries="AND turn_id = ANY(%(turns)s::uuid[])", turns="AND turn.id = ANY(%(turns)s::uuid[])")
    with connection.cursor() as cursor:
        cursor.execute(text, {"zone": ctx.workspace.zone, "turns": sorted(set(turns))})


def project_all_days(ctx: Context) -> int:
    """Bring the days of every turn in step with the ledger; how many were not. Idempotent."""
    with whole_set_cursor() as cursor:
        cursor.execute(_PROJECT.format(entries="", turns=""), {"zone": ctx.workspace.zone})
        return int(cursor.rowcount)
