"""Meters and their published versions."""

from __future__ import annotations

from datetime import datetime
from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from tenure.usage.domain.definition_texts import read_definition
from tenure.usage.domain.definitions import MeterDefinition
from tenure.workspace.models.base import Scoped


class Meter(Scoped):
    """What is counted, known to other systems by its key. unit: what one of it is called, such as GB."""

    key = models.TextField(_("Key"), db_collation="C")
    name = models.CharField(_("Name"), max_length=120)
    unit = models.CharField(_("Unit"), max_length=40, blank=True, default="")
    description = models.TextField(_("Description"), blank=True, default="")
    created_at = models.DateTimeField()
    archived_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["workspace", "key"], name="meter_key")]
        indexes: ClassVar = [models.Index(fields=["workspace", "created_at", "id"], name="meter_created")]

    def __str__(self) -> str:
        """The meter's name."""
        return self.name

    @property
    def is_archived(self) -> bool:
        """Whether it is offered no more; it still answers what it counted."""
        return self.archived_at is not None


class MeterVersion(Scoped):
    """What a meter counts from an instant on (None: from ever, over all old events). Never changed once it is published."""

    meter = models.ForeignKey(Meter, on_delete=models.PROTECT, related_name="+", db_index=False)
    number = models.IntegerField()
    definition = models.JSONField()
    effective_at = models.DateTimeField(null=True, blank=True)
    published_at = models.DateTimeField()
    published_by = models.TextField(default="")
    note = models.TextField(_("What changed"), blank=True, default="")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["workspace", "meter", "number"], name="meter_version_number"),
            models.CheckConstraint(condition=Q(number__gte=1), name="meter_version_counts_from_one"),
        ]

    def __str__(self) -> str:
        """Which version."""
        return f"{self.meter_id} v{self.number}"

    def counts_at(self, moment: datetime) -> bool:
        """Whether it had begun by then."""
        return self.effective_at is None or self.effective_at <= moment

    @property
    def counts(self) -> MeterDefinition:
        """The definition, as it was published."""
        return read_definition(self.definition)
