"""Costs of winning customers that no channel bears: salaries, tools, agencies."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from tenure.directory.models.living import LIVING, living_index
from tenure.market.enums import CostKind
from tenure.workspace.models.base import Record


class OtherCost(Record):
    """One cost on one day. Together with the channels' costs it makes the acquisition cost fully loaded."""

    on = models.DateField(_("Day"))
    kind = models.TextField(_("Kind"), choices=CostKind, default=CostKind.OTHER, db_collation="C")
    name = models.TextField(_("What for"), blank=True, default="")
    amount_minor = models.BigIntegerField(_("Amount"))
    currency = models.TextField(_("Currency"), db_collation="C", max_length=3)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["workspace", "external_id"], name="other_cost_external_id", condition=LIVING & ~Q(external_id="")
            ),
            models.CheckConstraint(condition=Q(kind__in=CostKind.values), name="other_cost_kind"),
            models.CheckConstraint(condition=Q(amount_minor__gte=0), name="other_cost_amount"),
        ]
        indexes: ClassVar = [
            living_index("other_cost_id", "id"),
            living_index("other_cost_on", "on", "id"),
            living_index("other_cost_amount", "amount_minor", "id"),
            living_index("other_cost_kind_on", "kind", "on"),
        ]

    def __str__(self) -> str:
        """What for, or of which kind."""
        return self.name or str(self.get_kind_display())
