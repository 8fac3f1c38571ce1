"""A member may not act for now; their rights, and all they have handed on, rest meanwhile."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tenure.workspace.action import action
from tenure.workspace.enums import MemberState
from tenure.workspace.errors import MemberNotActive
from tenure.workspace.events_of_rights import MemberSuspended
from tenure.workspace.granting import guard_may_remove, lock_rights
from tenure.workspace.models import Member
from tenure.workspace.queries.members import get_member

if TYPE_CHECKING:
    from uuid import UUID

    from tenure.workspace.context import Context


@action("workspace.suspend_member")
def suspend_member(ctx: Context, member_id: UUID, *, reason: str = "") -> Member:
    """Suspend an active member. preview_departure says beforehand what that takes.

    Nothing is written to grants: a chain with a suspended holder does not hold, and holds again once they are reinstated.
    Raises NotFound, MemberNotActive, PermissionMissing, GrantAboveYours (oneself, or somebody above), LastOwner.
    """
    lock_rights(ctx)
    member = get_member(member_id, lock=True)
    if member.state != MemberState.ACTIVE:
        raise MemberNotActive(name=member.name, state=member.get_state_display())
    guard_may_remove(ctx, "workspace.suspend_member", member)

    member.state = MemberState.SUSPENDED
    member.save(update_fields=["state"])

    ctx.audit(member, reason=reason)
    ctx.emit(MemberSuspended(member.pk, None, None))
    return member
