"""Choices of the tracking plan, replays and corrections."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class PlanState(models.TextChoices):
    """Whether an event's name stands in the tracking plan."""

    UNPLANNED = "unplanned", _("Unplanned")
    PLANNED = "planned", _("Planned")
    RETIRED = "retired", _("Retired")


class PlanMode(models.TextChoices):
    """What happens to an event that breaks the plan."""

    WATCH = "watch", _("Watch: count it and show the violation")
    BLOCK = "block", _("Block: refuse the call")


class PropertyKind(models.TextChoices):
    """What kind of JSON value a property has."""

    TEXT = "text", _("Text")
    INTEGER = "integer", _("Whole number")
    NUMBER = "number", _("Number")
    BOOLEAN = "boolean", _("Yes or no")
    LIST = "list", _("List")
    OBJECT = "object", _("Object")


class ViolationCode(models.TextChoices):
    """How an event breaks the plan; ingest refuses with the same codes where the plan blocks."""

    PROPERTY_MISSING = "plan_property_missing", _("A required property is missing")
    PROPERTY_KIND = "plan_property_type", _("A property is of the wrong type")
    PROPERTY_VALUE = "plan_property_value", _("A property has a value that the plan does not allow")
    EVENT_RETIRED = "plan_event_retired", _("The event is retired")
    EVENT_UNPLANNED = "plan_event_unplanned", _("The event is not in the plan")


class MarkState(models.TextChoices):
    """What became of a refused call."""

    REPLAYED = "replayed", _("Replayed")
    DISMISSED = "dismissed", _("Dismissed")


class WorkState(models.TextChoices):
    """How a piece of long work stands."""

    WAITING = "waiting", _("Waiting")
    RUNNING = "running", _("Running")
    CANCELLING = "cancelling", _("Being cancelled")
    DONE = "done", _("Done")
    CANCELLED = "cancelled", _("Cancelled")
    FAILED = "failed", _("Failed")


UNDER_WAY = (WorkState.WAITING, WorkState.RUNNING, WorkState.CANCELLING)


class CorrectionKind(models.TextChoices):
    """What a correction does to the events it finds."""

    DELETE = "delete", _("Delete")
    AMEND = "amend", _("Change properties")
