"""Where accounts stand in the tree that fences see, told by the room that owns accounts."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from tenure.workspace.action import action
from tenure.workspace.granting import suspend_strays
from tenure.workspace.models import AccountPath
from tenure.workspace.rows import Same, insert_columns

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
        AccountPath.objects.filter(descendant_id__any_of=moved).delete()
    insert_columns(
        AccountPath,
        len(paths),
        workspace_id=Same(ctx.workspace.pk),
        ancestor_id=[ancestor for ancestor, _, _ in paths],
        descendant_id=[descendant for _, descendant, _ in paths],
        depth=[depth for _, _, depth in paths],
    )
    if moved and paths:
        suspend_strays(ctx, moved)
