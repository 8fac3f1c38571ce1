"""Roles are templates: editing one cuts its grants anew, within what each comes from."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tenure.kernel import clock
from tenure.workspace.actions.create_role import create_role
from tenure.workspace.actions.delete_role import delete_role
from tenure.workspace.actions.edit_role import edit_role
from tenure.workspace.actions.grant_rights import grant_rights
from tenure.workspace.actions.revoke_grant import revoke_grant
from tenure.workspace.errors import GrantNotNarrower, PermissionMissing, PermissionUnknown, RoleBuiltIn, RoleInUse, RoleNameTaken
from tenure.workspace.models import Role
from tenure.workspace.scope import enter
from tests.workspace.grants.people import below, colleague, give, holder_of

ADMIN = ["directory.*", "workspace.grant_rights", "workspace.edit_role"]


@pytest.fixture
def reader(acme):
    """A role of the company's own."""
    return create_role(acme.owner.ctx, "Reader", ["directory.view"])


def permissions_of(acme, grant) -> list[str]:
    with enter(acme.owner.ctx.scope):
        return list(grant.refreshed().permissions)


def test_edit_role_with_more_widens_grants_up_to_their_parent(acme, reader):
    lead, ben, eva = colleague(acme, "Lead"), colleague(acme, "Ben"), colleague(acme, "Eva")
    give(acme.owner, lead, ADMIN, may_delegate=2)
    by_lead = grant_rights(lead.ctx, holder_of(ben), reader)
    by_owner = grant_rights(acme.owner.ctx, holder_of(eva), reader)

    edit_role(acme.owner.ctx, reader.pk, name="Reader", permissions=["*.view", "directory.create_account"])

    assert permissions_of(acme, by_owner) == ["*.view", "directory.create_account"]
    assert permissions_of(acme, by_lead) == ["directory.view", "directory.create_account"]


def test_edit_role_with_less_narrows_what_was_handed_on_too(acme):
    role = create_role(acme.owner.ctx, "Clerk", ["directory.*", "workspace.grant_rights"])
    lead, ben = colleague(acme, "Lead"), colleague(acme, "Ben")
    upper = grant_rights(acme.owner.ctx, holder_of(lead), role, may_delegate=1)
    lower = give(lead, ben, ["directory.create_account", "directory.view"])

    edit_role(acme.owner.ctx, role.pk, name="Clerk", permissions=["*.view"])

    assert (permissions_of(acme, upper), permissions_of(acme, lower)) == (["*.view"], ["directory.view"])


def test_edit_role_beyond_ones_own_is_refused(acme, reader):
    lead = colleague(acme, "Lead")
    give(acme.owner, lead, ADMIN, may_delegate=1)

    with pytest.raises(GrantNotNarrower) as refused:
        edit_role(lead.ctx, reader.pk, name="Reader", permissions=["*.view", "directory.view"])

    assert str(refused.value.facts["what"]) == "permissions you cannot hand on (*.view)"


def test_edit_role_never_helps_the_editor(acme):
    role = create_role(acme.owner.ctx, "Lead", ["workspace.edit_role"])
    lead = colleague(acme, "Lead")
    own = grant_rights(acme.owner.ctx, holder_of(lead), role)
    give(acme.owner, lead, ["directory.*"], may_delegate=1)

    edit_role(lead.ctx, role.pk, name="Lead", permissions=["workspace.edit_role", "directory.view"])

    assert permissions_of(acme, own) == ["workspace.edit_role"]


def test_edit_role_by_a_right_that_ends_is_refused(acme, reader):
    lead = colleague(acme, "Lead")
    give(acme.owner, lead, ADMIN, may_delegate=1, expires_at=clock.now() + timedelta(days=1))

    with pytest.raises(GrantNotNarrower):
        edit_role(lead.ctx, reader.pk, name="Reader", permissions=["directory.*"])


@pytest.mark.parametrize(("name", "renamed"), [("Owner", "Owner"), ("Viewer", "Looker")])
def test_edit_role_of_the_built_in_name_is_refused(acme, name, renamed):
    with enter(acme.owner.ctx.scope):
        role = Role.objects.get(name=name)

    with pytest.raises(RoleBuiltIn):
        edit_role(acme.owner.ctx, role.pk, name=renamed, permissions=["directory.view"])


def test_edit_role_by_rep_is_refused(acme, reader):
    with pytest.raises(PermissionMissing):
        edit_role(acme.rep.ctx, reader.pk, name="Reader", permissions=["directory.*"])


def test_create_role_with_a_taken_name_or_unknown_permission_is_refused(acme, reader):
    with pytest.raises(RoleNameTaken):
        create_role(acme.owner.ctx, reader.name, ["directory.view"])
    with pytest.raises(PermissionUnknown):
        create_role(acme.owner.ctx, "Other", ["directory.veiw"])


def test_delete_role_in_use_is_refused_until_its_grants_are_revoked(acme, reader):
    grant = grant_rights(acme.owner.ctx, holder_of(acme.viewer), reader)
    with pytest.raises(RoleInUse):
        delete_role(acme.owner.ctx, reader.pk)

    revoke_grant(acme.owner.ctx, grant.pk)
    delete_role(acme.owner.ctx, reader.pk)

    with enter(acme.owner.ctx.scope):
        assert [role.name for role in Role.objects.order_by("name")] == ["Editor", "Owner", "Rep", "Viewer"]
        assert (grant.refreshed().role_id, grant.refreshed().permissions) == (None, ["directory.view"])


def test_delete_role_that_is_built_in_is_refused(acme):
    with enter(acme.owner.ctx.scope):
        role = Role.objects.get(name="Rep")

    with pytest.raises(RoleBuiltIn):
        delete_role(acme.owner.ctx, role.pk)


def test_roles_by_an_administrator_of_a_subtree_are_refused(acme, reader):
    local = colleague(acme, "Local")
    give(acme.owner, local, ["*"], place=below(acme.account().pk), may_delegate=1)

    with pytest.raises(PermissionMissing):
        edit_role(local.ctx, reader.pk, name="Reader", permissions=[])
    with pytest.raises(PermissionMissing):
        delete_role(local.ctx, reader.pk)
    with pytest.raises(PermissionMissing):
        create_role(local.ctx, "Mine", ["directory.view"])
