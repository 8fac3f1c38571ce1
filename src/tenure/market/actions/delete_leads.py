"""A lead is deleted, one or many; all of them come back by undo."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING
from uuid import UUID

from tenure.directory.deletion import delete_within_reach
from tenure.market.records import LEAD
from tenure.workspace.action import action
from tenure.workspace.models import ChangeSet

if TYPE_CHECKING:
    from tenure.workspace.context import Context


@action("market.delete_leads")
def delete_leads(ctx: Context, ids: Collection[UUID], *, reason: str = "") -> ChangeSet:
    """Delete those of `ids` that the caller may delete, as one change set. Raises NotFound where there are none."""
    return delete_within_reach(ctx, LEAD, ids, reason=reason)
