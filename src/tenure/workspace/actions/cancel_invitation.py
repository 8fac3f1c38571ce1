"""An invitation is withdrawn before it was accepted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tenure.workspace.action import action
from tenure.workspace.domain.grants import Holder
from tenure.workspace.enums import GranteeKind, MemberState
from tenure.workspace.events_of_rights import MemberLeft
from tenure.workspace.granting import cut_off, guard_reach_over, lock_rights
from tenure.workspace.inviting import close_invitation, get_invited
from tenure.workspace.models import Member
from tenure.workspace.queries.grants import list_grant_ids_of
from tenure.workspace.queries.members import get_member

if TYPE_CHECKING:
    from uuid import UUID

    from tenure.workspace.context import Context


@action("workspace.cancel_invitation")
def cancel_invitation(ctx: Context, member_id: UUID) -> Member:
    """Close the link and revoke the rights that waited behind it; the member counts as left, and can be invited again.

    Raises NotFound, InvitationNotOpen, PermissionMissing.
    """
    lock_rights(ctx)
    guard_reach_over(ctx, "workspace.cancel_invitation", get_member(member_id))
    member = get_invited(member_id)

    close_invitation(ctx, member)
    member.state = MemberState.LEFT
    member.save(update_fields=["state"])
    cut_off(ctx, list_grant_ids_of(Holder(GranteeKind.MEMBER, member.pk)))

    ctx.audit(member)
    ctx.emit(MemberLeft(member.pk, None, None))
    return member
