"""The closed lists of the billing room."""

from __future__ import annotations

from django.db import models
from django.utils.translation import pgettext_lazy


class Rhythm(models.TextChoices):
    """How often an amount is due, or a contract is renewed."""

    DAY = "day", pgettext_lazy("rhythm", "Daily")
    WEEK = "week", pgettext_lazy("rhythm", "Weekly")
    MONTH = "month", pgettext_lazy("rhythm", "Monthly")
    QUARTER = "quarter", pgettext_lazy("rhythm", "Quarterly")
    HALF_YEAR = "half_year", pgettext_lazy("rhythm", "Half-yearly")
    YEAR = "year", pgettext_lazy("rhythm", "Annual")


class ChargeKind(models.TextChoices):
    """What kind of charge an item is. A committed minimum is recurring; what goes beyond it is usage."""

    RECURRING = "recurring", pgettext_lazy("charge", "Recurring")
    USAGE = "usage", pgettext_lazy("charge", "Usage")
    ONE_OFF = "one_off", pgettext_lazy("charge", "One-off")


class DiscountKind(models.TextChoices):
    """How long the discount between list and net amount lasts."""

    ONCE = "once", pgettext_lazy("discount", "Once")
    REPEATING = "repeating", pgettext_lazy("discount", "For some time")
    FOREVER = "forever", pgettext_lazy("discount", "For good")


class SubscriptionState(models.TextChoices):
    """Where a subscription stands today; kept by a projection and brought up to date every day."""

    UPCOMING = "upcoming", pgettext_lazy("subscription", "Upcoming")
    TRIAL = "trial", pgettext_lazy("subscription", "Trial")
    RUNNING = "running", pgettext_lazy("subscription", "Running")
    ENDED = "ended", pgettext_lazy("subscription", "Ended")
    NEVER_ACTIVE = "never_active", pgettext_lazy("subscription", "Never active")


class ValueState(models.TextChoices):
    """Where an item stands while a value holds (domain/item_values.py, State)."""

    TRIAL = "trial", pgettext_lazy("value", "Trial")
    PAID = "paid", pgettext_lazy("value", "Paid")
    PAUSED = "paused", pgettext_lazy("value", "Paused")
    PAST_DUE = "past_due", pgettext_lazy("value", "Past due")
    ENDED = "ended", pgettext_lazy("value", "Ended")


class MovementKind(models.TextChoices):
    """What a movement of MRR is (domain/movements.py, Kind)."""

    NEW = "new", pgettext_lazy("movement", "New")
    EXPANSION = "expansion", pgettext_lazy("movement", "Expansion")
    REACTIVATION = "reactivation", pgettext_lazy("movement", "Reactivation")
    RESUME = "resume", pgettext_lazy("movement", "Resumed")
    CONTRACTION = "contraction", pgettext_lazy("movement", "Contraction")
    CHURN = "churn", pgettext_lazy("movement", "Churn")
    PAUSE = "pause", pgettext_lazy("movement", "Paused")
