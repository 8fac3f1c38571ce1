"""Notifications: who is told of what, once; how the bell counts; by mail too where somebody wants that."""

from __future__ import annotations

from uuid import UUID

import pytest
from django.utils import translation

from tenure.directory.actions.create_account import create_account
from tenure.directory.actions.create_task import create_task
from tenure.directory.actions.finish_task import finish_task
from tenure.directory.actions.update_account import update_account
from tenure.directory.actions.update_task import update_task
from tenure.workspace.actions.accept_invitation import accept_invitation
from tenure.workspace.actions.bulk_edit import bulk_edit
from tenure.workspace.actions.claim_import import claim_import
from tenure.workspace.actions.invite_member import invite_member
from tenure.workspace.actions.mark_notifications_read import mark_notifications_read
from tenure.workspace.actions.suspend_member import suspend_member
from tenure.workspace.actions.update_profile import update_profile
from tenure.workspace.bulk import carry_out as carry_out_bulk
from tenure.workspace.bulk import plan_of
from tenure.workspace.change_sets import start_change_set
from tenure.workspace.errors import PermissionMissing
from tenure.workspace.events_of_work import ImportEnded
from tenure.workspace.imports.run import carry_out
from tenure.workspace.lists import list_specs
from tenure.workspace.models import Member, Notification, OutboxEvent, OutgoingMail, Role, User
from tenure.workspace.notifying import sentence_of
from tenure.workspace.queries.contexts import invitee_context
from tenure.workspace.relay import consumers, relay_once
from tenure.workspace.scope import enter
from tests.workspace.imports.runs import drafted, imported
from tests.world import open_company

NOTICES = ("workspace.notices", "directory.notices")


def tell(acme) -> None:
    """What the relay does once the events are committed: each notifier gets those it wants, in their order."""
    ctx = acme.owner.ctx
    with enter(ctx.scope):
        for name in NOTICES:
            rows = OutboxEvent.objects.filter(type__in=consumers[name].types, is_backfill=False)
            consumers[name].consume(ctx, list(rows.order_by("xid", "id")))


def told(persona) -> list[str]:
    """The sentences a member was told, oldest first."""
    with enter(persona.ctx.scope):
        return [sentence_of(row) for row in Notification.objects.filter(member_id=persona.member_id).order_by("at", "id")]


def test_task_given_by_another_is_told_once(acme):
    create_task(acme.owner.ctx, {"title": "Call Marit", "assignee": acme.rep.member_id})

    tell(acme)
    tell(acme)

    assert (told(acme.rep), told(acme.owner)) == (["Ana Müller gave you a task: Call Marit"], [])


def test_task_of_ones_own_and_one_that_is_done_are_not_told(acme):
    create_task(acme.rep.ctx, {"title": "Mine"})
    done = create_task(acme.owner.ctx, {"title": "Done", "assignee": acme.rep.member_id})
    finish_task(acme.owner.ctx, done.pk)

    tell(acme)

    assert told(acme.rep) == []


def test_task_handed_on_is_told_and_one_only_renamed_is_not(acme):
    task = create_task(acme.owner.ctx, {"title": "Call"})
    tell(acme)
    update_task(acme.owner.ctx, task.pk, {"assignee": acme.rep.member_id})
    tell(acme)
    update_task(acme.owner.ctx, task.pk, {"title": "Call soon"})
    tell(acme)

    assert told(acme.rep) == ["Ana Müller gave you a task: Call"]


def test_account_given_to_somebody_is_told_with_the_way_to_it(acme):
    account = acme.account("Hollis", owner=acme.owner.member_id)
    tell(acme)

    update_account(acme.owner.ctx, account.pk, {"owner": acme.rep.member_id})
    tell(acme)

    with enter(acme.rep.ctx.scope):
        (row,) = Notification.objects.all()
    assert (sentence_of(row), row.path) == ("Ana Müller made you the owner of Hollis.", f"accounts/{account.pk}/")


def test_many_accounts_at_once_are_told_in_one_sentence(acme):
    accounts = [acme.account(f"Firm {number}", owner=acme.owner.member_id) for number in range(6)]
    bulk_edit(acme.owner.ctx, list_specs["accounts"], [one.pk for one in accounts], {"owner": acme.rep.member_id})

    tell(acme)

    assert told(acme.rep) == ["Ana Müller made you the owner of 6 accounts."]


def test_invitation_that_is_accepted_is_told_to_whoever_invited(acme):
    with enter(acme.owner.ctx.scope):
        role = Role.objects.get(name="Viewer")
    _invitation, secret = invite_member(acme.owner.ctx, "eva@acme.example", role)
    accept_invitation(invitee_context(secret), secret, User.objects.create_user("eva@acme.example", name="Eva Ruiz"))

    tell(acme)

    assert told(acme.owner) == ["Eva Ruiz accepted your invitation."]


def test_member_who_is_suspended_is_not_told(acme):
    create_task(acme.owner.ctx, {"title": "Call", "assignee": acme.rep.member_id})
    suspend_member(acme.owner.ctx, acme.rep.member_id, reason="")

    tell(acme)

    with enter(acme.owner.ctx.scope):
        assert Notification.objects.count() == 0


def test_notification_by_mail_is_one_mail_for_all_that_is_told_at_once_in_the_members_language(acme):
    with enter(acme.owner.ctx.scope):
        Member.objects.filter(pk=acme.rep.member_id).update(notify_by="mail", language="en")
    for title in ("Call", "Write"):
        create_task(acme.owner.ctx, {"title": title, "assignee": acme.rep.member_id})

    with translation.override("es"):
        tell(acme)

    with enter(acme.owner.ctx.scope):
        (mail,) = OutgoingMail.objects.all()
    assert (mail.to_address, mail.subject) == (acme.rep.user.email, "2 notifications from Tenure")
    assert mail.text.splitlines()[0] == "Ana Müller gave you a task: Call"
    assert mail.link.endswith(f"/{acme.workspace.slug}/notifications/")


def test_update_profile_says_how_one_is_told(acme):
    update_profile(acme.rep.ctx, {"notify_by": "mail"})

    with enter(acme.owner.ctx.scope):
        assert Member.objects.get(pk=acme.rep.member_id).notify_by == "mail"


@pytest.mark.parametrize(("waiting", "shown"), [(0, None), (1, "1"), (9, "9"), (10, "9+"), (12, "9+")])
def test_bell_counts_what_is_not_read_up_to_nine(acme, waiting, shown):
    notify(acme, waiting)

    page = acme.owner.client.get(f"/{acme.workspace.slug}/settings/members/").content.decode()

    assert ('class="bell-count"' in page, f'class="bell-count">{shown}<' in page) == (shown is not None, shown is not None)


def notify(acme, count: int) -> list[Notification]:
    ctx = acme.owner.ctx
    with enter(ctx.scope):
        return Notification.objects.bulk_create(
            Notification(
                workspace=acme.workspace,
                member_id=acme.owner.member_id,
                kind="directory.task_given",
                source_id=UUID(int=number),
                facts={"who": "Ben", "title": f"Task {number}"},
                path="my-day/",
                at=ctx.now(),
            )
            for number in range(count)
        )


def test_notifications_page_asks_the_same_number_of_questions_for_one_and_three(acme, django_assert_num_queries):
    client, url = acme.owner.client, f"/{acme.workspace.slug}/notifications/"
    notify(acme, 1)
    with django_assert_num_queries(17):
        client.get(url)
    with enter(acme.owner.ctx.scope):
        Notification.objects.all().delete()

    notify(acme, 3)

    with django_assert_num_queries(17):
        assert len(client.get(url).context["rows"]) == 3


def test_notification_opened_is_read_and_leads_where_it_points(acme):
    first, _second = notify(acme, 2)

    answer = acme.owner.client.post(f"/{acme.workspace.slug}/notifications/readings/", {"id": str(first.pk)})

    assert (answer.status_code, answer["Location"]) == (303, f"/{acme.workspace.slug}/my-day/")
    with enter(acme.owner.ctx.scope):
        read = Notification.objects.filter(read_at__isnull=False).values_list("facts__title", flat=True)
        assert list(read) == ["Task 0"]


def test_notifications_are_all_marked_as_read_but_only_ones_own(acme):
    (mine,) = notify(acme, 1)

    mark_notifications_read(acme.rep.ctx)
    mark_notifications_read(acme.rep.ctx, mine.pk)
    with enter(acme.owner.ctx.scope):
        before = Notification.objects.filter(read_at__isnull=True).count()
    mark_notifications_read(acme.owner.ctx)

    with enter(acme.owner.ctx.scope):
        assert (before, Notification.objects.filter(read_at__isnull=True).count()) == (1, 0)


def test_notifications_through_the_relay_are_told_after_commit_and_once(committed_db):
    acme = open_company("Acme")
    acme.account("Hollis")
    create_task(acme.owner.ctx, {"title": "Call", "assignee": acme.rep.member_id})

    relay_once()
    relay_once()

    assert told(acme.rep) == ["Ana Müller gave you a task: Call"]


def test_relay_passes_over_what_no_notifier_wants(committed_db):
    acme = open_company("Acme")
    for number in range(3):
        create_account(acme.owner.ctx, {"name": f"Firm {number}"})

    handed = [relay_once(), relay_once()]

    # Of all that happened, the three accounts' creation is all that is read: by directory's notifier, by who is who, and by milestones.
    assert handed == [3 * 3, 0]


def test_import_ended_is_an_event_of_codes_only():
    event = ImportEnded(UUID(int=1), None, None, state="done")

    assert event.payload() == {"state": "done"}


def test_import_that_ended_is_told_to_whoever_started_it_and_one_without_news_is_not(acme):
    imported(acme.owner.ctx, "id,name\n1,Alpha\n2,Beta\n")
    imported(acme.owner.ctx, "id,name\n1,Alpha\n2,Beta\n")

    tell(acme)

    (sentence,) = told(acme.owner)
    assert sentence.endswith(" is done: 2 created, 0 updated.")


def test_import_that_stopped_is_told_as_such(acme):
    run = claim_import(acme.owner.ctx, drafted(acme.owner.ctx, "id,name\n1,Alpha\n").pk)
    with pytest.raises(PermissionMissing):
        carry_out(acme.viewer.ctx, run.pk, run.attempt)

    tell(acme)

    assert [sentence.partition(" stopped")[2] for sentence in told(acme.owner)] == [
        " before its end. What was written is whole; it can go on or be undone."
    ]


def test_large_bulk_edit_that_ended_is_told(acme):
    account = acme.account("Hollis")
    ctx = acme.owner.ctx
    with enter(ctx.scope):
        work, _log = start_change_set(ctx, "bulk_edit", title="Accounts")
        work.plan = plan_of(list_specs["accounts"], [account.pk], None, {"city": "Bonn"})
        work.save()

    carry_out_bulk(ctx, work.pk)
    tell(acme)

    assert told(acme.owner) == ["Accounts is done: 1 record changed."]
