"""Invitations: opening, finding and closing the one link of an invited member."""

from __future__ import annotations

import secrets
from datetime import timedelta
from typing import TYPE_CHECKING

from tenure.workspace.enums import MemberState
from tenure.workspace.errors import InvitationExpired, InvitationNotOpen
from tenure.workspace.models import Invitation, Member
from tenure.workspace.queries.entry import digest_of
from tenure.workspace.queries.members import get_member

if TYPE_CHECKING:
    from uuid import UUID

    from tenure.workspace.context import Context

SECRET_BYTES = 32
GOOD_FOR_DAYS = 7


def open_invitation(ctx: Context, member: Member) -> tuple[Invitation, str]:
    """A new link for the member, and its secret of 256 random bits, of which only the digest is stored."""
    now = ctx.now()
    secret = secrets.token_urlsafe(SECRET_BYTES)
    invitation = Invitation.objects.create(
        workspace_id=ctx.workspace.pk,
        member=member,
        digest=digest_of(secret),
        invited_by_id=ctx.actor.id,
        created_at=now,
        expires_at=now + timedelta(days=GOOD_FOR_DAYS),
    )
    return invitation, secret


def close_invitation(ctx: Context, member: Member) -> None:
    """The member's open link stops working."""
    Invitation.objects.filter(member=member, accepted_at__isnull=True, cancelled_at__isnull=True).update(cancelled_at=ctx.now())


def get_invited(member_id: UUID) -> Member:
    """The member, locked, whose invitation waits to be accepted; raises NotFound, InvitationNotOpen."""
    member = get_member(member_id, lock=True)
    if member.state != MemberState.INVITED:
        raise InvitationNotOpen
    return member


def get_open_invitation(ctx: Context, secret: str, *, lock: bool = False) -> Invitation:
    """The invitation this secret opens, with its member; raises InvitationNotOpen, InvitationExpired."""
    rows = Invitation.objects.filter(digest=digest_of(secret)).select_related("member")
    invitation = (rows.select_for_update() if lock else rows).first()
    if invitation is None or invitation.accepted_at or invitation.cancelled_at or invitation.member.state != MemberState.INVITED:
        raise InvitationNotOpen
    if invitation.expires_at <= ctx.now():
        raise InvitationExpired(ended_on=invitation.expires_at.astimezone(ctx.tz).date().isoformat())
    return invitation
