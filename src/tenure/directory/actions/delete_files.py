"""Files are taken off an account; they come back by undo, so their bytes stay."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING
from uuid import UUID

from tenure.directory.deletion import delete_within_reach
from tenure.directory.records import ACCOUNT_FILE
from tenure.workspace.action import action
from tenure.workspace.models import ChangeSet

if TYPE_CHECKING:
    from tenure.workspace.context import Context


@action("directory.delete_file")
def delete_files(ctx: Context, ids: Collection[UUID], *, reason: str = "") -> ChangeSet:
    """Delete those of `ids` that the caller may delete, as one change set. Raises NotFound where there are none."""
    return delete_within_reach(ctx, ACCOUNT_FILE, ids, reason=reason)
