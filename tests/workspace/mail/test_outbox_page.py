"""The outbox page: who sees which mail, its text and its link, and sends it again."""

from __future__ import annotations

import pytest

from tenure.workspace.actions.invite_member import invite_member
from tenure.workspace.models import OutgoingMail, Role
from tenure.workspace.scope import enter

TEXT = "invites you to work in Acme on Tenure"


def write(acme, count: int) -> list[OutgoingMail]:
    with enter(acme.owner.ctx.scope):
        role = Role.objects.get(name="Viewer")
    start = len(acme.event_types())
    for number in range(count):
        invite_member(acme.owner.ctx, f"eva{start}-{number}@acme.example", role)
    with enter(acme.owner.ctx.scope):
        return list(OutgoingMail.objects.order_by("-created_at", "-id"))


def url(acme, rest: str = "") -> str:
    return f"/{acme.workspace.slug}/settings/outbox/{rest}"


def test_outbox_asks_the_same_number_of_questions_for_one_mail_and_three(acme, django_assert_num_queries):
    client = acme.owner.client
    write(acme, 1)
    with django_assert_num_queries(17):
        client.get(url(acme))

    write(acme, 2)

    with django_assert_num_queries(17):
        assert len(client.get(url(acme)).context["rows"]) == 3


def test_outbox_shows_fifty_and_the_way_on(acme):
    first = write(acme, 51)

    shown = acme.owner.client.get(url(acme)).context
    further = acme.owner.client.get(shown["next_url"]).context

    assert [row["mail"].pk for row in shown["rows"] + further["rows"]] == [mail.pk for mail in first]
    assert (len(further["rows"]), further["next_url"]) == (1, "")


def test_outbox_mail_shows_text_and_link_to_whoever_could_make_a_new_one(acme):
    (mail,) = write(acme, 1)

    page = acme.owner.client.get(url(acme, f"{mail.pk}/")).content.decode()

    assert (TEXT in page, f'value="{mail.link}"' in page) == (True, True)


@pytest.mark.parametrize(("permissions", "seen"), [(["workspace.view_outbox"], False), (["workspace.*"], True)])
def test_outbox_mail_with_a_link_is_not_shown_to_whoever_may_only_look(acme, permissions, seen):
    (mail,) = write(acme, 1)
    with enter(acme.owner.ctx.scope):
        Role.objects.create(workspace=acme.workspace, name="Postmaster", permissions=permissions)
    postmaster = acme.member("Postmaster")

    page = postmaster.client.get(url(acme, f"{mail.pk}/")).content.decode()

    assert (TEXT in page, mail.link in page) == (seen, seen)


def test_outbox_page_sends_again_and_says_so(acme, settings):
    (mail,) = write(acme, 1)
    settings.EMAIL_HOST = "127.0.0.1"

    answer = acme.owner.client.post(url(acme, f"{mail.pk}/sendings/"))

    with enter(acme.owner.ctx.scope):
        assert (answer.status_code, OutgoingMail.objects.get().state) == (303, "waiting")
