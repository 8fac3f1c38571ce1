"""A stage of the pipeline is added."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, cast

from tenure.sales.models import PipelineStage
from tenure.sales.records import PIPELINE_STAGE
from tenure.workspace.action import action
from tenure.workspace.records import guard_external_id, insert_records

if TYPE_CHECKING:
    from tenure.workspace.context import Context


@action("sales.create_pipeline_stage")
def create_pipeline_stage(ctx: Context, values: Mapping[str, Any]) -> PipelineStage:
    """Write a stage of the pipeline. values: field name (records/pipeline_stage.py) to typed value.

    Raises NameMissing, NameTaken, StageInUse. Not idempotent but by external id.
    """
    ctx.require_everywhere("sales.create_pipeline_stage")
    guard_external_id(PIPELINE_STAGE, values)
    row = cast("PipelineStage", PIPELINE_STAGE.build(ctx, dict(values)))
    insert_records(ctx, PIPELINE_STAGE, [row], values.keys())
    ctx.audit(row, fields=sorted(values))
    return row
