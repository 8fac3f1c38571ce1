"""Customer segments: up to three a workspace, each with its top three needs and how the product answers them."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from tenure.workspace.models.base import Scoped

MAX_SEGMENTS = 3


class Segment(Scoped):
    """A kind of customer the company has chosen to win. Position is 1 to 3: three at most, by constraint."""

    name = models.CharField(_("Name"), max_length=60)
    description = models.TextField(_("Who they are"), blank=True, default="")
    position = models.SmallIntegerField()
    needs = models.JSONField(default=list)
    created_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["workspace", "position"], name="segment_position_unique"),
            models.UniqueConstraint(fields=["workspace", "name"], name="segment_name_unique"),
            models.CheckConstraint(condition=models.Q(position__range=(1, MAX_SEGMENTS)), name="segment_position"),
        ]
        ordering: ClassVar = ["position"]

    def __str__(self) -> str:
        """The segment's name."""
        return self.name
