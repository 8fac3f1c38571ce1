"""Finding movements: one by id with what is behind it, those of an account."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from tenure.billing.models import MrrMovement
from tenure.kernel.errors import NotFound
from tenure.workspace.reach import scope_filter

if TYPE_CHECKING:
    from tenure.workspace.context import Context


def get_movement(ctx: Context, movement_id: UUID) -> MrrMovement:
    """The movement with its chain: item, subscription, opportunity, lead; voided ones too. Raises NotFound."""
    rows = MrrMovement.everything.filter(scope_filter(ctx, "billing.view", MrrMovement), pk=movement_id)
    movement = rows.select_related("account", "item", "subscription__opportunity__lead__channel").first()
    if movement is None:
        raise NotFound(kind="mrr_movement")
    return movement
