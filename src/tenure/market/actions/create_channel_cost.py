"""What a channel cost on one day is added."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, cast

from tenure.market.models import ChannelDay
from tenure.market.records import CHANNEL_COST
from tenure.workspace.action import action
from tenure.workspace.records import guard_external_id, insert_records

if TYPE_CHECKING:
    from tenure.workspace.context import Context


@action("market.create_channel_cost")
def create_channel_cost(ctx: Context, values: Mapping[str, Any]) -> ChannelDay:
    """Write what a channel cost on one day. values: field name (records/channel_cost.py) to typed value.

    Raises AmountMissing, DayTaken, ExternalIdTaken. Not idempotent but by external id.
    """
    ctx.require_everywhere("market.create_channel_cost")
    guard_external_id(CHANNEL_COST, values)
    row = cast("ChannelDay", CHANNEL_COST.build(ctx, dict(values)))
    insert_records(ctx, CHANNEL_COST, [row], values.keys())
    ctx.audit(row, fields=sorted(values))
    return row
