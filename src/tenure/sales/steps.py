"""The history of a deal's stages: appended whenever a deal enters one. Set-based."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from tenure.sales.models import OpportunityStep
from tenure.workspace.rows import insert_rows, update_rows

if TYPE_CHECKING:
    from tenure.workspace.context import Context


def append_steps(ctx: Context, rows: Sequence[Any]) -> None:
    """Say that the opportunities entered the stage they are in, when they say they did."""
    now = ctx.now()
    steps = [
        OpportunityStep(
            workspace_id=ctx.workspace.pk,
            opportunity_id=row.pk,
            account_id=row.account_id,
            stage_id=row.stage_id,
            outcome=row.outcome,
            entered_at=row.stage_entered_at,
            recorded_at=now,
            by_id=ctx.member_id,
        )
        for row in rows
    ]
    insert_rows(OpportunityStep, steps)


def follow_account(rows: Sequence[Any]) -> None:
    """The steps stand behind the fence of the account their deal has now."""
    accounts = {row.pk: row.account_id for row in rows}
    steps = list(OpportunityStep.objects.filter(opportunity_id__in=list(accounts)))
    for step in steps:
        step.account_id = accounts[step.opportunity_id]
    update_rows(OpportunityStep, steps, ["account"])
