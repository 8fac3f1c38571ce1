"""An invitation that was lost or is over gets a new link; the old one stops working."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tenure.workspace.action import action
from tenure.workspace.granting import guard_reach_over
from tenure.workspace.inviting import close_invitation, get_invited, open_invitation
from tenure.workspace.models import Invitation
from tenure.workspace.queries.members import get_member

if TYPE_CHECKING:
    from uuid import UUID

    from tenure.workspace.context import Context


@action("workspace.renew_invitation")
def renew_invitation(ctx: Context, member_id: UUID) -> tuple[Invitation, str]:
    """Make a new link for an invited member, again good for seven days; its secret is shown once.

    Raises NotFound, InvitationNotOpen, PermissionMissing. Not idempotent: each call makes the last link the only one.
    """
    guard_reach_over(ctx, "workspace.renew_invitation", get_member(member_id))
    member = get_invited(member_id)
    close_invitation(ctx, member)
    ctx.audit(member)
    return open_invitation(ctx, member)
