"""Explaining a right, or what is missing for it."""

from __future__ import annotations

import pytest

from tenure.workspace.actions.revoke_grant import revoke_grant
from tenure.workspace.actions.suspend_member import suspend_member
from tenure.workspace.enums import LinkState, MissingLink
from tenure.workspace.errors import PermissionMissing
from tenure.workspace.queries.explain import explain
from tenure.workspace.scope import enter
from tests.workspace.grants.people import OWN, below, colleague, give, holder_of


@pytest.fixture
def chain(acme):
    """Owner > lead > ben, in the Hollis group."""
    group, other = acme.account("Hollis Group"), acme.account("Brandt")
    part = acme.account("Hollis Logistics", parent=group.pk)
    lead, ben = colleague(acme, "Lead"), colleague(acme, "Ben")
    give(acme.owner, lead, ["directory.*", "workspace.grant_rights"], place=below(group.pk), may_delegate=1)
    grant = give(lead, ben, ["directory.view"], place=below(group.pk))
    return lead, ben, grant, (group, part, other)


def explained(acme, persona, permission="directory.view", account=None, **facts):
    with enter(acme.owner.ctx.scope):
        return explain(acme.owner.ctx, holder_of(persona), permission, account and account.pk, **facts)


def test_explain_held_right_names_every_link_to_the_root(acme, chain):
    _, ben, grant, (_, part, _) = chain

    answer = explained(acme, ben, account=part)

    assert answer.is_allowed
    assert [[link.holder_name for link in found.links] for found in answer.chains] == [["Ben", "Lead", "Ana Müller"]]
    assert answer.chains[0].given.grant_id == grant.pk


def test_explain_elsewhere_names_the_grant_for_other_records(acme, chain):
    _, ben, grant, (_, _, other) = chain

    answer = explained(acme, ben, account=other)

    assert (answer.is_allowed, answer.missing) == (False, MissingLink.OTHER_PLACE)
    assert [found.given.grant_id for found in answer.nearest] == [grant.pk]


def test_explain_broken_chain_names_the_broken_link(acme, chain):
    lead, ben, grant, (_, part, _) = chain
    suspend_member(acme.owner.ctx, lead.member_id)

    answer = explained(acme, ben, account=part)

    assert answer.missing == MissingLink.BROKEN_CHAIN
    broken = answer.nearest[0].broken
    assert broken is not None
    assert (broken.holder_name, broken.state) == ("Lead", LinkState.HOLDER_SUSPENDED)
    revoke_grant(acme.owner.ctx, grant.pk)
    assert explained(acme, ben, account=part).nearest[0].given.state == LinkState.REVOKED


def test_explain_right_nobody_gave_says_so(acme, chain):
    answer = explained(acme, chain[1], "directory.delete_accounts")

    assert (answer.missing, answer.nearest) == (MissingLink.NO_GRANT, ())


def test_explain_owned_record_depends_on_who_owns_it(acme):
    ben = colleague(acme, "Ben")
    account = acme.account()
    give(acme.owner, ben, ["directory.view"], place=OWN)

    assert [explained(acme, ben, account=account, is_owner=owns).is_allowed for owns in (True, False)] == [True, False]


def test_explain_what_every_member_may_needs_no_grant(acme):
    ben = colleague(acme, "Ben")

    answer = explained(acme, ben, "workspace.update_profile")

    assert (answer.is_allowed, answer.chains) == (True, ())


def test_explain_by_rep_is_refused(acme):
    with pytest.raises(PermissionMissing):
        explain(acme.rep.ctx, holder_of(acme.viewer), "directory.view")
