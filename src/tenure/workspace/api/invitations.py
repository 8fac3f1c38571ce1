"""Invitations over the API: a colleague is invited, gets a new link, or is not to come after all."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse
from ninja import Router

from tenure.workspace.actions.cancel_invitation import cancel_invitation
from tenure.workspace.actions.invite_member import invite_member
from tenure.workspace.actions.renew_invitation import renew_invitation
from tenure.workspace.endpoints import ApiRequest, endpoint
from tenure.workspace.rights_schemas import InvitationIn, InvitationOut, invitation_out
from tenure.workspace.schemas import MemberOut, member_out

router = Router(tags=["Members"])


@router.post("/invitations", response={201: InvitationOut}, operation_id="invite_member", summary="Invite a member")
@endpoint("workspace.invite_member")
def invitations_post(request: ApiRequest, body: InvitationIn, response: HttpResponse) -> InvitationOut:
    """Write the member as invited, with the rights that wait for them. The key hands on what it holds itself, and no more."""
    invitation, secret = invite_member(
        request.ctx,
        body.email,
        body.given,
        name=body.name,
        team=body.team,
        place=body.place,
        may_delegate=body.may_delegate,
        expires_at=body.expires_at,
    )
    response["Location"] = reverse("api:member", args=[invitation.member_id])
    return invitation_out(invitation.member, invitation, secret)


@router.post(
    "/members/{uuid:member_id}/renew-invitation",
    response=InvitationOut,
    operation_id="renew_invitation",
    summary="Renew an invitation",
)
@endpoint("workspace.renew_invitation")
def invitation_renewal(request: ApiRequest, member_id: UUID) -> InvitationOut:
    """Make a new link for an invited member; the old one stops working."""
    invitation, secret = renew_invitation(request.ctx, member_id)
    return invitation_out(invitation.member, invitation, secret)


@router.post(
    "/members/{uuid:member_id}/cancel-invitation",
    response=MemberOut,
    operation_id="cancel_invitation",
    summary="Cancel an invitation",
)
@endpoint("workspace.cancel_invitation")
def invitation_cancellation(request: ApiRequest, member_id: UUID) -> MemberOut:
    """Close the link and take back the rights that waited behind it."""
    return member_out(cancel_invitation(request.ctx, member_id))
