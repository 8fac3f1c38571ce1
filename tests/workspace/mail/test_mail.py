"""Mail: written with the work that has something to say, sent by a job, tried again, and kept to be copied without a server."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.core.mail import EmailMultiAlternatives
from procrastinate.contrib.django.models import ProcrastinateJob

from tenure.kernel import clock
from tenure.kernel.errors import NotFound
from tenure.workspace.account_mail import AccountMailBackend
from tenure.workspace.actions.accept_invitation import accept_invitation
from tenure.workspace.actions.cancel_invitation import cancel_invitation
from tenure.workspace.actions.invite_member import invite_member
from tenure.workspace.actions.send_mail_again import send_mail_again
from tenure.workspace.enums import GrantScope
from tenure.workspace.errors import MailNotSendable, NoMailServer
from tenure.workspace.jobs import bodies
from tenure.workspace.mail import MAX_ATTEMPTS, MailNotTaken, deliver, sweep_mail
from tenure.workspace.models import OutgoingMail, Role, User
from tenure.workspace.queries.contexts import invitee_context
from tenure.workspace.scope import enter
from tests.workspace.mail.smtp_server import smtp_server

EMAIL = "eva@acme.example"


@pytest.fixture
def mailbox(settings):
    """A mail server that this installation is set to use."""
    with smtp_server() as box:
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", box.port
        settings.EMAIL_USE_TLS = settings.EMAIL_USE_SSL = False
        settings.EMAIL_HOST_USER = settings.EMAIL_HOST_PASSWORD = ""
        yield box


def invited(acme) -> tuple[OutgoingMail, str]:
    """The mail of a fresh invitation, and the secret in it."""
    with enter(acme.owner.ctx.scope):
        role = Role.objects.get(name="Viewer")
    _invitation, secret = invite_member(acme.owner.ctx, EMAIL, role, name="Eva")
    return mails(acme)[0], secret


def mails(acme) -> list[OutgoingMail]:
    with enter(acme.owner.ctx.scope):
        return list(OutgoingMail.objects.order_by("-created_at", "-id"))


def refreshed(acme) -> OutgoingMail:
    return mails(acme)[0]


def test_invitation_without_a_mail_server_is_kept_with_its_link(acme, settings):
    mail, secret = invited(acme)

    assert (mail.state, mail.to_address, mail.link) == ("kept", EMAIL, f"{settings.BASE_URL}/join/{secret}/")
    assert mail.subject == "Ana Müller invites you to Acme"
    assert not ProcrastinateJob.objects.filter(task_name="workspace.send_mail").exists()


def test_invitation_speaks_the_workspaces_language(acme):
    with enter(acme.owner.ctx.scope):
        acme.workspace.language = "es"
        acme.workspace.save(update_fields=["language"])

    mail, _secret = invited(acme)

    assert '<html lang="es">' in mail.html


def test_mail_with_a_server_is_queued_and_arrives_as_text_and_html(acme, mailbox):
    mail, secret = invited(acme)
    queued = ProcrastinateJob.objects.get(task_name="workspace.send_mail")

    bodies["workspace.send_mail"](acme.owner.ctx, mail=queued.args["mail"])

    sent = refreshed(acme)
    (message,) = mailbox.messages
    assert (sent.state, sent.attempts, sent.sent_at is None) == ("sent", 1, False)
    assert (message["To"], message["Subject"], message["From"]) == (EMAIL, mail.subject, "Tenure <noreply@localhost>")
    assert message["Message-ID"] == f"<{mail.pk}@localhost>"
    assert [part.get_content_type() for part in message.iter_parts()] == ["text/plain", "text/html"]
    assert re.findall(r"/join/([^/]+)/", message.get_body(("plain",)).get_content()) == [secret]


def test_mail_that_is_sent_is_not_sent_again_by_a_second_job(acme, mailbox):
    mail, _secret = invited(acme)

    deliver(acme.owner.ctx, mail.pk)
    deliver(acme.owner.ctx, mail.pk)

    assert len(mailbox.messages) == 1


def test_mail_the_server_cannot_take_now_waits_with_the_reason_and_is_tried_again(acme, mailbox):
    mail, _secret = invited(acme)
    mailbox.answers = ["451 come back later"]

    with pytest.raises(MailNotTaken):
        deliver(acme.owner.ctx, mail.pk)
    waiting = refreshed(acme)
    deliver(acme.owner.ctx, mail.pk)

    assert (waiting.state, waiting.error, waiting.attempts) == ("waiting", "451 come back later", 1)
    assert (refreshed(acme).state, refreshed(acme).error, len(mailbox.messages)) == ("sent", "", 1)


def test_mail_after_its_last_try_has_failed(acme, settings):
    with smtp_server() as gone:
        pass
    settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_USE_TLS = "127.0.0.1", gone.port, False
    mail, _secret = invited(acme)

    for _try in range(MAX_ATTEMPTS - 1):
        with pytest.raises(MailNotTaken):
            deliver(acme.owner.ctx, mail.pk)
    deliver(acme.owner.ctx, mail.pk)

    assert (refreshed(acme).state, refreshed(acme).attempts) == ("failed", MAX_ATTEMPTS)


def test_mail_the_server_refuses_has_failed_at_once_and_can_be_sent_again(acme, mailbox):
    mail, _secret = invited(acme)
    mailbox.answers = ["550 no such person"]
    deliver(acme.owner.ctx, mail.pk)
    failed = refreshed(acme)

    send_mail_again(acme.owner.ctx, mail.pk)
    deliver(acme.owner.ctx, mail.pk)

    assert (failed.state, failed.error) == ("failed", "550 no such person")
    assert refreshed(acme).state == "sent"


def test_send_mail_again_without_a_server_or_of_one_that_is_sent_is_refused(acme, settings):
    mail, _secret = invited(acme)
    with pytest.raises(NoMailServer):
        send_mail_again(acme.owner.ctx, mail.pk)

    settings.EMAIL_HOST = "127.0.0.1"
    with enter(acme.owner.ctx.scope):
        OutgoingMail.objects.update(state="sent")
    with pytest.raises(MailNotSendable):
        send_mail_again(acme.owner.ctx, mail.pk)


def test_send_mail_again_by_an_administrator_of_one_account_is_not_there(acme):
    mail, _secret = invited(acme)
    local = acme.member("Owner", name="Local", scope=GrantScope.SUBTREE, account=acme.account())

    with pytest.raises(NotFound):
        send_mail_again(local.ctx, mail.pk)


def test_link_is_forgotten_once_used_or_withdrawn(acme):
    _mail, secret = invited(acme)
    accept_invitation(invitee_context(secret), secret, User.objects.create_user(EMAIL, name="Eva"))
    used = refreshed(acme)
    with enter(acme.owner.ctx.scope):
        role = Role.objects.get(name="Viewer")
    other, _secret = invite_member(acme.owner.ctx, "ben@acme.example", role)
    cancel_invitation(acme.owner.ctx, other.member_id)
    withdrawn = refreshed(acme)

    assert [(mail.text, mail.html, mail.link, mail.is_emptied) for mail in (used, withdrawn)] == [("", "", "", True)] * 2


def test_sweep_empties_texts_after_14_days_and_deletes_mails_after_90(acme):
    mail, _secret = invited(acme)

    def aged(days: int) -> list[tuple[str, str]]:
        with enter(acme.owner.ctx.scope):
            OutgoingMail.objects.filter(pk=mail.pk).update(created_at=clock.now() - timedelta(days=days))
            sweep_mail(acme.owner.ctx)
        return [(row.state, row.link) for row in mails(acme)]

    assert aged(13) == [("kept", mail.link)]
    assert aged(15) == [("kept", "")]
    assert aged(91) == []


def test_account_mail_with_a_server_is_sent_by_a_job(db, mailbox):
    message = EmailMultiAlternatives("Reset", "the link", to=["ana@acme.example"])
    message.attach_alternative("<p>the link</p>", "text/html")

    AccountMailBackend().send_messages([message])
    queued = ProcrastinateJob.objects.get(task_name="workspace.send_account_mail")
    bodies["workspace.send_account_mail"](**queued.args)

    assert mailbox.recipients == ["ana@acme.example"]
    assert mailbox.messages[0].get_body(("html",)).get_content().strip() == "<p>the link</p>"


def test_account_mail_without_a_server_is_a_file_that_only_its_owner_reads(db, settings, tmp_path):
    settings.EMAIL_FILE_PATH = tmp_path / "mail"

    AccountMailBackend().send_messages([EmailMultiAlternatives("Reset", "the link", to=["ana@acme.example"])])

    (kept,) = settings.EMAIL_FILE_PATH.iterdir()
    assert "the link" in kept.read_text()
    assert [path.stat().st_mode & 0o777 for path in (kept.parent, kept)] == [0o700, 0o600]


def test_account_mail_without_a_server_lets_old_files_go(db, settings, tmp_path):
    old = tmp_path / "20200101T000000000000.eml"
    old.touch()
    settings.EMAIL_FILE_PATH = tmp_path

    AccountMailBackend().send_messages([EmailMultiAlternatives("Reset", "the link", to=["ana@acme.example"])])

    assert (old.exists(), len(list(tmp_path.iterdir()))) == (False, 1)


def test_password_reset_goes_the_way_of_account_mail(acme, client, settings, tmp_path):
    settings.EMAIL_BACKEND = "tenure.workspace.account_mail.AccountMailBackend"
    settings.EMAIL_FILE_PATH = tmp_path

    client.post("/accounts/password/reset/", {"email": acme.owner.user.email})

    (kept,) = tmp_path.iterdir()
    assert f"To: {acme.owner.user.email}" in kept.read_text()
