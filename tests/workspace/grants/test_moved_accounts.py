"""Moving accounts in the tree: what falls outside is suspended and stays so until somebody resumes it."""

from __future__ import annotations

import pytest

from tenure.directory.actions.update_account import update_account
from tenure.workspace.actions.resume_grant import resume_grant
from tenure.workspace.errors import GrantNotNarrower, GrantNotSuspended
from tenure.workspace.models import AuditLine
from tenure.workspace.scope import enter
from tests.workspace.grants.people import below, colleague, give


@pytest.fixture
def handed_on(acme):
    """The group's administrator has handed a part of the group on."""
    group = acme.account("Hollis Group")
    part = acme.account("Hollis Logistics", parent=group.pk)
    leaf = acme.account("Hollis Rotterdam", parent=part.pk)
    lead, ben = colleague(acme, "Lead"), colleague(acme, "Ben")
    give(acme.owner, lead, ["directory.*", "workspace.grant_rights"], place=below(group.pk), may_delegate=1)
    grant = give(lead, ben, ["directory.view"], place=below(leaf.pk))
    return group, part, grant, ben


def test_moved_account_outside_of_the_parent_suspends_the_grant(acme, handed_on):
    _, part, grant, ben = handed_on

    update_account(acme.owner.ctx, part.pk, {"parent": None})

    assert not ben.ctx.holds("directory.view")
    with enter(acme.owner.ctx.scope):
        assert grant.refreshed().suspended_at is not None
        line = AuditLine.objects.filter(action="directory.update_account").latest("at")
    assert line.facts["grants"] == [{"change": "suspended", "id": str(grant.pk)}]
    assert [name for name in acme.event_types() if name.endswith("suspended")] == ["workspace.grant_suspended"]


def test_moved_account_within_the_parent_keeps_the_grant(acme, handed_on):
    group, part, _, ben = handed_on
    between = acme.account("Hollis Benelux", parent=group.pk)

    update_account(acme.owner.ctx, part.pk, {"parent": between.pk})

    assert ben.ctx.holds("directory.view")


def test_moved_account_that_comes_back_waits_for_somebody_to_resume(acme, handed_on):
    group, part, grant, ben = handed_on
    update_account(acme.owner.ctx, part.pk, {"parent": None})
    with pytest.raises(GrantNotNarrower):
        resume_grant(acme.owner.ctx, grant.pk)

    update_account(acme.owner.ctx, part.pk, {"parent": group.pk})

    assert not ben.ctx.holds("directory.view")
    resume_grant(acme.owner.ctx, grant.pk)
    assert ben.ctx.holds("directory.view")
    with pytest.raises(GrantNotSuspended):
        resume_grant(acme.owner.ctx, grant.pk)
