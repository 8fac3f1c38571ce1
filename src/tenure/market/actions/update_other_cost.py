"""A cost that no channel bears is corrected or completed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any
from uuid import UUID

from tenure.market.models import OtherCost
from tenure.market.queries.records import get_record
from tenure.market.records import OTHER_COST
from tenure.workspace.action import action
from tenure.workspace.actions.edit_record import edit_record

if TYPE_CHECKING:
    from tenure.workspace.context import Context


@action("market.update_other_cost")
def update_other_cost(ctx: Context, other_cost_id: UUID, values: Mapping[str, Any], *, version: int | None = None) -> OtherCost:
    """Set the fields in `values` (field name to typed value). Can be undone: the edit is a change set of one row.

    version: the version the caller had in hand; raises RecordChanged where it is no longer that. Raises NotFound,
    AmountMissing, ExternalIdTaken. Idempotent: the same values change nothing more.
    """
    row: OtherCost = get_record(ctx, OTHER_COST, other_cost_id, permission="market.update_other_cost")
    edit_record(ctx, OTHER_COST, row, values, version=version)
    return row
