"""A deal moves along the pipeline: to its next stage, to won, to lost."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID

from tenure.market.queries.records import get_record
from tenure.sales.enums import Outcome
from tenure.sales.models import Opportunity, PipelineStage
from tenure.sales.records import OPPORTUNITY, PIPELINE_STAGE
from tenure.workspace.action import action
from tenure.workspace.actions.edit_record import edit_record

if TYPE_CHECKING:
    from tenure.workspace.context import Context


@action("sales.move_opportunity")
def move_opportunity(ctx: Context, opportunity_id: UUID, stage_id: UUID, *, reason: str = "") -> Opportunity:
    """Let the deal be in that stage from now on. Won and lost end it now; an open stage opens it again.

    reason: why it was won or lost; left as it is where none is given. Raises NotFound for the deal or the stage.
    Idempotent: a deal that is in the stage stays there since then. Can be undone.
    """
    deal: Opportunity = get_record(
        ctx, OPPORTUNITY, opportunity_id, permission="sales.move_opportunity", related=("account", "product")
    )
    stage: PipelineStage = get_record(ctx, PIPELINE_STAGE, stage_id)
    if deal.stage_id == stage.pk:
        return deal
    values: dict[str, Any] = {
        "stage": stage.pk,
        "closed_at": None if stage.meaning == Outcome.OPEN else deal.closed_at or ctx.now(),
    }
    if reason.strip():
        values["reason"] = reason.strip()
    edit_record(ctx, OPPORTUNITY, deal, values)
    return deal
