"""A mail that was not sent, or could not be, is given to the mail server again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tenure.workspace.action import action
from tenure.workspace.enums import MailState
from tenure.workspace.errors import MailNotSendable, NoMailServer
from tenure.workspace.mail import hand_to_worker, is_mail_sent
from tenure.workspace.queries.mail import get_mail

if TYPE_CHECKING:
    from uuid import UUID

    from tenure.workspace.context import Context
    from tenure.workspace.models import OutgoingMail


@action("workspace.send_mail_again")
def send_mail_again(ctx: Context, mail_id: UUID) -> OutgoingMail:
    """Have a mail that failed or was only kept sent again, with as many tries as a new one.

    Raises NotFound, NoMailServer, MailNotSendable (it was sent, it waits, or its text is gone).
    A second call finds it waiting and raises MailNotSendable.
    """
    mail = get_mail(ctx, mail_id, permission="workspace.send_mail_again", lock=True)
    if not is_mail_sent():
        raise NoMailServer
    if not mail.can_be_sent:
        raise MailNotSendable(state=mail.get_state_display())
    mail.state, mail.error, mail.attempts = MailState.WAITING, "", 0
    mail.save(update_fields=["state", "error", "attempts"])
    hand_to_worker(ctx, mail)
    ctx.audit(mail, to=mail.to_address)
    return mail
