"""MRR movements over the API: what every revenue number is the sum of. They follow from subscriptions and cannot be written."""

from __future__ import annotations

from uuid import UUID

from ninja import Router

from tenure.billing.lists import MOVEMENTS
from tenure.billing.queries.movements import get_movement
from tenure.billing.schemas.movements import MovementOut, MovementPage, movement_out
from tenure.workspace.endpoints import ApiRequest, cursor_page, endpoint

router = Router(tags=["MRR movements"])


@router.get("/mrr-movements", response=MovementPage, operation_id="list_movements", summary="List MRR movements")
@endpoint("billing.view", lists=MOVEMENTS)
def movements(request: ApiRequest) -> MovementPage:
    """The movements that count now, filtered, searched and sorted as on their page."""
    return cursor_page(request, MOVEMENTS, MovementPage, movement_out)


@router.get("/mrr-movements/{uuid:movement_id}", response=MovementOut, operation_id="get_movement", summary="Get an MRR movement")
@endpoint("billing.view")
def movement(request: ApiRequest, movement_id: UUID) -> MovementOut:
    """One movement; one that later knowledge has voided too."""
    return movement_out(get_movement(request.ctx, movement_id))
