"""A stage of the pipeline is corrected or completed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any
from uuid import UUID

from tenure.market.queries.records import get_record
from tenure.sales.models import PipelineStage
from tenure.sales.records import PIPELINE_STAGE
from tenure.workspace.action import action
from tenure.workspace.actions.edit_record import edit_record

if TYPE_CHECKING:
    from tenure.workspace.context import Context


@action("sales.update_pipeline_stage")
def update_pipeline_stage(
    ctx: Context, pipeline_stage_id: UUID, values: Mapping[str, Any], *, version: int | None = None
) -> PipelineStage:
    """Set the fields in `values` (field name to typed value). Can be undone: the edit is a change set of one row.

    version: the version the caller had in hand; raises RecordChanged where it is no longer that. Raises NotFound,
    NameMissing, NameTaken, StageInUse. Idempotent: the same values change nothing more.
    """
    row: PipelineStage = get_record(ctx, PIPELINE_STAGE, pipeline_stage_id, permission="sales.update_pipeline_stage")
    edit_record(ctx, PIPELINE_STAGE, row, values, version=version)
    return row
