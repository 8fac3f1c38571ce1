"""The settings as pages: who sees them, what they do, what they show once."""

from __future__ import annotations

import re

import pytest
from django.test import Client

from tenure.workspace.actions.create_api_key import create_api_key
from tenure.workspace.actions.create_role import create_role
from tenure.workspace.actions.invite_member import invite_member
from tenure.workspace.models import ApiKey, Grant, Member, Role, User, Workspace
from tenure.workspace.queries.entry import find_membership
from tenure.workspace.scope import enter
from tests.workspace.grants.people import colleague, give
from tests.world import PASSWORD

EMAIL = "eva@acme.example"


def role(acme, name: str = "Viewer") -> Role:
    with enter(acme.owner.ctx.scope):
        return Role.objects.get(name=name)


def post(acme, path: str, **values: object):
    return acme.owner.client.post(f"/{acme.workspace.slug}/settings/{path}", values)


TERMS = {"scope": "workspace", "account": "", "may_delegate": "0", "ends_on": ""}


@pytest.mark.parametrize(
    "path", ["", "workspace/", "members/", "members/invitations/", "roles/", "roles/new/", "rights/", "keys/", "keys/new/"]
)
def test_settings_page_by_owner_is_drawn(acme, path):
    assert acme.owner.client.get(f"/{acme.workspace.slug}/settings/{path}").status_code == 200


def test_members_page_with_rows_asks_a_constant_number_of_queries(acme, django_assert_num_queries):
    acme.rep  # noqa: B018 - asking makes them
    client, url = acme.owner.client, f"/{acme.workspace.slug}/settings/members/"
    client.get(url)
    with django_assert_num_queries(21, exact=False):
        client.get(url)
    for name in ("Ben", "Eva", "Ida"):
        acme.member("Viewer", name=name)

    with django_assert_num_queries(21, exact=False):
        client.get(url)


def test_invitation_by_page_shows_a_link_that_lets_a_new_user_join(acme):
    shown = post(acme, "members/invitations/", email=EMAIL, name="Eva", role=role(acme).pk, **TERMS)
    path = re.search(r'value="https?://[^/]+(/join/[^"]+)"', shown.content.decode())
    assert (shown.status_code, path is None) == (201, False)
    newcomer = Client()
    assert newcomer.get(path[1]).status_code == 200

    joined = newcomer.post(path[1], {"name": "Eva Ruiz", "password": PASSWORD})

    assert (joined.status_code, joined["Location"]) == (303, f"/{acme.workspace.slug}/")
    assert newcomer.get(f"/{acme.workspace.slug}/settings/members/").status_code == 200
    assert newcomer.get(f"/{acme.workspace.slug}/settings/keys/").status_code == 403


def test_join_with_a_weak_password_says_so_and_joins_nobody(acme):
    invitation, secret = invite_member(acme.owner.ctx, EMAIL, role(acme))

    answer = Client().post(f"/join/{secret}/", {"name": "Eva", "password": "short"})

    assert answer.status_code == 422
    with enter(acme.owner.ctx.scope):
        assert Member.objects.get(pk=invitation.member_id).user_id is None
    assert not User.objects.filter(email=EMAIL).exists()


def test_join_by_somebody_known_asks_to_sign_in_and_then_joins(acme):
    _, secret = invite_member(acme.owner.ctx, EMAIL, role(acme))
    user = User.objects.create_user(EMAIL, PASSWORD, name="Eva")
    client = Client()
    assert b"/accounts/login/" in client.get(f"/join/{secret}/").content
    client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")

    assert client.post(f"/join/{secret}/").status_code == 303
    assert find_membership(acme.workspace.slug, user.pk) is not None


def test_join_with_a_guessed_secret_is_not_there(db):
    assert Client().get("/join/guessed/").status_code == 404


def test_suspension_by_page_shows_what_rests_before_it_does(acme):
    lead, ben = colleague(acme, "Lead"), colleague(acme, "Ben")
    give(acme.owner, lead, ["directory.*", "workspace.grant_rights"], may_delegate=1)
    give(lead, ben, ["directory.view"])
    url = f"/{acme.workspace.slug}/settings/members/{lead.member_id}/suspensions/"

    page = acme.owner.client.get(url).content.decode()
    assert ("2 grants end" in page, "2 people can do less" in page, "Ben, Lead" in page) == (True, True, True)
    assert lead.ctx.holds("directory.view")

    assert acme.owner.client.post(url, {"reason": "Review"}).status_code == 303
    assert not ben.ctx.holds("directory.view")


def test_role_by_page_is_made_changed_and_deleted(acme):
    assert post(acme, "roles/new/", name="Clerk", description="", permissions=["directory.view"]).status_code == 303
    clerk = role(acme, "Clerk")

    assert post(acme, f"roles/{clerk.pk}/", name="Clerk", description="x", permissions=["directory.*"]).status_code == 303
    assert role(acme, "Clerk").permissions == ["directory.*"]
    assert post(acme, f"roles/{clerk.pk}/removals/").status_code == 303


def test_change_of_role_by_page_gives_the_new_one(acme):
    ben = colleague(acme, "Ben")

    assert post(acme, f"members/{ben.member_id}/", role=role(acme, "Rep").pk, **TERMS).status_code == 303
    assert ben.ctx.holds("directory.create_account")


def test_key_by_page_is_shown_once_and_revoked(acme):
    made = post(acme, "keys/new/", name="Sync", role=role(acme).pk, scope="workspace", account="", ends_on="")
    assert (made.status_code, b'value="tnr_' in made.content) == (201, True)
    with enter(acme.owner.ctx.scope):
        key = ApiKey.objects.get(name="Sync")
    assert b'value="tnr_' not in acme.owner.client.get(f"/{acme.workspace.slug}/settings/keys/").content

    assert post(acme, f"keys/{key.pk}/revocations/").status_code == 303
    with enter(acme.owner.ctx.scope):
        assert key.refreshed().revoked_at is not None


def test_rights_page_explains_and_revokes(acme):
    ben = colleague(acme, "Ben")
    grant = give(acme.owner, ben, ["directory.view"])
    url = f"/{acme.workspace.slug}/settings/rights/"

    may = acme.owner.client.get(url, {"who": str(ben.member_id), "permission": "directory.view"}).content.decode()
    may_not = acme.owner.client.get(url, {"who": str(ben.member_id), "permission": "directory.create_account"}).content.decode()
    assert ("Ben may: directory.view" in may, "Ben may not: directory.create_account" in may_not) == (True, True)

    assert post(acme, f"rights/{grant.pk}/revocations/").status_code == 303
    assert not ben.ctx.holds("directory.view")


def test_rights_page_shows_the_level_below_a_grant(acme):
    ben = colleague(acme, "Ben")
    give(acme.owner, ben, ["directory.view"])
    with enter(acme.owner.ctx.scope):
        root = Grant.objects.get(parent=None)

    page = acme.owner.client.get(f"/{acme.workspace.slug}/settings/rights/", {"below": str(root.pk)}).content.decode()

    assert ("Ben" in page, "directory.view" in page) == (True, True)


def test_profile_and_workspace_by_page_are_kept(acme):
    assert post(acme, "", name="Ana M.", language="es", zone="Europe/Madrid", number_format="de", theme="dark").status_code == 303
    values = {"name": "Acme SL", "currency": "USD", "zone": "Europe/Madrid", "language": "en", "fiscal_year_month": "4"}
    assert post(acme, "workspace/", **values).status_code == 303

    ctx = acme.owner.ctx
    assert (ctx.language, ctx.zone, ctx.number_format, ctx.theme) == ("es", "Europe/Madrid", "de", "dark")
    with enter(ctx.scope):
        workspace = Workspace.objects.get()
    assert (workspace.name, workspace.currency, workspace.fiscal_year_month) == ("Acme SL", "USD", 4)
    assert acme.event_types() == ["workspace.workspace_changed"] * 2


def test_handover_by_page_asks_first_and_makes_another_owner(acme):
    lena = colleague(acme, "Lena")
    url = f"/{acme.workspace.slug}/settings/members/{lena.member_id}/handovers/"

    assert acme.owner.client.get(url).status_code == 200
    assert not lena.ctx.holds("workspace.invite_member")
    assert acme.owner.client.post(url).status_code == 303
    assert lena.ctx.holds("workspace.invite_member")


def test_settings_of_another_workspace_are_not_there(acme, stranger):
    key, _ = create_api_key(stranger.owner.ctx, "Sync", ["directory.view"])
    theirs = create_role(stranger.owner.ctx, "Clerk", ["directory.view"])

    assert acme.owner.client.get(f"/{stranger.workspace.slug}/settings/members/").status_code == 404
    assert post(acme, f"members/{stranger.owner.member_id}/suspensions/").status_code == 404
    assert post(acme, f"keys/{key.pk}/revocations/").status_code == 404
    assert post(acme, f"roles/{theirs.pk}/removals/").status_code == 404
