"""Somebody who sells is added."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, cast

from tenure.sales.models import SalesAgent
from tenure.sales.records import AGENT
from tenure.workspace.action import action
from tenure.workspace.records import guard_external_id, insert_records

if TYPE_CHECKING:
    from tenure.workspace.context import Context


@action("sales.create_agent")
def create_agent(ctx: Context, values: Mapping[str, Any]) -> SalesAgent:
    """Write somebody who sells. values: field name (records/agent.py) to typed value.

    Raises NameMissing, NameTaken, ExternalIdTaken. Not idempotent but by external id.
    """
    ctx.require_everywhere("sales.create_agent")
    guard_external_id(AGENT, values)
    row = cast("SalesAgent", AGENT.build(ctx, dict(values)))
    insert_records(ctx, AGENT, [row], values.keys())
    ctx.audit(row, fields=sorted(values))
    return row
