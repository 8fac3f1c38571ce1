"""The closed lists of the directory room."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class AccountKind(models.TextChoices):
    """What an account is."""

    COMPANY = "company", _("Company")
    INDIVIDUAL = "individual", _("Individual")


class Stage(models.TextChoices):
    """The stages of a turn, in the order of the bow-tie. Source: DESIGN.md, "The stage ledger"."""

    EXPOSED = "exposed", pgettext_lazy("stage", "Exposed")
    LEAD = "lead", pgettext_lazy("stage", "Lead")
    QUALIFIED = "qualified", pgettext_lazy("stage", "Qualified")
    OPPORTUNITY = "opportunity", pgettext_lazy("stage", "Opportunity")
    WON = "won", pgettext_lazy("stage", "Won")
    ONBOARDING = "onboarding", pgettext_lazy("stage", "Onboarding")
    LIVE = "live", pgettext_lazy("stage", "Live")
    ADOPTING = "adopting", pgettext_lazy("stage", "Adopting")
    RENEWED = "renewed", pgettext_lazy("stage", "Renewed")
    EXPANDED = "expanded", pgettext_lazy("stage", "Expanded")
    ADVOCATE = "advocate", pgettext_lazy("stage", "Advocate")
    LOST = "lost", pgettext_lazy("stage", "Lost")
    CHURNED = "churned", pgettext_lazy("stage", "Churned")


class TurnKind(models.TextChoices):
    """Which trip of a prospect or customer a turn is."""

    FIRST_PURCHASE = "first_purchase", pgettext_lazy("turn", "First purchase")
    EXPANSION = "expansion", pgettext_lazy("turn", "Expansion")
    IMPLEMENTATION = "implementation", pgettext_lazy("turn", "Further implementation")


class TeamRole(models.TextChoices):
    """What a member is to an account, besides its owner."""

    SELLER = "seller", pgettext_lazy("team", "Seller")
    SUCCESS = "success", pgettext_lazy("team", "Success")
    IMPLEMENTATION = "implementation", pgettext_lazy("team", "Implementation")
    SUPPORT = "support", pgettext_lazy("team", "Support")


class ChainRole(models.TextChoices):
    """What a person is to the decision, in the order in which an account page shows them."""

    CHAMPION = "champion", pgettext_lazy("chain", "Champion")
    ECONOMIC_BUYER = "economic_buyer", pgettext_lazy("chain", "Economic buyer")
    DECISION_MAKER = "decision_maker", pgettext_lazy("chain", "Decision maker")
    TECHNICAL_BUYER = "technical_buyer", pgettext_lazy("chain", "Technical buyer")
    PROCUREMENT = "procurement", pgettext_lazy("chain", "Procurement")
    LEGAL = "legal", pgettext_lazy("chain", "Legal")
    INFLUENCER = "influencer", pgettext_lazy("chain", "Influencer")
    USER_ADMINISTRATOR = "user_administrator", pgettext_lazy("chain", "User administrator")
    USER = "user", pgettext_lazy("chain", "User")
    BLOCKER = "blocker", pgettext_lazy("chain", "Blocker")


class ActivityKind(models.TextChoices):
    """How we were in touch."""

    CALL = "call", pgettext_lazy("activity", "Call")
    MEETING = "meeting", pgettext_lazy("activity", "Meeting")
    MAIL = "mail", pgettext_lazy("activity", "Mail")


class Direction(models.TextChoices):
    """Who began it."""

    OUT = "out", pgettext_lazy("activity", "From us")
    IN = "in", pgettext_lazy("activity", "From them")


class Outcome(models.TextChoices):
    """What came of it."""

    REACHED = "reached", pgettext_lazy("activity", "Reached")
    NOT_REACHED = "not_reached", pgettext_lazy("activity", "Not reached")
    LEFT_MESSAGE = "left_message", pgettext_lazy("activity", "Left a message")
    HELD = "held", pgettext_lazy("activity", "Held")
    MOVED = "moved", pgettext_lazy("activity", "Moved")
    NO_SHOW = "no_show", pgettext_lazy("activity", "Nobody came")
