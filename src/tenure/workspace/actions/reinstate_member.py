"""A suspended member may act again, with the rights they had and all that came from them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tenure.workspace.action import action
from tenure.workspace.enums import MemberState
from tenure.workspace.errors import MemberNotSuspended
from tenure.workspace.events_of_rights import MemberReinstated
from tenure.workspace.granting import guard_reach_over, lock_rights
from tenure.workspace.models import Member
from tenure.workspace.queries.members import get_member

if TYPE_CHECKING:
    from uuid import UUID

    from tenure.workspace.context import Context


@action("workspace.reinstate_member")
def reinstate_member(ctx: Context, member_id: UUID) -> Member:
    """Lift a member's suspension. Raises NotFound, MemberNotSuspended, PermissionMissing."""
    lock_rights(ctx)
    member = get_member(member_id, lock=True)
    guard_reach_over(ctx, "workspace.reinstate_member", member)
    if member.state != MemberState.SUSPENDED:
        raise MemberNotSuspended(name=member.name, state=member.get_state_display())

    member.state = MemberState.ACTIVE
    member.save(update_fields=["state"])

    ctx.audit(member)
    ctx.emit(MemberReinstated(member.pk, None, None))
    return member
