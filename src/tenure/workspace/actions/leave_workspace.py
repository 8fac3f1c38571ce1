"""A member leaves of their own will."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tenure.workspace.action import action
from tenure.workspace.errors import PermissionMissing
from tenure.workspace.granting import guard_not_last_owner, lock_rights, part_with
from tenure.workspace.queries.members import get_member

if TYPE_CHECKING:
    from tenure.workspace.context import Context
    from tenure.workspace.models import Member


@action("workspace.leave_workspace")
def leave_workspace(ctx: Context) -> Member:
    """End the caller's own membership: their grants, and all they have handed on. Raises LastOwner; PermissionMissing for a key."""
    if ctx.member_id is None:
        raise PermissionMissing(permission="workspace.leave_workspace")
    lock_rights(ctx)
    member = get_member(ctx.member_id, lock=True)
    guard_not_last_owner(ctx, member)
    part_with(ctx, member, reason="")
    return member
