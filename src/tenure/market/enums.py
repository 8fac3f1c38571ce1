"""The closed lists of the market room."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class ChannelKind(models.TextChoices):
    """What sort of way a channel is."""

    ORGANIC_SEARCH = "organic_search", pgettext_lazy("channel", "Organic search")
    PAID_SEARCH = "paid_search", pgettext_lazy("channel", "Paid search")
    SOCIAL = "social", pgettext_lazy("channel", "Social")
    PAID_SOCIAL = "paid_social", pgettext_lazy("channel", "Paid social")
    DISPLAY = "display", pgettext_lazy("channel", "Display")
    EMAIL = "email", pgettext_lazy("channel", "E-mail")
    REFERRAL = "referral", pgettext_lazy("channel", "Referral")
    PARTNER = "partner", pgettext_lazy("channel", "Partner")
    EVENT = "event", pgettext_lazy("channel", "Event")
    CONTENT = "content", pgettext_lazy("channel", "Content")
    OUTBOUND = "outbound", pgettext_lazy("channel", "Outbound")
    DIRECT = "direct", pgettext_lazy("channel", "Direct")
    OTHER = "other", pgettext_lazy("channel", "Other")


class CostKind(models.TextChoices):
    """What winning customers costs besides the channels themselves."""

    SALARIES = "salaries", _("Salaries")
    COMMISSIONS = "commissions", _("Commissions")
    TOOLS = "tools", _("Tools")
    AGENCIES = "agencies", _("Agencies")
    EVENTS = "events", _("Events")
    CONTENT = "content", _("Content")
    TRAVEL = "travel", _("Travel")
    OTHER = "other", _("Other")


class LeadStatus(models.TextChoices):
    """Where a lead stands."""

    NEW = "new", pgettext_lazy("lead", "New")
    QUALIFIED = "qualified", pgettext_lazy("lead", "Qualified")
    DISQUALIFIED = "disqualified", pgettext_lazy("lead", "Disqualified")
    CONVERTED = "converted", pgettext_lazy("lead", "Converted")
