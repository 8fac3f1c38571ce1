"""A stage of the pipeline is deleted, one or many; all of them come back by undo."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING
from uuid import UUID

from tenure.directory.deletion import delete_within_reach
from tenure.sales.records import PIPELINE_STAGE
from tenure.workspace.action import action
from tenure.workspace.models import ChangeSet

if TYPE_CHECKING:
    from tenure.workspace.context import Context


@action("sales.delete_pipeline_stages")
def delete_pipeline_stages(ctx: Context, ids: Collection[UUID], *, reason: str = "") -> ChangeSet:
    """Delete those of `ids` that the caller may delete, as one change set. Raises NotFound where there are none."""
    return delete_within_reach(ctx, PIPELINE_STAGE, ids, reason=reason)
