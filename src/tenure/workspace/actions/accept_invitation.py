"""An invited person joins: from now on their rights hold."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tenure.workspace.action import action
from tenure.workspace.enums import MemberState
from tenure.workspace.errors import InvitationForSomebodyElse, MemberExists
from tenure.workspace.events_of_rights import MemberJoined
from tenure.workspace.inviting import forget_links, get_open_invitation
from tenure.workspace.models import Member, User

if TYPE_CHECKING:
    from tenure.workspace.context import Context


@action("workspace.accept_invitation")
def accept_invitation(ctx: Context, secret: str, user: User) -> Member:
    """Make the invited member an active one, as `user`. ctx: queries.contexts.invitee_context, made from the same secret.

    The link works once, for seven days, and for the invited address only.
    Raises InvitationNotOpen, InvitationExpired, InvitationForSomebodyElse, MemberExists.
    """
    invitation = get_open_invitation(ctx, secret, lock=True)
    member: Member = invitation.member
    if user.email.lower() != member.email.lower():
        raise InvitationForSomebodyElse(email=member.email)
    if Member.objects.filter(user=user).exclude(pk=member.pk).exists():
        raise MemberExists(email=user.email, state=MemberState.ACTIVE.label)

    invitation.accepted_at = ctx.now()
    invitation.save(update_fields=["accepted_at"])
    member.user, member.state, member.name = user, MemberState.ACTIVE, user.name or member.name
    member.save(update_fields=["user", "state", "name"])

    forget_links(ctx, member)
    ctx.audit(member)
    ctx.emit(MemberJoined(member.pk, None, None))
    return member
