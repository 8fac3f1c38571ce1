"""A way on which prospects come is added."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, cast

from tenure.market.models import Channel
from tenure.market.records import CHANNEL
from tenure.workspace.action import action
from tenure.workspace.records import guard_external_id, insert_records

if TYPE_CHECKING:
    from tenure.workspace.context import Context


@action("market.create_channel")
def create_channel(ctx: Context, values: Mapping[str, Any]) -> Channel:
    """Write a way on which prospects come. values: field name (records/channel.py) to typed value.

    Raises NameMissing, NameTaken, ExternalIdTaken. Not idempotent but by external id.
    """
    ctx.require_everywhere("market.create_channel")
    guard_external_id(CHANNEL, values)
    row = cast("Channel", CHANNEL.build(ctx, dict(values)))
    insert_records(ctx, CHANNEL, [row], values.keys())
    ctx.audit(row, fields=sorted(values))
    return row
