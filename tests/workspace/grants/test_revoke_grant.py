"""Taking rights back: the cascade, its preview, and what another path keeps."""

from __future__ import annotations

import pytest

from tenure.kernel.errors import NotFound
from tenure.workspace.actions.create_api_key import create_api_key
from tenure.workspace.actions.revoke_grant import revoke_grant
from tenure.workspace.errors import GrantAboveYours, PermissionMissing
from tenure.workspace.models import Grant
from tenure.workspace.queries.grants import Losses, preview_revocation
from tenure.workspace.scope import enter
from tests.workspace.grants.people import below, colleague, give

ADMIN = ["directory.*", "workspace.grant_rights", "workspace.revoke_grant", "workspace.create_api_key"]


@pytest.fixture
def chain(acme):
    """Owner > lead > ben, each with what the grants between them are."""
    lead, ben = colleague(acme, "Lead"), colleague(acme, "Ben")
    upper = give(acme.owner, lead, ADMIN, may_delegate=3)
    lower = give(lead, ben, ["directory.view"])
    return lead, ben, upper, lower


def test_revoke_grant_ends_all_below_it(acme, chain):
    lead, ben, upper, lower = chain

    revoke_grant(acme.owner.ctx, upper.pk, reason="Left the team")

    assert (lead.ctx.holds("directory.view"), ben.ctx.holds("directory.view")) == (False, False)
    with enter(acme.owner.ctx.scope):
        assert [grant.refreshed().revoked_at is None for grant in (upper, lower)] == [False, False]
    assert acme.event_types()[-2:] == ["workspace.grant_revoked"] * 2


def test_preview_revocation_counts_grants_people_and_keys(acme, chain):
    lead, ben, upper, _ = chain
    key, _ = create_api_key(lead.ctx, "Sync", ["directory.view"])

    with enter(acme.owner.ctx.scope):
        losses = preview_revocation(acme.owner.ctx, upper.pk)

    assert losses == Losses(3, tuple(sorted([lead.member_id, ben.member_id])), (key.pk,))


def test_preview_revocation_leaves_out_who_keeps_it_by_another_path(acme, chain):
    lead, ben, upper, _ = chain
    give(acme.owner, ben, ["*.view"])

    with enter(acme.owner.ctx.scope):
        losses = preview_revocation(acme.owner.ctx, upper.pk)
    revoke_grant(acme.owner.ctx, upper.pk)

    assert losses == Losses(2, (lead.member_id,), ())
    assert ben.ctx.holds("directory.view")


def test_preview_revocation_of_a_wider_place_counts_who_keeps_only_a_part(acme, chain):
    lead, ben, upper, _ = chain
    give(acme.owner, ben, ["directory.view"], place=below(acme.account().pk))

    with enter(acme.owner.ctx.scope):
        losses = preview_revocation(acme.owner.ctx, upper.pk)

    assert losses.members == tuple(sorted([lead.member_id, ben.member_id]))


def test_revoke_grant_twice_is_not_there(acme, chain):
    _, _, _, lower = chain
    revoke_grant(acme.owner.ctx, lower.pk)

    with pytest.raises(NotFound):
        revoke_grant(acme.owner.ctx, lower.pk)


def test_revoke_grant_of_oneself_or_above_is_refused(acme, chain):
    lead, _, upper, _ = chain
    with enter(acme.owner.ctx.scope):
        root = Grant.objects.get(parent=None)

    for grant in (upper, root):
        with pytest.raises(GrantAboveYours):
            revoke_grant(lead.ctx, grant.pk)


def test_revoke_grant_outside_of_ones_subtree_is_not_there(acme, chain):
    _, _, _, lower = chain
    local = colleague(acme, "Local")
    give(acme.owner, local, ["workspace.revoke_grant"], place=below(acme.account().pk))

    with pytest.raises(NotFound):
        revoke_grant(local.ctx, lower.pk)


def test_revoke_grant_by_viewer_is_refused(acme, chain):
    with pytest.raises(PermissionMissing):
        revoke_grant(acme.viewer.ctx, chain[3].pk)


def test_revoke_grant_of_another_workspace_is_not_there(chain, stranger):
    with pytest.raises(NotFound):
        revoke_grant(stranger.owner.ctx, chain[3].pk)


def test_revoke_grant_by_outsider_is_not_there(acme, chain):
    with pytest.raises(NotFound):
        revoke_grant(acme.outsider_ctx(acme.account()), chain[3].pk)
