"""Members, roles, grants and API keys over the API: what is given, what is seen first, what is taken."""

from __future__ import annotations

import pytest
from django.test import Client

from tenure.kernel.ids import uuid7
from tenure.workspace.actions.create_api_key import create_api_key
from tenure.workspace.enums import GrantScope, MemberState
from tenure.workspace.models import AuditLine, Grant, IdempotentReply, Member, Role
from tenure.workspace.scope import enter

API = "/api/v1"
JSON = {"content_type": "application/json"}


@pytest.fixture
def api(acme):
    return acme.api_key()


def _key(secret):
    return Client(headers={"Authorization": f"Bearer {secret}"})


def _state(acme, persona):
    with enter(acme.owner.ctx.scope):
        return Member.objects.get(pk=persona.member_id).state


def _role(acme, name):
    with enter(acme.owner.ctx.scope):
        return str(Role.objects.get(name=name).pk)


def test_member_by_api_is_suspended_reinstated_and_removed(acme, api):
    url = f"{API}/members/{acme.rep.member_id}"

    states = [
        api.post(f"{url}/{verb}", {"reason": "On leave"} if verb != "reinstate" else None, **JSON).json()["state"]
        for verb in ("suspend", "reinstate", "remove")
    ]

    assert (states, _state(acme, acme.rep)) == (["suspended", "active", "left"], MemberState.LEFT)
    with enter(acme.owner.ctx.scope):
        lines = AuditLine.objects.filter(subject_id=acme.rep.member_id, action="workspace.suspend_member")
        assert [line.facts["reason"] for line in lines] == ["On leave"]


def test_member_by_api_who_is_suspended_already_is_409(acme, api):
    url = f"{API}/members/{acme.rep.member_id}/suspend"

    answers = [api.post(url, {}, **JSON) for _ in range(2)]

    assert [(one.status_code, one.json().get("code")) for one in answers] == [(200, None), (409, "member_not_active")]


def test_owner_by_api_is_not_removed_by_a_key_that_comes_from_them(acme, api):
    answer = api.post(f"{API}/members/{acme.owner.member_id}/remove", {}, **JSON)

    assert (answer.status_code, _state(acme, acme.owner)) == (403, MemberState.ACTIVE)


def test_change_role_by_api_leaves_one_grant_of_the_role(acme, api):
    made = api.post(f"{API}/members/{acme.rep.member_id}/change-role", {"role": _role(acme, "Viewer")}, **JSON).json()

    held = api.get(f"{API}/grants?holder={acme.rep.member_id}").json()["items"]

    assert ([one["id"] for one in held], held[0]["permissions"]) == ([made["id"]], ["*.view"])


def test_grant_by_api_is_given_seen_and_taken_with_what_hangs_below(acme, api):
    account, rep, viewer = acme.account(), acme.rep, acme.viewer
    body = {"member": str(rep.member_id), "permissions": ["billing.view", "workspace.grant_rights"], "account": str(account.pk)}
    root = _key(create_api_key(acme.owner.ctx, "Provisioning", ["*"], may_delegate=3)[1])
    given = root.post(f"{API}/grants", body | {"may_delegate": 2}, **JSON)
    with enter(rep.ctx.scope):
        Grant.objects.create(
            workspace=acme.workspace, parent_id=given.json()["id"], grantor_id=rep.member_id, grantee_kind="member",
            grantee_id=viewer.member_id, permissions=["billing.view"], scope=GrantScope.SUBTREE, scope_account_id=account.pk,
            created_at=acme.owner.ctx.now(),
        )  # fmt: skip
    url = f"{API}/grants/{given.json()['id']}"

    below = root.get(f"{API}/grants?parent={given.json()['id']}").json()["items"]
    losses = root.get(f"{url}/losses").json()
    taken = root.post(f"{url}/revoke", {"reason": "Moved on"}, **JSON)

    assert (given.status_code, given.json()["scope"], [one["holder"] for one in below]) == (
        201,
        "subtree",
        [str(viewer.member_id)],
    )
    assert (losses["grants"], str(rep.member_id) in losses["members"]) == (2, True)
    assert (taken.json()["revoked_at"] is not None, root.get(url).status_code) == (True, 404)


def test_grant_by_api_beyond_the_keys_own_is_refused(acme):
    api = acme.api_key("workspace.grant_rights", "directory.view")
    body = {"member": str(acme.viewer.member_id), "permissions": ["billing.*"]}

    answer = api.post(f"{API}/grants", body, **JSON)

    assert (answer.status_code, answer.json()["code"]) == (403, "grant_not_narrower")


def test_grant_by_api_says_what_does_not_go_together(acme, api):
    member = str(acme.viewer.member_id)
    bodies = [
        {"member": member, "permissions": ["directory.view"], "scope": "subtree"},
        {"member": member, "api_key": member, "permissions": ["directory.view"]},
        {"member": member},
    ]

    assert [api.post(f"{API}/grants", body, **JSON).status_code for body in bodies] == [422, 422, 422]


def test_grants_by_api_below_one_account_shows_no_others(acme):
    account, other = acme.account("Hollis"), acme.account("Brightwater")
    acme.member("Rep", name="Ben", scope=GrantScope.SUBTREE, account=account)
    acme.member("Rep", name="Cleo", scope=GrantScope.SUBTREE, account=other)
    api = acme.api_key(account=account)

    seen = api.get(f"{API}/grants").json()["items"]

    assert {one["account"] for one in seen} == {str(account.pk)}


def test_grants_by_api_come_page_by_page(acme, api):
    assert acme.rep
    whole = [one["id"] for one in api.get(f"{API}/grants").json()["items"]]

    first = api.get(f"{API}/grants?limit=2").json()
    rest = api.get(f"{API}/grants?after={first['next']}").json()

    assert ([one["id"] for one in first["items"] + rest["items"]], rest["next"]) == (whole, None)


def test_role_by_api_is_made_edited_and_deleted(api):
    body = {"name": "Support", "permissions": ["directory.view"]}
    made = api.post(f"{API}/roles", body, **JSON)
    url = f"{API}/roles/{made.json()['id']}"

    edited = api.put(url, body | {"permissions": ["directory.*"], "description": "Helps"}, **JSON)
    deleted = api.delete(url)

    assert (made.status_code, api.post(f"{API}/roles", body | {"name": "Owner"}, **JSON).status_code) == (201, 409)
    assert (edited.json()["permissions"], edited.json()["description"], deleted.status_code) == (["directory.*"], "Helps", 204)


def test_role_by_api_that_is_held_is_not_deleted(acme, api):
    assert acme.rep
    made = api.post(f"{API}/roles", {"name": "Support", "permissions": ["directory.view"]}, **JSON).json()
    api.post(f"{API}/grants", {"member": str(acme.rep.member_id), "role": made["id"]}, **JSON)

    assert api.delete(f"{API}/roles/{made['id']}").status_code == 409


def test_api_key_by_api_is_shown_once_works_and_is_revoked(acme, api):
    made = api.post(f"{API}/api-keys", {"name": "Warehouse", "permissions": ["directory.view"]}, **JSON)
    key, fresh = made.json()["api_key"], _key(made.json()["secret"])
    used = fresh.get(f"{API}/accounts").status_code
    url = f"{API}/api-keys/{key['id']}"

    listed = api.get(f"{API}/api-keys").json()["items"]
    losses = api.get(f"{url}/losses").json()
    revoked = api.post(f"{url}/revoke", {}, **JSON).json()

    assert (made.status_code, used, made.json()["secret"][:12]) == (201, 200, key["prefix"])
    assert ([one["name"] for one in listed], "secret" in listed[-1]) == (["Key", "Warehouse"], False)
    assert losses == {"grants": 1, "members": [], "api_keys": [key["id"]]}
    assert (revoked["revoked_at"] is not None, fresh.get(f"{API}/accounts").status_code) == (True, 401)


def test_api_key_by_api_asked_for_twice_is_one_whose_secret_is_kept_nowhere(acme, api):
    body, once = {"name": "Warehouse", "permissions": ["directory.view"]}, {"Idempotency-Key": uuid7().hex}

    first, again = (api.post(f"{API}/api-keys", body, headers=once, **JSON) for _ in range(2))

    assert (first.json()["api_key"], again.json()["secret"]) == (again.json()["api_key"], None)
    with enter(acme.owner.ctx.scope):
        assert [first.json()["secret"] in reply.body for reply in IdempotentReply.objects.all()] == [False]


def test_api_key_that_may_not_hand_on_invites_nobody(acme):
    api = _key(create_api_key(acme.owner.ctx, "Sync", ["*"])[1])

    answer = api.post(f"{API}/invitations", {"email": "ana@acme.example", "permissions": ["directory.view"]}, **JSON)

    assert (answer.status_code, answer.json()["code"]) == (403, "grant_not_narrower")


def test_api_key_made_by_the_owner_to_hand_on_invites_a_colleague(acme):
    made = acme.owner.client.post(
        f"/{acme.workspace.slug}/settings/keys/new/",
        {"name": "Provisioning", "role": _role(acme, "Owner"), "scope": "workspace", "may_delegate": "1"},
    )
    secret = made.context["secret"]

    answer = _key(secret).post(f"{API}/invitations", {"email": "ana@acme.example", "permissions": ["directory.view"]}, **JSON)

    assert (made.status_code, answer.status_code) == (201, 201)
