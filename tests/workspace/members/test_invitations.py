"""Inviting a colleague: the link, who may use it, and what waits behind it."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tenure.kernel import clock
from tenure.kernel.errors import NotFound
from tenure.workspace.actions.accept_invitation import accept_invitation
from tenure.workspace.actions.cancel_invitation import cancel_invitation
from tenure.workspace.actions.invite_member import invite_member
from tenure.workspace.actions.remove_member import remove_member
from tenure.workspace.actions.renew_invitation import renew_invitation
from tenure.workspace.enums import GranteeKind
from tenure.workspace.errors import (
    GrantNotNarrower,
    InvitationExpired,
    InvitationForSomebodyElse,
    InvitationNotOpen,
    MemberExists,
    PermissionMissing,
)
from tenure.workspace.models import Invitation, Role, User
from tenure.workspace.queries.authority import find_authority
from tenure.workspace.queries.contexts import invitee_context, member_context
from tenure.workspace.queries.entry import find_membership
from tenure.workspace.scope import enter
from tests.workspace.grants.people import colleague, give

EMAIL = "eva@acme.example"


def role(acme, name: str = "Viewer") -> Role:
    with enter(acme.owner.ctx.scope):
        return Role.objects.get(name=name)


def accept(secret: str, email: str = EMAIL):
    user = User.objects.filter(email=email).first() or User.objects.create_user(email, name="Eva Ruiz")
    return accept_invitation(invitee_context(secret), secret, user)


def test_invite_member_gives_rights_only_once_accepted(acme):
    invitation, secret = invite_member(acme.owner.ctx, " Eva@Acme.example ", role(acme))
    with enter(acme.owner.ctx.scope):
        assert not find_authority(GranteeKind.MEMBER, invitation.member_id).holds("directory.view")

    member = accept(secret)

    assert (member.name, member.email, member.state) == ("Eva Ruiz", EMAIL, "active")
    assert member_context(acme.workspace.pk, member.pk).holds("directory.view")
    assert find_membership(acme.workspace.slug, member.user_id) == (acme.workspace.pk, member.pk)
    assert acme.event_types() == ["workspace.rights_granted", "workspace.member_invited", "workspace.member_joined"]


def test_invite_member_stores_only_a_digest_of_the_secret(acme):
    invitation, secret = invite_member(acme.owner.ctx, EMAIL, role(acme))

    assert len(secret) >= 43  # 256 bits in base64
    assert bytes(invitation.digest) != secret.encode()


def test_accepted_invitation_works_once(acme):
    _, secret = invite_member(acme.owner.ctx, EMAIL, role(acme))
    accept(secret)

    with pytest.raises(InvitationNotOpen):
        accept(secret)


def test_invitation_after_seven_days_is_over(acme):
    invitation, secret = invite_member(acme.owner.ctx, EMAIL, role(acme))
    assert invitation.expires_at - invitation.created_at == timedelta(days=7)
    with enter(acme.owner.ctx.scope):
        Invitation.objects.update(expires_at=clock.now())

    with pytest.raises(InvitationExpired):
        accept(secret)


def test_invitation_by_another_address_is_refused(acme):
    _, secret = invite_member(acme.owner.ctx, EMAIL, role(acme))

    with pytest.raises(InvitationForSomebodyElse):
        accept(secret, "mallory@acme.example")


def test_invitation_secret_that_does_not_exist_is_not_there(db):
    with pytest.raises(NotFound):
        invitee_context("guessed")


def test_renew_invitation_makes_the_old_link_stop(acme):
    invitation, old = invite_member(acme.owner.ctx, EMAIL, role(acme))

    _, new = renew_invitation(acme.owner.ctx, invitation.member_id)

    with pytest.raises(InvitationNotOpen):
        accept(old)
    assert accept(new).is_active


def test_cancel_invitation_ends_link_and_rights_and_allows_another(acme):
    invitation, secret = invite_member(acme.owner.ctx, EMAIL, role(acme))

    cancel_invitation(acme.owner.ctx, invitation.member_id)

    with pytest.raises(InvitationNotOpen):
        accept(secret)
    again, new = invite_member(acme.owner.ctx, EMAIL, role(acme, "Rep"))
    member = accept(new)
    assert again.member_id == invitation.member_id
    assert member_context(acme.workspace.pk, member.pk).holds("directory.create_account")


def test_invite_member_who_is_one_already_is_refused(acme):
    invite_member(acme.owner.ctx, EMAIL, role(acme))

    with pytest.raises(MemberExists):
        invite_member(acme.owner.ctx, EMAIL, role(acme))


def test_invite_member_who_left_brings_back_the_same_member_with_new_rights(acme):
    _, secret = invite_member(acme.owner.ctx, EMAIL, role(acme, "Rep"))
    left = remove_member(acme.owner.ctx, accept(secret).pk)

    _, secret = invite_member(acme.owner.ctx, EMAIL, role(acme))
    member = accept(secret)

    assert member.pk == left.pk
    ctx = member_context(acme.workspace.pk, member.pk)
    assert [ctx.holds(name) for name in ("directory.view", "directory.create_account")] == [True, False]


def test_invite_member_beyond_ones_own_rights_is_refused_and_leaves_nothing(acme):
    lead = colleague(acme, "Lead")
    give(acme.owner, lead, ["directory.*", "workspace.invite_member"], may_delegate=1)

    with pytest.raises(GrantNotNarrower):
        invite_member(lead.ctx, EMAIL, role(acme, "Owner"))

    with enter(acme.owner.ctx.scope):
        assert Invitation.objects.count() == 0


def test_invite_member_by_rep_is_refused(acme):
    with pytest.raises(PermissionMissing):
        invite_member(acme.rep.ctx, EMAIL, role(acme))


def test_invitee_may_do_nothing_but_accept(acme):
    _, secret = invite_member(acme.owner.ctx, EMAIL, role(acme, "Owner"))
    ctx = invitee_context(secret)

    assert [ctx.holds(name) for name in ("workspace.accept_invitation", "directory.view", "workspace.invite_member")] == [
        True, False, False,
    ]  # fmt: skip
