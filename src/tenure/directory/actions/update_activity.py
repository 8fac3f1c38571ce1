"""What was written down about a call, a meeting or a mail is corrected."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any
from uuid import UUID

from tenure.directory.models import Activity
from tenure.directory.queries.touches import get_touch
from tenure.directory.records import ACTIVITY
from tenure.workspace.action import action
from tenure.workspace.actions.edit_record import edit_record

if TYPE_CHECKING:
    from tenure.workspace.context import Context


@action("directory.update_activity")
def update_activity(ctx: Context, activity_id: UUID, values: Mapping[str, Any], *, version: int | None = None) -> Activity:
    """Set the fields in `values` (records/activity.py). Can be undone. Raises AccountMissing, RecordChanged, NotFound."""
    activity = get_touch(ctx, Activity, activity_id, permission="directory.update_activity")
    edit_record(ctx, ACTIVITY, activity, values, version=version)
    return activity
