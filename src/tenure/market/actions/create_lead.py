"""A lead is added."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, cast

from tenure.market.models import Lead
from tenure.market.records import LEAD
from tenure.workspace.action import action
from tenure.workspace.records import guard_external_id, insert_records

if TYPE_CHECKING:
    from tenure.workspace.context import Context


@action("market.create_lead")
def create_lead(ctx: Context, values: Mapping[str, Any]) -> Lead:
    """Write a lead. values: field name (records/lead.py) to typed value.

    Raises ExternalIdTaken. Not idempotent but by external id.
    """
    guard_external_id(LEAD, values)
    row = cast("Lead", LEAD.build(ctx, dict(values)))
    insert_records(ctx, LEAD, [row], values.keys())
    ctx.audit(row, fields=sorted(values))
    return row
