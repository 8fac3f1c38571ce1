"""The stream room's choices."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class SourceKind(models.TextChoices):
    """What kind of place events come from; it decides which set-up is shown first."""

    SERVER = "server", _("Server")
    WEB = "web", _("Web app")
    MOBILE = "mobile", _("Mobile app")
    JOB = "job", _("Batch job")


class TieReason(models.TextChoices):
    """How it became known whose a subject's events are."""

    NAMED = "named", _("The account's own id")
    EXTERNAL_ID = "external_id", _("External id")
    DOMAIN = "domain", _("Domain")
    EMAIL = "email", _("E-mail address")
    GROUP = "group", _("Its group")
    USER = "user", _("Its user")
    MEMBER = "member", _("By hand")
    UNKNOWN = "unknown", _("Not known yet")


class EventFate(models.TextChoices):
    """What became of a call."""

    COUNTED = "counted", _("Counted")
    WAITING = "waiting", _("Waiting for an account")
    ON_WAY = "on_way", _("On its way")
    DUPLICATE = "duplicate", _("Duplicate")
    REFUSED = "refused", _("Refused")
    SANDBOX = "sandbox", _("Sandbox, not counted")
