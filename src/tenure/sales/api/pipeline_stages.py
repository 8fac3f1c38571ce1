"""The pipeline over the API: the stages a deal moves along, in the company's own words."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from ninja import Router

from tenure.market.queries.records import get_record
from tenure.sales.actions.create_pipeline_stage import create_pipeline_stage
from tenure.sales.actions.delete_pipeline_stages import delete_pipeline_stages
from tenure.sales.actions.update_pipeline_stage import update_pipeline_stage
from tenure.sales.lists import PIPELINE_STAGES
from tenure.sales.models import PipelineStage
from tenure.sales.records import PIPELINE_STAGE
from tenure.sales.schemas.selling import PipelineStageIn, PipelineStageOut, PipelineStagePage, PipelineStagePatch
from tenure.workspace.endpoints import (
    ApiRequest,
    cursor_page,
    delete_record,
    endpoint,
    record_out,
    record_values,
    tag_made,
    tag_version,
    wanted_version,
)
from tenure.workspace.endpoints.change_sets import ChangeSetOut

router = Router(tags=["Pipeline"])


@router.get("/pipeline-stages", response=PipelineStagePage, operation_id="list_pipeline_stages", summary="List pipeline stages")
@endpoint("sales.view", lists=PIPELINE_STAGES)
def pipeline_stages(request: ApiRequest) -> PipelineStagePage:
    """The stages from left to right."""
    return cursor_page(request, PIPELINE_STAGES, PipelineStagePage, lambda row: _out(request, row))


@router.post(
    "/pipeline-stages", response={201: PipelineStageOut}, operation_id="create_pipeline_stage", summary="Create a pipeline stage"
)
@endpoint("sales.create_pipeline_stage")
def pipeline_stages_post(request: ApiRequest, body: PipelineStageIn, response: HttpResponse) -> PipelineStageOut:
    """Write a stage of the pipeline. Two never share a name."""
    made = create_pipeline_stage(request.ctx, record_values(request.ctx, PIPELINE_STAGE, body))
    return _out(request, tag_made(response, made, "pipeline_stage"))


@router.get(
    "/pipeline-stages/{uuid:pipeline_stage_id}",
    response=PipelineStageOut,
    operation_id="get_pipeline_stage",
    summary="Get a pipeline stage",
)
@endpoint("sales.view")
def pipeline_stage(request: ApiRequest, pipeline_stage_id: UUID, response: HttpResponse) -> PipelineStageOut:
    """One stage of the pipeline. Its version stands in ETag."""
    return _out(request, tag_version(response, get_record(request.ctx, PIPELINE_STAGE, pipeline_stage_id)))


@router.patch(
    "/pipeline-stages/{uuid:pipeline_stage_id}",
    response=PipelineStageOut,
    operation_id="update_pipeline_stage",
    summary="Change a pipeline stage",
)
@endpoint("sales.update_pipeline_stage", is_versioned=True)
def pipeline_stage_patch(
    request: ApiRequest, pipeline_stage_id: UUID, body: PipelineStagePatch, response: HttpResponse
) -> PipelineStageOut:
    """Change the fields sent, as a change set that can be undone. A stage with deals in it keeps its meaning."""
    values, version = record_values(request.ctx, PIPELINE_STAGE, body), wanted_version(request, body.version)
    return _out(request, tag_version(response, update_pipeline_stage(request.ctx, pipeline_stage_id, values, version=version)))


@router.delete(
    "/pipeline-stages/{uuid:pipeline_stage_id}",
    response=ChangeSetOut,
    operation_id="delete_pipeline_stage",
    summary="Delete a pipeline stage",
)
@endpoint("sales.delete_pipeline_stages", is_versioned=True)
def pipeline_stage_delete(request: ApiRequest, pipeline_stage_id: UUID) -> ChangeSetOut:
    """Delete the stage. One with deals in it stays. The change set returned can be undone."""
    return delete_record(request, PIPELINE_STAGE, pipeline_stage_id, delete_pipeline_stages)


def _out(request: ApiRequest, row: PipelineStage) -> PipelineStageOut:
    return record_out(request.ctx, PipelineStageOut, PIPELINE_STAGE, row)
