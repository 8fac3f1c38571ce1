"""A colleague is invited: a link, and the rights that wait for them behind it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from tenure.workspace.action import action
from tenure.workspace.domain.grants import EVERYWHERE, Holder, Place
from tenure.workspace.enums import GranteeKind, MemberState
from tenure.workspace.errors import MemberExists
from tenure.workspace.events_of_rights import MemberInvited
from tenure.workspace.granting import GrantOrder, hand_on, lock_rights
from tenure.workspace.inviting import open_invitation
from tenure.workspace.models import Invitation, Member, Role

if TYPE_CHECKING:
    from datetime import datetime

    from tenure.workspace.context import Context


@action("workspace.invite_member")
def invite_member(
    ctx: Context,
    email: str,
    given: Role | Sequence[str],
    *,
    name: str = "",
    team: str = "",
    place: Place = EVERYWHERE,
    may_delegate: int = 0,
    expires_at: datetime | None = None,
) -> tuple[Invitation, str]:
    """Write the member as invited, with the grant that comes alive when they accept; returns the link's secret, shown once, seven days good.

    team: what the company calls the group they work in. given: a role or permission patterns, within `place`. Somebody who left is invited again as the member they were.
    Raises MemberExists, PermissionUnknown, PermissionMissing, GrantNotNarrower, SelfGrant, NotFound (account).
    Idempotent by address: a second call raises MemberExists; renew_invitation makes another link.
    """
    lock_rights(ctx)
    member = _invited(ctx, email.strip().lower(), name.strip(), team.strip())
    holder = Holder(GranteeKind.MEMBER, member.pk)
    order = GrantOrder.of(holder, given, place, may_delegate=may_delegate, expires_at=expires_at)
    hand_on(ctx, "workspace.invite_member", order)
    ctx.audit(member)
    ctx.emit(MemberInvited(member.pk, None, None))
    return open_invitation(ctx, member)


def _invited(ctx: Context, email: str, name: str, team: str) -> Member:
    member = Member.objects.filter(email=email).select_for_update().first()
    if member is None:
        return Member.objects.create(
            workspace_id=ctx.workspace.pk,
            name=name or email.partition("@")[0],
            email=email,
            team=team,
            state=MemberState.INVITED,
            created_at=ctx.now(),
        )
    if member.state != MemberState.LEFT:
        raise MemberExists(email=email, state=member.get_state_display())
    member.state, member.name, member.team = MemberState.INVITED, name or member.name, team or member.team
    member.save(update_fields=["state", "name", "team"])
    return member
