"""Why somebody may do something, and invitations, over the API."""

from __future__ import annotations

from tenure.workspace.enums import GrantScope
from tenure.workspace.models import Role
from tenure.workspace.scope import enter

API = "/api/v1"
JSON = {"content_type": "application/json"}


def test_explain_by_api_names_the_chain_from_the_root(acme):
    rep = acme.rep

    answer = acme.api_key().get(f"{API}/authz/explain?member={rep.member_id}&permission=directory.update_account").json()

    assert (answer["is_allowed"], answer["missing"], answer["nearest"]) == (True, None, [])
    assert [[link["holder_name"] for link in chain] for chain in answer["chains"]] == [["Ana Müller", "Rep"]]


def test_explain_by_api_says_what_is_missing(acme):
    account, other = acme.account("Hollis"), acme.account("Brightwater")
    member = acme.member("Rep", name="Ben", scope=GrantScope.SUBTREE, account=account)
    api, url = acme.api_key(), f"{API}/authz/explain?member={member.member_id}"

    answers = [
        api.get(f"{url}&permission=directory.update_account&account={other.pk}").json(),
        api.get(f"{url}&permission=directory.update_account&account={account.pk}").json(),
        api.get(f"{url}&permission=workspace.invite_member").json(),
    ]

    assert [(one["is_allowed"], one["missing"]) for one in answers] == [
        (False, "other_place"), (True, None), (False, "no_grant"),
    ]  # fmt: skip


def test_explain_by_api_of_the_asking_key_itself(acme):
    answer = acme.api_key().get(f"{API}/authz/explain?permission=directory.view").json()

    assert [[link["holder_kind"] for link in chain] for chain in answer["chains"]] == [["member", "api_key"]]


def test_explain_by_api_of_a_permission_that_does_not_exist_is_refused(acme):
    answer = acme.api_key().get(f"{API}/authz/explain?permission=directory.fly")

    assert (answer.status_code, answer.json()["code"]) == (422, "permission_unknown")


def test_explain_by_api_of_somebody_whose_rights_reach_farther_is_not_there(acme):
    api = acme.api_key(account=acme.account())

    assert api.get(f"{API}/authz/explain?member={acme.rep.member_id}&permission=directory.view").status_code == 404


def test_invitation_by_api_is_opened_once_renewed_and_cancelled(acme):
    with enter(acme.owner.ctx.scope):
        viewer = Role.objects.get(name="Viewer")
    api = acme.api_key()
    body = {"email": "ana.ruiz@acme.example", "name": "Ana Ruiz", "role": str(viewer.pk)}

    made = api.post(f"{API}/invitations", body, **JSON)
    again = api.post(f"{API}/invitations", body, **JSON)
    renewed = api.post(f"{made['Location']}/renew-invitation").json()
    cancelled = api.post(f"{made['Location']}/cancel-invitation").json()

    assert (made.status_code, made.json()["member"]["state"], again.status_code) == (201, "invited", 409)
    assert (renewed["link"] == made.json()["link"], cancelled["state"]) == (False, "left")


def test_invitation_by_api_gives_no_more_than_the_key_holds(acme):
    api = acme.api_key("workspace.invite_member", "directory.view")

    answers = [
        api.post(f"{API}/invitations", {"email": f"{name}@acme.example", "permissions": [permission]}, **JSON)
        for name, permission in (("ana", "directory.view"), ("ben", "billing.view"))
    ]

    assert [answer.status_code // 100 for answer in answers] == [2, 4]


def test_invitation_by_api_without_rights_says_so(acme):
    answer = acme.api_key().post(f"{API}/invitations", {"email": "ana@acme.example"}, **JSON)

    assert (answer.status_code, answer.json()["code"]) == (422, "invalid")


def test_roles_by_api_are_those_an_invitation_takes(acme):
    names = {one["name"] for one in acme.api_key().get(f"{API}/roles").json()["items"]}

    assert {"Owner", "Rep", "Viewer"} <= names
