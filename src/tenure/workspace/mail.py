"""A workspace's mail: written in the transaction that has something to say, handed to the mail server by a job, kept to be copied without one.

A mail is sent at least once: a process that dies between the server's answer and its own commit sends it again, under the same Message-ID.
"""

from __future__ import annotations

import smtplib
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMultiAlternatives, get_connection
from django.template.loader import render_to_string
from django.utils import translation

from tenure.workspace.enums import MailState
from tenure.workspace.models import OutgoingMail
from tenure.workspace.scope import enter

if TYPE_CHECKING:
    from uuid import UUID

    from django.db.models import QuerySet

    from tenure.workspace.context import Context

MAX_ATTEMPTS = 8
LONGEST_SUBJECT = 200
LONGEST_TEXT = 64_000
LONGEST_ERROR = 500
TEXT_KEPT = timedelta(days=14)
MAIL_KEPT = timedelta(days=90)
STUCK_AFTER = timedelta(hours=6)
_SMTP_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
_PERMANENT = range(500, 600)


class MailNotTaken(Exception):
    """The mail server did not take a mail this time; it is tried again."""


@dataclass(frozen=True, slots=True)
class NewMail:
    """What is to be written: paragraphs in the reader's language already, and one link to follow. member_id: whom it is for."""

    kind: str
    to_address: str
    subject: str
    paragraphs: tuple[str, ...]
    language: str
    link: str = ""
    link_label: str = ""
    member_id: UUID | None = None

    @property
    def text(self) -> str:
        """The mail as plain text."""
        last = (f"{self.link_label}:\n{self.link}",) if self.link else ()
        return "\n\n".join((*self.paragraphs, *last))[:LONGEST_TEXT]

    @property
    def html(self) -> str:
        """The mail as HTML."""
        with translation.override(self.language):
            return render_to_string("workspace/mail.html", {"mail": self})


def is_mail_sent() -> bool:
    """Whether there is a mail server; without one, mail is kept for somebody to copy."""
    return bool(settings.EMAIL_HOST)


def post_mail(ctx: Context, mail: NewMail) -> OutgoingMail:
    """Write a mail down, and have it sent once this transaction is committed."""
    html = mail.html
    row = OutgoingMail.objects.create(
        workspace_id=ctx.workspace.pk,
        kind=mail.kind,
        state=MailState.WAITING if is_mail_sent() else MailState.KEPT,
        member_id=mail.member_id,
        to_address=mail.to_address,
        subject=" ".join(mail.subject.split())[:LONGEST_SUBJECT],
        text=mail.text,
        html=html if len(html) <= LONGEST_TEXT else "",
        link=mail.link,
        created_at=ctx.now(),
    )
    if row.state == MailState.WAITING:
        hand_to_worker(ctx, row)
    return row


def hand_to_worker(ctx: Context, mail: OutgoingMail) -> None:
    """Have a waiting mail sent."""
    ctx.defer("workspace.send_mail", mail=str(mail.pk))


def deliver(ctx: Context, mail_id: UUID) -> None:
    """Hand a waiting mail to the server and write down what came of it. Raises MailNotTaken where it is worth another try.

    Nothing is done for a mail that is not waiting, so a second call sends nothing twice.
    """
    with enter(ctx.scope):
        mail = OutgoingMail.objects.select_for_update(skip_locked=True).filter(pk=mail_id, state=MailState.WAITING).first()
        if mail is None:
            return
        mail.attempts += 1
        try:
            hand_over(message_of(mail))
        except (OSError, smtplib.SMTPException) as error:
            is_over = is_refused(error) or mail.attempts >= MAX_ATTEMPTS
            mail.state, mail.error = (MailState.FAILED if is_over else MailState.WAITING), sentence_of(error)
        else:
            mail.state, mail.error, mail.sent_at = MailState.SENT, "", ctx.now()
        mail.save(update_fields=["state", "error", "attempts", "sent_at"])
    if mail.state == MailState.WAITING:
        raise MailNotTaken(mail.error)


def message_of(mail: OutgoingMail) -> EmailMultiAlternatives:
    """The mail as it travels."""
    host = urlsplit(settings.BASE_URL).hostname or "localhost"
    message = EmailMultiAlternatives(
        mail.subject,
        mail.text,
        to=[mail.to_address],
        headers={"Message-ID": f"<{mail.pk}@{host}>", "Auto-Submitted": "auto-generated"},
    )
    if mail.html:
        message.attach_alternative(mail.html, "text/html")
    return message


def hand_over(message: EmailMultiAlternatives) -> None:
    """Give one message to the mail server; raises what smtplib raises."""
    get_connection(_SMTP_BACKEND).send_messages([message])


def is_refused(error: Exception) -> bool:
    """Whether the server refuses this mail for good: 5xx, but for a wrong password, which somebody will put right."""
    if isinstance(error, smtplib.SMTPAuthenticationError):
        return False
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        return all(code in _PERMANENT for code, _reason in error.recipients.values())
    return isinstance(error, smtplib.SMTPResponseException) and error.smtp_code in _PERMANENT


def sentence_of(error: Exception) -> str:
    """What the server said, or why it was not reached."""
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        error = smtplib.SMTPResponseException(*next(iter(error.recipients.values())))
    if isinstance(error, smtplib.SMTPResponseException):
        said = error.smtp_error.decode("utf-8", "replace") if isinstance(error.smtp_error, bytes) else str(error.smtp_error)
        return f"{error.smtp_code} {said}"[:LONGEST_ERROR]
    return (str(error) or type(error).__name__)[:LONGEST_ERROR]


def empty_mail(ctx: Context, rows: QuerySet[OutgoingMail]) -> int:
    """Forget what these mails say, and the links in them; that they were written stays. What still waited is not sent any more."""
    rows.filter(state=MailState.WAITING).update(state=MailState.FAILED)
    return rows.filter(emptied_at__isnull=True).update(text="", html="", link="", emptied_at=ctx.now())


def sweep_mail(ctx: Context) -> None:
    """Empty mails after 14 days, delete them after 90, and give those that wait for a worker that went away to another one."""
    now = ctx.now()
    OutgoingMail.objects.filter(created_at__lt=now - MAIL_KEPT).delete()
    empty_mail(ctx, OutgoingMail.objects.filter(created_at__lt=now - TEXT_KEPT))
    for mail in OutgoingMail.objects.filter(state=MailState.WAITING, created_at__lt=now - STUCK_AFTER).only("pk"):
        hand_to_worker(ctx, mail)
