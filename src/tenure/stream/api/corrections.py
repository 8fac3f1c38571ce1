"""Corrections over the API."""

from __future__ import annotations

from uuid import UUID

from ninja import Router

from tenure.stream.actions.cancel_correction import cancel_correction
from tenure.stream.actions.correct_events import correct_events, guard_amendment
from tenure.stream.governance_schemas import (
    CorrectionIn,
    CorrectionOut,
    CorrectionPage,
    CorrectionPreviewIn,
    CorrectionPreviewOut,
    correction_out,
    preview_out,
)
from tenure.stream.lists import CORRECTIONS
from tenure.stream.queries.corrections import VIEW, get_correction, preview_correction
from tenure.stream.readers import written_upto
from tenure.workspace.endpoints import ApiRequest, cursor_page, endpoint

router = Router(tags=["Product events"])


@router.get("/corrections", response=CorrectionPage, operation_id="list_corrections", summary="List corrections")
@endpoint(VIEW, lists=CORRECTIONS)
def corrections(request: ApiRequest) -> CorrectionPage:
    """Who deleted or changed events, why, and how many."""
    return cursor_page(request, CORRECTIONS, CorrectionPage, correction_out)


@router.post("/corrections", response={202: CorrectionOut}, operation_id="correct_events", summary="Delete or change events")
@endpoint(VIEW)
def corrections_post(request: ApiRequest, body: CorrectionIn) -> tuple[int, CorrectionOut]:
    """Have it done by a job. Ids of deleted events stay known: sending one again within 48 hours does not bring it back."""
    made = correct_events(request.ctx, body.events.wanted(), reason=body.reason, amendment=body.amendment())
    return 202, correction_out(made)


@router.post(
    "/corrections/previews", response=CorrectionPreviewOut, operation_id="preview_correction", summary="Preview a correction"
)
@endpoint(VIEW)
def correction_previews(request: ApiRequest, body: CorrectionPreviewIn) -> CorrectionPreviewOut:
    """How many events, of which accounts, and sums of numeric properties before and after. Changes nothing."""
    request.ctx.require_everywhere(VIEW)
    guard_amendment(body.amendment())
    wanted = body.events.wanted().frozen()
    return preview_out(preview_correction(request.ctx, wanted, body.amendment(), written_upto()))


@router.get("/corrections/{correction_id}", response=CorrectionOut, operation_id="get_correction", summary="Get a correction")
@endpoint(VIEW)
def correction(request: ApiRequest, correction_id: UUID) -> CorrectionOut:
    """How far it is."""
    return correction_out(get_correction(request.ctx, correction_id))


@router.post(
    "/corrections/{correction_id}/cancellations",
    response=CorrectionOut,
    operation_id="cancel_correction",
    summary="Cancel a correction",
)
@endpoint(VIEW)
def correction_cancellations(request: ApiRequest, correction_id: UUID) -> CorrectionOut:
    """Stop it after the month it is at; what was corrected stays so."""
    return correction_out(cancel_correction(request.ctx, correction_id))
