"""Invitations: opening, finding and closing the one link of an invited member."""

from __future__ import annotations

import secrets
from datetime import timedelta
from typing import TYPE_CHECKING

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from tenure.workspace import formats
from tenure.workspace.enums import MailKind, MemberState
from tenure.workspace.errors import InvitationExpired, InvitationNotOpen
from tenure.workspace.mail import NewMail, empty_mail, post_mail
from tenure.workspace.models import Invitation, Member, OutgoingMail
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
    post_mail(ctx, _mail_of(ctx, invitation, invitation_link(secret)))
    return invitation, secret


def invitation_link(secret: str) -> str:
    """Where the holder of this secret joins."""
    return settings.BASE_URL.rstrip("/") + reverse("join", args=[secret])


def _mail_of(ctx: Context, invitation: Invitation, link: str) -> NewMail:
    """The invitation as a mail, in the language the member chose before, else the workspace's."""
    member = invitation.member
    language = member.language or ctx.workspace.language
    names = {"who": ctx.actor.name, "workspace": ctx.workspace.name, "name": member.name}
    with translation.override(language):
        until = formats.day(invitation.expires_at.astimezone(ctx.workspace.tz).date())
        return NewMail(
            kind=MailKind.INVITATION,
            to_address=member.email,
            subject=_("%(who)s invites you to %(workspace)s") % names,
            paragraphs=(
                _("Hello %(name)s,") % names,
                _("%(who)s invites you to work in %(workspace)s on Tenure.") % names,
                _("The link below works once, for your address, until %(until)s. If you did not expect it, do nothing.")
                % {"until": until},
            ),
            language=language,
            link=link,
            link_label=_("Join %(workspace)s") % names,
            member_id=member.pk,
        )


def close_invitation(ctx: Context, member: Member) -> None:
    """The member's open link stops working, and nobody can read it any more."""
    forget_links(ctx, member)
    Invitation.objects.filter(member=member, accepted_at__isnull=True, cancelled_at__isnull=True).update(cancelled_at=ctx.now())


def forget_links(ctx: Context, member: Member) -> None:
    """Empty the mails that carried a member's links: they were used, or are void."""
    empty_mail(ctx, OutgoingMail.objects.filter(kind=MailKind.INVITATION, member_id=member.pk))


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
