"""Handing on rights: what narrows is given, what exceeds is refused by name."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tenure.kernel import clock
from tenure.kernel.errors import NotFound
from tenure.workspace.actions.grant_rights import grant_rights
from tenure.workspace.domain.grants import Holder
from tenure.workspace.enums import GranteeKind
from tenure.workspace.errors import GrantNotNarrower, PermissionMissing, PermissionUnknown, SelfGrant
from tenure.workspace.models import AuditLine, Grant, Role
from tenure.workspace.scope import enter
from tests.workspace.grants.people import OWN, below, colleague, give, holder_of


@pytest.fixture
def lead(acme):
    """May do all of directory and hand it on twice."""
    lead = colleague(acme, "Lead")
    give(acme.owner, lead, ["directory.*", "workspace.grant_rights"], may_delegate=2)
    return lead


def test_grant_rights_from_owner_gives_them_with_event_and_audit(acme):
    ben = colleague(acme, "Ben")

    grant = give(acme.owner, ben, ["directory.view"], reason="Helps out")

    assert [ben.ctx.holds(name) for name in ("directory.view", "directory.create_account")] == [True, False]
    assert acme.event_types() == ["workspace.rights_granted"]
    with enter(acme.owner.ctx.scope):
        root = Grant.objects.get(parent=None)
        line = AuditLine.objects.get(action="workspace.grant_rights")
    assert (grant.parent_id, grant.grantor_id, grant.may_delegate) == (root.pk, acme.owner.member_id, 0)
    assert [(entry["change"], entry["id"]) for entry in line.facts["grants"]] == [("created", str(grant.pk))]


def test_grant_rights_by_role_copies_its_permissions(acme):
    ben = colleague(acme, "Ben")
    with enter(acme.owner.ctx.scope):
        role = Role.objects.get(name="Viewer")

    grant = grant_rights(acme.owner.ctx, holder_of(ben), role)

    assert (grant.role_id, grant.permissions) == (role.pk, ["*.view"])


def test_grant_rights_hands_on_over_two_hands_and_no_further(acme, lead):
    second, third, fourth = (colleague(acme, name) for name in ("Second", "Third", "Fourth"))
    give(lead, second, ["directory.view", "workspace.grant_rights"], may_delegate=1)
    give(second, third, ["directory.view", "workspace.grant_rights"])

    with pytest.raises(GrantNotNarrower) as refused:
        give(third, fourth, ["directory.view"])

    assert third.ctx.holds("directory.view")
    assert str(refused.value.facts["what"]) == "handing on further than you may"


@pytest.mark.parametrize(
    ("permissions", "terms", "what"),
    [
        (["directory.view", "market.view"], {}, "permissions you cannot hand on (market.view)"),
        (["*"], {}, "permissions you cannot hand on (*)"),
        (["*.view"], {"may_delegate": 2}, "permissions you cannot hand on (*.view); handing on further than you may"),
    ],
)
def test_grant_rights_beyond_ones_own_names_what_exceeds(acme, lead, known_market, permissions, terms, what):
    ben = colleague(acme, "Ben")

    with pytest.raises(GrantNotNarrower) as refused:
        give(lead, ben, permissions, **terms)

    assert str(refused.value.facts["what"]) == what


@pytest.fixture
def known_market():
    """market.view is a permission, whether its room is installed or not."""
    from tenure.workspace.action import declare_permission  # noqa: PLC0415
    from tenure.workspace.permission_names import known_permissions  # noqa: PLC0415

    declare_permission("market.view")
    known_permissions.cache_clear()


def test_grant_rights_without_an_end_ends_with_the_grant_it_comes_from(acme):
    lead, ben = colleague(acme, "Lead"), colleague(acme, "Ben")
    end = clock.now() + timedelta(days=30)
    give(acme.owner, lead, ["*.view", "workspace.grant_rights"], may_delegate=1, expires_at=end)

    grant = give(lead, ben, ["directory.view"])

    assert grant.expires_at == end
    with pytest.raises(GrantNotNarrower):
        give(lead, ben, ["directory.view"], expires_at=end + timedelta(seconds=1))


def test_grant_rights_in_a_subtree_stays_in_it(acme):
    group = acme.account("Hollis Group")
    part = acme.account("Hollis Logistics", parent=group.pk)
    other = acme.account("Brandt")
    lead, ben = colleague(acme, "Lead"), colleague(acme, "Ben")
    give(acme.owner, lead, ["directory.view", "workspace.grant_rights"], place=below(group.pk), may_delegate=1)

    grant = give(lead, ben, ["directory.view"], place=below(part.pk))

    assert grant.scope_account_id == part.pk
    for place in (below(other.pk), OWN):
        with pytest.raises(PermissionMissing):
            give(lead, ben, ["directory.view"], place=place)


def test_grant_rights_of_what_one_owns_cannot_be_handed_on(acme):
    lead, ben = colleague(acme, "Lead"), colleague(acme, "Ben")
    give(acme.owner, lead, ["directory.view"], place=OWN, may_delegate=3)
    give(acme.owner, lead, ["workspace.grant_rights"], may_delegate=3)

    with pytest.raises(GrantNotNarrower):
        give(lead, ben, ["directory.view"], place=OWN)


def test_grant_rights_to_oneself_or_somebody_above_is_refused(acme, lead):
    second = colleague(acme, "Second")
    give(lead, second, ["directory.view", "workspace.grant_rights"], may_delegate=1)

    for giver, taker in ((lead, lead), (second, second), (second, lead), (second, acme.owner)):
        with pytest.raises(SelfGrant):
            give(giver, taker, ["directory.view"])


def test_grant_rights_by_rep_without_the_permission_is_refused(acme):
    with pytest.raises(PermissionMissing):
        give(acme.rep, acme.viewer, ["directory.view"])


def test_grant_rights_by_outsider_is_refused(acme):
    outsider = acme.outsider_ctx(acme.account())

    with pytest.raises(NotFound):
        grant_rights(outsider, holder_of(acme.viewer), ["directory.view"])


def test_grant_rights_to_somebody_of_another_workspace_is_not_there(acme, stranger):
    with pytest.raises(NotFound):
        grant_rights(acme.owner.ctx, Holder(GranteeKind.MEMBER, stranger.owner.member_id), ["directory.view"])


def test_grant_rights_below_an_account_of_another_workspace_is_not_there(acme, stranger):
    account = stranger.account()

    with pytest.raises(NotFound):
        give(acme.owner, acme.viewer, ["directory.view"], place=below(account.pk))


def test_grant_rights_of_a_misspelt_permission_is_refused(acme):
    with pytest.raises(PermissionUnknown) as refused:
        give(acme.owner, acme.viewer, ["directory.veiw"])

    assert str(refused.value) == "There is no permission directory.veiw."


def test_grant_rights_that_begin_later_give_nothing_yet(acme):
    ben = colleague(acme, "Ben")

    give(acme.owner, ben, ["directory.view"], not_before=clock.now() + timedelta(hours=1))

    assert not ben.ctx.holds("directory.view")
