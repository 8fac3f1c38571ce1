"""What a workspace has decided about its events as a whole: the plan's modes, how long events are kept."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from tenure.stream.enums_of_governance import PlanMode
from tenure.workspace.models.base import Scoped

MOST_MONTHS = 240


class Governance(Scoped):
    """One row a workspace. plan_revision grows with every change of the plan. names_left_out: events whose names the catalogue had no room for."""

    plan_mode = models.TextField(
        _("Events that break the plan"), choices=PlanMode.choices, default=PlanMode.WATCH, db_collation="C"
    )
    unplanned_mode = models.TextField(
        _("Events that are not in the plan"), choices=PlanMode.choices, default=PlanMode.WATCH, db_collation="C"
    )
    plan_revision = models.BigIntegerField(default=0)
    kept_months = models.IntegerField(_("Months that events are kept"), null=True, blank=True)
    names_left_out = models.BigIntegerField(default=0)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["workspace"], name="governance_unique"),
            models.CheckConstraint(
                condition=models.Q(plan_mode__in=PlanMode.values) & models.Q(unplanned_mode__in=PlanMode.values),
                name="governance_modes",
            ),
            models.CheckConstraint(
                condition=models.Q(kept_months__isnull=True) | models.Q(kept_months__gte=1, kept_months__lte=MOST_MONTHS),
                name="governance_kept_months",
            ),
        ]

    def __str__(self) -> str:
        """What it is."""
        return "Governance"
