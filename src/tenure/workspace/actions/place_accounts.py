"""Where accounts stand in the tree that fences see, told by the room that owns accounts."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from tenure.workspace.action import action
from tenure.workspace.granting import suspend_strays
from tenure.workspace.models import AccountPath
from tenure.workspace.rows import insert_rows

if TYPE_CHECKING:
    from uuid import UUID

    from tenure.workspace.context import Context


@action("workspace.place_accounts")
def place_accounts(ctx: Context, moved: Sequence[UUID], paths: Sequence[tuple[UUID, UUID, int]]) -> None:
    """Forget where `moved` stand, then write `paths`: (ancestor, descendant, depth), each account itself at depth 0 included.

    Grants on a moved account that now stands outside of what the grant above them gives are suspended (granting.suspend_strays).
    Idempotent: the same paths leave the same rows.
    """
    if moved:
        AccountPath.objects.filter(descendant_id__in=list(moved)).delete()
    workspace_id = ctx.workspace.pk
    insert_rows(
        AccountPath,
        [
            AccountPath(workspace_id=workspace_id, ancestor_id=ancestor, descendant_id=descendant, depth=depth)
            for ancestor, descendant, depth in paths
        ],
    )
    if moved and paths:
        suspend_strays(ctx, moved)
