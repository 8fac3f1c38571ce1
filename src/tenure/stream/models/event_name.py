"""The catalogue: names and properties of events as they were seen, and what the tracking plan wants of them."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from tenure.stream.enums_of_governance import PlanMode, PlanState, ViolationCode
from tenure.workspace.models.base import Scoped


class EventName(Scoped):
    """One name. volume: events in the store, exact up to the catalogue's position. mode: '' for the workspace's own.

    expected: what the plan wants of its properties (domain/plan.py). properties_left_out: values of properties that the catalogue
    had no room for.
    """

    name = models.TextField(_("Event"), db_collation="C")
    volume = models.BigIntegerField(_("Events"), default=0)
    first_seen_at = models.DateTimeField(_("First seen"), null=True)
    last_seen_at = models.DateTimeField(_("Last seen"), null=True)
    properties_left_out = models.BigIntegerField(default=0)
    plan = models.TextField(_("Plan"), choices=PlanState.choices, default=PlanState.UNPLANNED, db_collation="C")
    mode = models.TextField(_("On violation"), choices=PlanMode.choices, default="", blank=True, db_collation="C")
    description = models.TextField(_("Description"), default="", blank=True)
    expected = models.JSONField(default=list)
    violations = models.BigIntegerField(_("Violations"), default=0)
    planned_by_id = models.UUIDField(null=True)
    planned_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["workspace", "name"], name="event_name_unique"),
            models.CheckConstraint(condition=models.Q(plan__in=PlanState.values), name="event_name_plan"),
            models.CheckConstraint(condition=models.Q(mode__in=["", *PlanMode.values]), name="event_name_mode"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["workspace", "volume", "id"], name="event_name_volume"),
            models.Index(fields=["workspace", "last_seen_at", "id"], name="event_name_last_seen"),
        ]

    def __str__(self) -> str:
        """The name."""
        return self.name

    @property
    def is_own(self) -> bool:
        """Whether it is one of the tracking API's own calls ($identify, $page and so on)."""
        return self.name.startswith("$")


class EventProperty(Scoped):
    """A property that came with a name, by the kinds of its values; volume is their sum."""

    event_name = models.ForeignKey(EventName, on_delete=models.CASCADE, related_name="properties", db_index=False)
    name = models.TextField(db_collation="C")
    volume = models.BigIntegerField(default=0)
    texts = models.BigIntegerField(default=0)
    integers = models.BigIntegerField(default=0)
    decimals = models.BigIntegerField(default=0)
    booleans = models.BigIntegerField(default=0)
    lists = models.BigIntegerField(default=0)
    maps = models.BigIntegerField(default=0)
    nulls = models.BigIntegerField(default=0)
    first_seen_at = models.DateTimeField()
    last_seen_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["workspace", "event_name", "name"], name="event_property_unique"),
        ]

    def __str__(self) -> str:
        """The property's name."""
        return self.name


class PlanViolation(Scoped):
    """How often the events of a name broke the plan in one way. examples: the newest, each with id, instant and value."""

    event_name = models.ForeignKey(EventName, on_delete=models.CASCADE, related_name="+", db_index=False)
    code = models.TextField(choices=ViolationCode.choices, db_collation="C")
    property = models.TextField(default="", db_collation="C")
    count = models.BigIntegerField(default=0)
    first_at = models.DateTimeField()
    last_at = models.DateTimeField()
    examples = models.JSONField(default=list)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["workspace", "event_name", "code", "property"], name="plan_violation_unique"),
            models.CheckConstraint(condition=models.Q(code__in=ViolationCode.values), name="plan_violation_code"),
        ]

    def __str__(self) -> str:
        """The way and the property."""
        return f"{self.code} {self.property}"
