"""Reported churn over the API: who is said to have left and why, beside what subscriptions say."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from ninja import Router

from tenure.billing.actions.delete_reported_churn import delete_reported_churn
from tenure.billing.actions.report_churn import report_churn
from tenure.billing.actions.update_reported_churn import update_reported_churn
from tenure.billing.lists import REPORTED_CHURNS
from tenure.billing.models import ReportedChurn
from tenure.billing.queries.reported_churn import compare_churn, get_reported_churn
from tenure.billing.records import REPORTED_CHURN
from tenure.billing.schemas.churn import (
    ChurnComparisonOut,
    ReportedChurnIn,
    ReportedChurnOut,
    ReportedChurnPage,
    ReportedChurnPatch,
)
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

router = Router(tags=["Reported churn"])


@router.get("/reported-churn", response=ReportedChurnPage, operation_id="list_reported_churns", summary="List reports of churn")
@endpoint("billing.view", lists=REPORTED_CHURNS)
def reported_churns(request: ApiRequest) -> ReportedChurnPage:
    """What people said about customers who left, filtered, searched and sorted as on its page."""
    return cursor_page(request, REPORTED_CHURNS, ReportedChurnPage, lambda row: _out(request, row))


@router.post("/reported-churn", response={201: ReportedChurnOut}, operation_id="report_churn", summary="Create a report of churn")
@endpoint("billing.report_churn")
def reported_churns_post(request: ApiRequest, body: ReportedChurnIn, response: HttpResponse) -> ReportedChurnOut:
    """Write a report. It moves no MRR: what ends is a subscription."""
    made = report_churn(request.ctx, record_values(request.ctx, REPORTED_CHURN, body))
    return _out(request, tag_made(response, made, "reported_churn"))


@router.get(
    "/reported-churn/comparison",
    response=ChurnComparisonOut,
    operation_id="compare_churn",
    summary="Compare reports of churn with subscriptions",
)
@endpoint("billing.view")
def reported_churn_comparison(request: ApiRequest) -> ChurnComparisonOut:
    """Both counts, and why they differ."""
    return ChurnComparisonOut(**compare_churn(request.ctx)._asdict())


@router.get(
    "/reported-churn/{uuid:report_id}",
    response=ReportedChurnOut,
    operation_id="get_reported_churn",
    summary="Get a report of churn",
)
@endpoint("billing.view")
def reported_churn(request: ApiRequest, report_id: UUID, response: HttpResponse) -> ReportedChurnOut:
    """One report. Its version stands in ETag."""
    return _out(request, tag_version(response, get_reported_churn(request.ctx, report_id)))


@router.patch(
    "/reported-churn/{uuid:report_id}",
    response=ReportedChurnOut,
    operation_id="update_reported_churn",
    summary="Change a report of churn",
)
@endpoint("billing.update_reported_churn", is_versioned=True)
def reported_churn_patch(
    request: ApiRequest, report_id: UUID, body: ReportedChurnPatch, response: HttpResponse
) -> ReportedChurnOut:
    """Change the fields sent, as a change set that can be undone."""
    values, version = record_values(request.ctx, REPORTED_CHURN, body), wanted_version(request, body.version)
    return _out(request, tag_version(response, update_reported_churn(request.ctx, report_id, values, version=version)))


@router.delete(
    "/reported-churn/{uuid:report_id}",
    response=ChangeSetOut,
    operation_id="delete_reported_churn",
    summary="Delete a report of churn",
)
@endpoint("billing.delete_reported_churn", is_versioned=True)
def reported_churn_delete(request: ApiRequest, report_id: UUID) -> ChangeSetOut:
    """Delete the report. The change set returned can be undone."""
    return delete_record(request, REPORTED_CHURN, report_id, delete_reported_churn)


def _out(request: ApiRequest, row: ReportedChurn) -> ReportedChurnOut:
    return record_out(request.ctx, ReportedChurnOut, REPORTED_CHURN, row)
