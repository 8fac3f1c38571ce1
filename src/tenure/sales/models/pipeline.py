"""The pipeline: the stages a deal moves along, in the words of the company."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from tenure.directory.models.living import LIVING, living_index
from tenure.sales.enums import Outcome
from tenure.workspace.models.base import Record


class PipelineStage(Record):
    """One stage. Its meaning (open, won, lost) is what every number goes by; its name is the company's own."""

    name = models.TextField(_("Name"))
    name_sort = models.TextField(db_collation="C", editable=False)
    name_key = models.TextField(db_collation="C", editable=False)
    meaning = models.TextField(_("Meaning"), choices=Outcome, default=Outcome.OPEN, db_collation="C")
    position = models.IntegerField(_("Position"), default=0)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["workspace", "external_id"], name="pipeline_stage_external_id", condition=LIVING & ~Q(external_id="")
            ),
            models.UniqueConstraint(fields=["workspace", "name_key"], name="pipeline_stage_name_key", condition=LIVING),
            models.CheckConstraint(condition=Q(meaning__in=Outcome.values), name="pipeline_stage_meaning"),
        ]
        indexes: ClassVar = [
            living_index("pipeline_stage_id", "id"),
            living_index("pipeline_stage_position", "position", "id"),
        ]

    def __str__(self) -> str:
        """The stage's name."""
        return self.name
