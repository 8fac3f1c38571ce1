"""A cost that no channel bears is added."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, cast

from tenure.market.models import OtherCost
from tenure.market.records import OTHER_COST
from tenure.workspace.action import action
from tenure.workspace.records import guard_external_id, insert_records

if TYPE_CHECKING:
    from tenure.workspace.context import Context


@action("market.create_other_cost")
def create_other_cost(ctx: Context, values: Mapping[str, Any]) -> OtherCost:
    """Write a cost that no channel bears. values: field name (records/other_cost.py) to typed value.

    Raises AmountMissing, ExternalIdTaken. Not idempotent but by external id.
    """
    ctx.require_everywhere("market.create_other_cost")
    guard_external_id(OTHER_COST, values)
    row = cast("OtherCost", OTHER_COST.build(ctx, dict(values)))
    insert_records(ctx, OTHER_COST, [row], values.keys())
    ctx.audit(row, fields=sorted(values))
    return row
