"""An opportunity is added."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, cast

from tenure.sales.models import Opportunity
from tenure.sales.records import OPPORTUNITY
from tenure.workspace.action import action
from tenure.workspace.records import guard_external_id, insert_records

if TYPE_CHECKING:
    from tenure.workspace.context import Context


@action("sales.create_opportunity")
def create_opportunity(ctx: Context, values: Mapping[str, Any]) -> Opportunity:
    """Write an opportunity. values: field name (records/opportunity.py) to typed value.

    Raises AmountMissing, ExternalIdTaken. Not idempotent but by external id.
    """
    guard_external_id(OPPORTUNITY, values)
    row = cast("Opportunity", OPPORTUNITY.build(ctx, dict(values)))
    insert_records(ctx, OPPORTUNITY, [row], values.keys())
    ctx.audit(row, fields=sorted(values))
    return row
