"""The closed lists of the sales room."""

from __future__ import annotations

from django.db import models
from django.utils.translation import pgettext_lazy


class Outcome(models.TextChoices):
    """How far a deal is from its end: what a stage of the pipeline means, and what an opportunity in it is."""

    OPEN = "open", pgettext_lazy("deal", "Open")
    WON = "won", pgettext_lazy("deal", "Won")
    LOST = "lost", pgettext_lazy("deal", "Lost")
