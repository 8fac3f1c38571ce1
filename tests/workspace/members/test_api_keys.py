"""API keys: shown once, narrower than their maker, dead with them."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tenure.kernel import clock
from tenure.kernel.errors import NotFound
from tenure.workspace.actions.create_api_key import create_api_key
from tenure.workspace.actions.revoke_api_key import revoke_api_key
from tenure.workspace.actions.suspend_member import suspend_member
from tenure.workspace.errors import ApiKeyRevoked, GrantNotNarrower, PermissionMissing
from tenure.workspace.queries.contexts import api_key_context
from tenure.workspace.queries.entry import digest_of, find_api_key
from tests.workspace.grants.people import colleague, give


def test_create_api_key_returns_the_secret_once_and_stores_its_digest(acme):
    key, secret = create_api_key(acme.owner.ctx, "Sync", ["directory.view"])

    assert (secret[:4], len(secret) - 4 >= 43, key.prefix) == ("tnr_", True, secret[:12])
    assert bytes(key.digest) == digest_of(secret)
    assert find_api_key(secret) == (acme.workspace.pk, key.pk)
    ctx = api_key_context(acme.workspace.pk, key.pk)
    assert [ctx.holds(name) for name in ("directory.view", "directory.create_account", "workspace.update_profile")] == [
        True, False, False,
    ]  # fmt: skip
    assert acme.event_types() == ["workspace.rights_granted", "workspace.api_key_created"]


def test_create_api_key_beyond_ones_own_rights_is_refused(acme):
    lead = colleague(acme, "Lead")
    give(acme.owner, lead, ["directory.*", "workspace.create_api_key"], may_delegate=1)

    with pytest.raises(GrantNotNarrower):
        create_api_key(lead.ctx, "Sync", ["*.view"])


def test_create_api_key_lasts_no_longer_than_its_makers_right(acme):
    lead = colleague(acme, "Lead")
    end = clock.now() + timedelta(days=3)
    give(acme.owner, lead, ["directory.*", "workspace.create_api_key"], may_delegate=1, expires_at=end)

    key, _ = create_api_key(lead.ctx, "Sync", ["directory.view"])

    assert key.expires_at == end


def test_api_key_of_a_suspended_maker_may_do_nothing(acme):
    lead = colleague(acme, "Lead")
    give(acme.owner, lead, ["directory.*", "workspace.create_api_key"], may_delegate=1)
    key, _ = create_api_key(lead.ctx, "Sync", ["directory.view"])

    suspend_member(acme.owner.ctx, lead.member_id)

    assert not api_key_context(acme.workspace.pk, key.pk).holds("directory.view")


def test_revoke_api_key_stops_it_at_once(acme):
    key, secret = create_api_key(acme.owner.ctx, "Sync", ["directory.view"])

    revoke_api_key(acme.owner.ctx, key.pk)

    assert find_api_key(secret) is None
    with pytest.raises(ApiKeyRevoked):
        revoke_api_key(acme.owner.ctx, key.pk)


def test_api_key_past_its_end_is_not_found(acme):
    _, secret = create_api_key(acme.owner.ctx, "Sync", ["directory.view"], expires_at=clock.now() - timedelta(seconds=1))

    assert find_api_key(secret) is None


def test_api_keys_by_rep_are_refused(acme):
    key, _ = create_api_key(acme.owner.ctx, "Sync", ["directory.view"])

    with pytest.raises(PermissionMissing):
        create_api_key(acme.rep.ctx, "Sync", ["directory.view"])
    with pytest.raises(PermissionMissing):
        revoke_api_key(acme.rep.ctx, key.pk)


def test_revoke_api_key_of_another_workspace_is_not_there(acme, stranger):
    key, _ = create_api_key(acme.owner.ctx, "Sync", ["directory.view"])

    with pytest.raises(NotFound):
        revoke_api_key(stranger.owner.ctx, key.pk)
