"""Writing the stage ledger: appending entries, appending reversals, and bringing the accounts' stage in step. Set-based.

The use cases are in actions/: enter_stages, void_entries, settle_stages, link_turns. Rule: directory/README.md, "Stage ledger".
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db import connection

from tenure.directory.domain.stages import ENDS, PAYING, POSITION
from tenure.directory.enums import Stage
from tenure.directory.events import StageEntered, StageVoided
from tenure.directory.models import StageEntry, Turn
from tenure.workspace.rows import insert_rows

if TYPE_CHECKING:
    from tenure.workspace.context import Context


@dataclass(frozen=True, slots=True)
class StageFact:
    """A turn entered a stage: when, why, by what proof (kind and id of a record), by which member."""

    turn_id: UUID
    stage: str
    entered_at: datetime
    reason: str = ""
    proof_kind: str = ""
    proof_id: UUID | None = None
    by_id: UUID | None = None


def append_entries(ctx: Context, facts: Sequence[StageFact], turns: dict[UUID, Turn]) -> list[StageEntry]:
    """Write the facts as entries of the (locked) turns."""
    now = ctx.now()
    entries = [
        StageEntry(
            workspace_id=ctx.workspace.pk,
            turn_id=fact.turn_id,
            account_id=turns[fact.turn_id].account_id,
            stage=fact.stage,
            entered_at=fact.entered_at,
            by_id=fact.by_id or ctx.member_id,
            reason=fact.reason,
            proof_kind=fact.proof_kind,
            proof_id=fact.proof_id,
            recorded_at=now,
        )
        for fact in facts
    ]
    insert_rows(StageEntry, entries)
    ctx.emit(
        StageEntered(
            row.pk, row.account_id, None, turn_id=row.turn_id, stage=row.stage, entered_at=row.entered_at, reason=row.reason
        )
        for row in entries
    )
    return entries


def append_reversals(ctx: Context, entries: Sequence[StageEntry], *, reason: str) -> None:
    """Void the (locked, counting) entries: each gets a later entry that says so."""
    now = ctx.now()
    StageEntry.objects.filter(pk__in=[entry.pk for entry in entries]).update(voided_at=now)
    insert_rows(
        StageEntry,
        [
            StageEntry(
                workspace_id=ctx.workspace.pk,
                turn_id=entry.turn_id,
                account_id=entry.account_id,
                stage=entry.stage,
                entered_at=entry.entered_at,
                by_id=ctx.member_id,
                reason=reason,
                recorded_at=now,
                voids_id=entry.pk,
            )
            for entry in entries
        ],
    )
    ctx.emit(StageVoided(entry.pk, entry.account_id, None, turn_id=entry.turn_id, stage=entry.stage) for entry in entries)


# The same rule as domain/stages.py, over many accounts at once; a test compares the two.
_PROJECT = """
WITH entry AS (
  SELECT e.account_id, e.turn_id, e.stage, e.entered_at, place.position
  FROM directory_stageentry e LEFT JOIN unnest(%(stages)s::text[], %(positions)s::int[]) AS place(stage, position) USING (stage)
  WHERE e.workspace_id = tenure_workspace() AND e.account_id = ANY(%(accounts)s::uuid[]) AND e.voided_at IS NULL AND e.voids_id IS NULL
), turn AS (
  SELECT account_id, turn_id,
    max(entered_at) FILTER (WHERE stage = 'churned') AS churned_at,
    max(entered_at) FILTER (WHERE stage = 'lost') AS lost_at,
    max(entered_at) FILTER (WHERE stage = ANY(%(paying)s::text[])) AS paid_at,
    max(entered_at) FILTER (WHERE position IS NOT NULL) AS advanced_at,
    max(position) AS position,
    (array_agg(stage ORDER BY position DESC, entered_at DESC, stage DESC) FILTER (WHERE position IS NOT NULL))[1] AS furthest,
    (array_agg(entered_at ORDER BY position DESC, entered_at DESC) FILTER (WHERE position IS NOT NULL))[1] AS furthest_at
  FROM entry GROUP BY account_id, turn_id
), stand AS (
  SELECT account_id, turn_id, position, furthest_at, CASE
    WHEN churned_at >= coalesce(paid_at, '-infinity') THEN 'churned'
    WHEN lost_at >= coalesce(advanced_at, '-infinity') AND coalesce(position, 0) < %(won)s THEN 'lost'
    ELSE furthest END AS stage
  FROM turn
), chosen AS (
  SELECT DISTINCT ON (account_id) account_id, stage FROM stand
  ORDER BY account_id, CASE stage WHEN 'lost' THEN 0 WHEN 'churned' THEN 1 ELSE CASE WHEN position < %(won)s THEN 2 ELSE 3 END END DESC,
    position DESC, furthest_at DESC, stage DESC
)
UPDATE directory_account AS account SET stage = coalesce(chosen.stage, '')
FROM unnest(%(accounts)s::uuid[]) AS wanted(id) LEFT JOIN chosen ON chosen.account_id = wanted.id
WHERE account.workspace_id = tenure_workspace() AND account.id = wanted.id AND account.stage <> coalesce(chosen.stage, '')
"""


def project_stages(accounts: Collection[UUID | None]) -> None:
    """Bring the stage of these accounts in step with their entries. It is a projection: no version, no event of its own."""
    wanted = sorted({account for account in accounts if account is not None})
    if not wanted:
        return
    known = [stage for stage in POSITION if stage not in ENDS]
    parameters: dict[str, Any] = {
        "accounts": wanted,
        "stages": [str(stage) for stage in known],
        "positions": [POSITION[stage] for stage in known],
        "paying": [str(stage) for stage in PAYING],
        "won": POSITION[Stage.WON],
    }
    with connection.cursor() as cursor:
        cursor.execute(_PROJECT, parameters)
