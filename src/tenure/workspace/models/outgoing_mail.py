"""Mail that leaves a workspace: kept until it is sent, and to be read and copied where no mail server is set."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from tenure.workspace.enums import MailKind, MailState
from tenure.workspace.models.base import Scoped


class OutgoingMail(Scoped):
    """One mail to one address. `text`, `html` and `link` may hold a secret: they are emptied as soon as nobody needs them (mail.py)."""

    kind = models.CharField(max_length=12, choices=MailKind)
    state = models.CharField(max_length=8, choices=MailState)
    member_id = models.UUIDField(null=True)
    to_address = models.EmailField(_("To"), max_length=254)
    subject = models.TextField(_("Subject"))
    text = models.TextField(blank=True, default="")
    html = models.TextField(blank=True, default="")
    link = models.TextField(blank=True, default="")
    error = models.TextField(blank=True, default="")
    attempts = models.SmallIntegerField(default=0)
    created_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)
    emptied_at = models.DateTimeField(null=True)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["workspace", "-created_at", "-id"], name="outgoing_mail_created")]
        constraints: ClassVar = [
            models.CheckConstraint(condition=models.Q(kind__in=MailKind.values), name="outgoing_mail_kind"),
            models.CheckConstraint(condition=models.Q(state__in=MailState.values), name="outgoing_mail_state"),
        ]

    def __str__(self) -> str:
        """What it is about."""
        return self.subject

    @property
    def is_emptied(self) -> bool:
        """Whether its text is gone."""
        return self.emptied_at is not None

    @property
    def can_be_sent(self) -> bool:
        """Whether it has a text and did not arrive yet."""
        return not self.is_emptied and self.state in {MailState.KEPT, MailState.FAILED}
