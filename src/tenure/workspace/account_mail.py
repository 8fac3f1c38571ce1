"""Mail about somebody's way in (address to confirm, password to reset): it belongs to no workspace, so no workspace's page shows it.

With a mail server a job sends it. Without one it is written into a folder that only whoever runs Tenure can read (HOME/mail): a
link that resets a password, shown to the administrator of one workspace, would open every other workspace of that person.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import structlog
from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.core.mail.backends.base import BaseEmailBackend

from tenure.kernel import clock
from tenure.workspace.jobs import defer_job
from tenure.workspace.mail import TEXT_KEPT, hand_over, is_mail_sent

if TYPE_CHECKING:
    from django.core.mail import EmailMessage

JOB = "workspace.send_account_mail"
MAX_FILES = 200
log = structlog.get_logger(__name__)


class AccountMailBackend(BaseEmailBackend):
    """Django's mail backend, used by whatever in Django sends mail by itself: sign-up and password reset."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        """Queue or keep the messages."""
        for message in email_messages:
            if is_mail_sent():
                defer_job(JOB, to=list(message.to), subject=str(message.subject), text=str(message.body), html=_html_of(message))
            else:
                keep_as_file(message)
        return len(email_messages)


def send_account_mail(*, to: list[str], subject: str, text: str, html: str) -> None:
    """Hand one message to the mail server; raises what smtplib raises, so that the job is tried again."""
    message = EmailMultiAlternatives(subject, text, to=to)
    if html:
        message.attach_alternative(html, "text/html")
    hand_over(message)


def keep_as_file(message: EmailMessage) -> Path:
    """Write the message into HOME/mail, readable by nobody else, and let old ones go: after 14 days, or beyond 200."""
    folder = Path(settings.EMAIL_FILE_PATH)
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    now = clock.now()
    path = folder / f"{now:%Y%m%dT%H%M%S%f}.eml"
    path.touch(mode=0o600)
    path.write_bytes(message.message().as_bytes())
    log.warning("account_mail_kept", path=str(path), remedy="Set TENURE_SMTP_URL to have mail sent.")
    _let_old_files_go(folder, f"{now - TEXT_KEPT:%Y%m%dT%H%M%S%f}.eml")
    return path


def _let_old_files_go(folder: Path, before: str) -> None:
    """Names sort by time."""
    kept = sorted(path for path in folder.glob("*.eml"))
    for place, path in enumerate(reversed(kept)):
        if place >= MAX_FILES or path.name < before:
            path.unlink(missing_ok=True)


def _html_of(message: EmailMessage) -> str:
    parts = getattr(message, "alternatives", None) or []
    return next((str(content) for content, kind in parts if kind == "text/html"), "")
