"""Calls, meetings and mails written down by mistake are deleted; they come back by undo."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING
from uuid import UUID

from tenure.directory.deletion import delete_within_reach
from tenure.directory.records import ACTIVITY
from tenure.workspace.action import action
from tenure.workspace.models import ChangeSet

if TYPE_CHECKING:
    from tenure.workspace.context import Context


@action("directory.delete_activity")
def delete_activities(ctx: Context, ids: Collection[UUID], *, reason: str = "") -> ChangeSet:
    """Delete those of `ids` that the caller may delete, as one change set. Raises NotFound where there are none."""
    return delete_within_reach(ctx, ACTIVITY, ids, reason=reason)
