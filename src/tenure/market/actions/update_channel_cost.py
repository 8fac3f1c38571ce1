"""What a channel cost on one day is corrected or completed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any
from uuid import UUID

from tenure.market.models import ChannelDay
from tenure.market.queries.records import get_record
from tenure.market.records import CHANNEL_COST
from tenure.workspace.action import action
from tenure.workspace.actions.edit_record import edit_record

if TYPE_CHECKING:
    from tenure.workspace.context import Context


@action("market.update_channel_cost")
def update_channel_cost(
    ctx: Context, channel_cost_id: UUID, values: Mapping[str, Any], *, version: int | None = None
) -> ChannelDay:
    """Set the fields in `values` (field name to typed value). Can be undone: the edit is a change set of one row.

    version: the version the caller had in hand; raises RecordChanged where it is no longer that. Raises NotFound,
    AmountMissing, DayTaken, ExternalIdTaken. Idempotent: the same values change nothing more.
    """
    row: ChannelDay = get_record(ctx, CHANNEL_COST, channel_cost_id, permission="market.update_channel_cost")
    edit_record(ctx, CHANNEL_COST, row, values, version=version)
    return row
