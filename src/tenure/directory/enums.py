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
