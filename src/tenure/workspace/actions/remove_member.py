"""A member leaves the company: their rights end, and all they have handed on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tenure.workspace.action import action
from tenure.workspace.enums import MemberState
from tenure.workspace.errors import MemberNotActive
from tenure.workspace.granting import guard_may_remove, lock_rights, part_with
from tenure.workspace.models import Member
from tenure.workspace.queries.members import get_member

if TYPE_CHECKING:
    from uuid import UUID

    from tenure.workspace.context import Context


@action("workspace.remove_member")
def remove_member(ctx: Context, member_id: UUID, *, reason: str = "") -> Member:
    """Let an active or suspended member go. Their row stays, because records name them; their grants are revoked with all below.

    Raises NotFound, MemberNotActive (left already, or only invited), PermissionMissing, GrantAboveYours, LastOwner.
    Rule: spec/grants.md point 4.
    """
    lock_rights(ctx)
    member = get_member(member_id, lock=True)
    if member.state not in {MemberState.ACTIVE, MemberState.SUSPENDED}:
        raise MemberNotActive(name=member.name, state=member.get_state_display())
    guard_may_remove(ctx, "workspace.remove_member", member)
    part_with(ctx, member, reason=reason)
    return member
