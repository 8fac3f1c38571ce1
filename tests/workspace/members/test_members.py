"""Suspending, reinstating, leaving, changing roles, handing over."""

from __future__ import annotations

import pytest

from tenure.kernel.errors import NotFound
from tenure.workspace.actions.change_role import change_role
from tenure.workspace.actions.hand_over_workspace import hand_over_workspace
from tenure.workspace.actions.leave_workspace import leave_workspace
from tenure.workspace.actions.reinstate_member import reinstate_member
from tenure.workspace.actions.remove_member import remove_member
from tenure.workspace.actions.suspend_member import suspend_member
from tenure.workspace.errors import (
    GrantAboveYours,
    LastOwner,
    MemberNotActive,
    MemberNotSuspended,
    PermissionMissing,
)
from tenure.workspace.models import Role
from tenure.workspace.queries.entry import find_membership
from tenure.workspace.queries.grants import Losses, preview_departure
from tenure.workspace.scope import enter
from tests.workspace.grants.people import below, colleague, give

ADMIN = ["directory.*", "workspace.grant_rights", "workspace.suspend_member", "workspace.remove_member"]


@pytest.fixture
def chain(acme):
    """Owner > lead > ben."""
    lead, ben = colleague(acme, "Lead"), colleague(acme, "Ben")
    give(acme.owner, lead, ADMIN, may_delegate=2)
    give(lead, ben, ["directory.view"])
    return lead, ben


def test_suspend_member_rests_their_rights_and_all_below_until_reinstated(acme, chain):
    lead, ben = chain

    suspend_member(acme.owner.ctx, lead.member_id, reason="Under review")

    assert [ben.ctx.holds("directory.view"), lead.ctx.holds("directory.view")] == [False, False]
    assert find_membership(acme.workspace.slug, lead.user.pk) is None

    reinstate_member(acme.owner.ctx, lead.member_id)

    assert [ben.ctx.holds("directory.view"), lead.ctx.holds("directory.view")] == [True, True]
    assert acme.event_types()[-2:] == ["workspace.member_suspended", "workspace.member_reinstated"]


def test_preview_departure_says_who_loses_what(acme, chain):
    lead, ben = chain

    with enter(acme.owner.ctx.scope):
        losses = preview_departure(acme.owner.ctx, lead.member_id)

    assert losses == Losses(2, tuple(sorted([lead.member_id, ben.member_id])), ())


def test_suspend_member_who_is_not_active_is_refused(acme, chain):
    suspend_member(acme.owner.ctx, chain[0].member_id)

    with pytest.raises(MemberNotActive):
        suspend_member(acme.owner.ctx, chain[0].member_id)


def test_reinstate_member_who_is_not_suspended_is_refused(acme, chain):
    with pytest.raises(MemberNotSuspended):
        reinstate_member(acme.owner.ctx, chain[0].member_id)


def test_suspend_member_above_or_oneself_is_refused(acme, chain):
    lead, _ = chain

    for persona in (lead, acme.owner):
        with pytest.raises(GrantAboveYours):
            suspend_member(lead.ctx, persona.member_id)


def test_suspend_member_with_wider_rights_than_ones_reach_is_refused(acme, chain):
    local = colleague(acme, "Local")
    give(acme.owner, local, ["workspace.suspend_member"], place=below(acme.account().pk))

    with pytest.raises(NotFound):
        suspend_member(local.ctx, chain[1].member_id)


def test_remove_member_revokes_for_good(acme, chain):
    lead, ben = chain

    remove_member(acme.owner.ctx, lead.member_id)

    assert not ben.ctx.holds("directory.view")
    with pytest.raises(MemberNotSuspended):
        reinstate_member(acme.owner.ctx, lead.member_id)
    assert acme.event_types()[-3:] == ["workspace.grant_revoked", "workspace.grant_revoked", "workspace.member_left"]


def test_last_owner_can_neither_leave_nor_be_removed(acme):
    second = colleague(acme, "Second")
    give(acme.owner, second, ["*"], may_delegate=3)

    with pytest.raises(LastOwner):
        leave_workspace(acme.owner.ctx)
    with pytest.raises(GrantAboveYours):
        remove_member(second.ctx, acme.owner.member_id)


def test_leave_workspace_by_viewer_ends_the_membership(acme):
    viewer = acme.viewer

    leave_workspace(viewer.ctx)

    assert find_membership(acme.workspace.slug, viewer.user.pk) is None


def test_hand_over_workspace_lets_the_former_owner_leave(acme, chain):
    lead, ben = chain

    hand_over_workspace(acme.owner.ctx, lead.member_id)

    assert lead.ctx.holds("workspace.invite_member")
    assert acme.owner.ctx.holds("workspace.invite_member")
    leave_workspace(acme.owner.ctx)
    assert [lead.ctx.holds("*"), ben.ctx.holds("directory.view")] == [True, True]
    with pytest.raises(LastOwner):
        leave_workspace(lead.ctx)


def test_hand_over_workspace_by_somebody_else_is_refused(acme):
    second = colleague(acme, "Second")
    give(acme.owner, second, ["*"], may_delegate=3)

    with pytest.raises(PermissionMissing):
        hand_over_workspace(second.ctx, second.member_id)


def test_change_role_replaces_what_the_member_had(acme, chain):
    _, ben = chain
    with enter(acme.owner.ctx.scope):
        role = Role.objects.get(name="Rep")

    grant = change_role(acme.owner.ctx, ben.member_id, role.pk)

    assert ben.ctx.holds("directory.create_account")
    assert {right.grant_id for right in ben.ctx.authority.rights} - {None} == {grant.pk}


def test_change_role_of_the_owner_is_refused(acme):
    with enter(acme.owner.ctx.scope):
        role = Role.objects.get(name="Viewer")

    with pytest.raises(GrantAboveYours):
        change_role(acme.owner.ctx, acme.owner.member_id, role.pk)
