"""The outbox: mail that went out of this workspace, or waits here to be copied because no mail server is set."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from tenure.workspace.actions.send_mail_again import send_mail_again
from tenure.workspace.enums import MailKind, MailState
from tenure.workspace.mail import is_mail_sent
from tenure.workspace.models import OutgoingMail
from tenure.workspace.pages import page, say, see_other
from tenure.workspace.queries.mail import get_mail
from tenure.workspace.settings_pages import heads, settings_tabs

if TYPE_CHECKING:
    from tenure.workspace.context import Context
    from tenure.workspace.pages import Request

PAGE_ROWS = 50
TONES: dict[str, str] = {MailState.SENT: "leaf", MailState.WAITING: "sky", MailState.FAILED: "rose", MailState.KEPT: "amber"}


@page("workspace.view_outbox")
@require_GET
def outbox(request: Request) -> HttpResponse:
    """The mails of the last 90 days, newest first."""
    ctx = request.ctx
    ctx.require_everywhere("workspace.view_outbox")
    rows = OutgoingMail.objects.defer("text", "html", "link").order_by("-created_at", "-id")
    after = _found(request.GET.get("after", ""))
    if after is not None:
        rows = rows.filter(created_at__lte=after.created_at).exclude(created_at=after.created_at, id__gte=after.pk)
    found = list(rows[: PAGE_ROWS + 1])
    here = reverse("workspace:outbox", args=[ctx.workspace.slug])
    context = {
        "page_title": _("Outbox"),
        "settings_tabs": settings_tabs(ctx, "outbox"),
        "heads": heads(_("To"), _("Subject"), _("When"), _("State")),
        "rows": [{"mail": mail, "tone": TONES[mail.state]} for mail in found[:PAGE_ROWS]],
        "is_mail_sent": is_mail_sent(),
        "next_url": f"{here}?after={found[PAGE_ROWS - 1].pk}" if len(found) > PAGE_ROWS else "",
        "first_url": here if after is not None else "",
    }
    return render(request, "workspace/settings/outbox.html", context)


@page("workspace.view_outbox")
@require_GET
def outbox_mail(request: Request, mail_id: UUID) -> HttpResponse:
    """One mail with its text, and the link to copy."""
    ctx = request.ctx
    mail = get_mail(ctx, mail_id)
    context = {
        "page_title": mail.subject,
        "mail": mail,
        "tone": TONES[mail.state],
        "is_mail_sent": is_mail_sent(),
        "may_read": _may_read(ctx, mail),
        "may_send": ctx.holds("workspace.send_mail_again") and mail.can_be_sent and is_mail_sent(),
    }
    return render(request, "workspace/settings/outbox_mail.html", context)


@page("workspace.send_mail_again")
@require_POST
def sendings(request: Request, mail_id: UUID) -> HttpResponse:
    """Send a mail again."""
    mail = send_mail_again(request.ctx, mail_id)
    say(request, _("The mail to %(address)s is on its way.") % {"address": mail.to_address})
    return see_other(reverse("workspace:outbox_mail", args=[request.ctx.workspace.slug, mail.pk]))


def _may_read(ctx: Context, mail: OutgoingMail) -> bool:
    """An invitation's link gives what the invited member will hold: it is shown to those who could make a new one anyway."""
    return mail.kind != MailKind.INVITATION or ctx.authority.reach("workspace.renew_invitation").everything


def _found(text: str) -> OutgoingMail | None:
    try:
        key = UUID(text)
    except ValueError:
        return None
    mail: OutgoingMail | None = OutgoingMail.objects.filter(pk=key).first()
    return mail
