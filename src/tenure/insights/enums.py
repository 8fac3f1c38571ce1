"""The closed lists of the insights room."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Span(models.TextChoices):
    """How far back a cohort reaches."""

    QUARTER = "3m", _("last 3 months")
    HALF = "6m", _("last 6 months")
    YEAR = "12m", _("last 12 months")
    TWO_YEARS = "24m", _("last 24 months")
    ALL = "all", _("all time")


class Standing(models.TextChoices):
    """Where a turn stands at a boundary."""

    CROSSED = "crossed", pgettext_lazy("boundary", "Crossed")
    OPEN = "open", pgettext_lazy("boundary", "On the way")
    LOST = "lost", pgettext_lazy("boundary", "Lost")
    NOT_CROSSED = "not_crossed", pgettext_lazy("boundary", "Not crossed")


class Entry(models.TextChoices):
    """Whether those who passed a stage have an entry of their own there."""

    OWN = "own", pgettext_lazy("stages", "Really entered")
    SKIPPED = "skipped", pgettext_lazy("stages", "Skipped")


class Verdict(models.TextChoices):
    """What to do about a channel."""

    GROW = "grow", pgettext_lazy("channel", "Grow")
    WATCH = "watch", pgettext_lazy("channel", "Watch")
    CUT = "cut", pgettext_lazy("channel", "Cut or fix")
