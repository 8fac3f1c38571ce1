"""Exchange rates as a central bank publishes them, and the gross margin of each month: what turns amounts into comparable ones."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from tenure.workspace.models.base import Scoped


class ExchangeRate(Scoped):
    """How many units of `currency` one euro bought on a day, as published. On days without a rate the last one before it holds."""

    fence_shared = True

    id = None  # type: ignore[assignment]
    pk = models.CompositePrimaryKey("workspace_id", "currency", "published_on")
    currency = models.TextField(_("Currency"), db_collation="C")
    published_on = models.DateField(_("Published on"))
    per_euro = models.DecimalField(_("Units per euro"), max_digits=38, decimal_places=12)

    class Meta:
        constraints: ClassVar = [models.CheckConstraint(condition=Q(per_euro__gt=0), name="exchange_rate_positive")]
        indexes: ClassVar = [models.Index(fields=["workspace", "-published_on"], name="exchange_rate_day")]

    def __str__(self) -> str:
        """The currency and the day."""
        return f"{self.currency} {self.published_on}"


class GrossMargin(Scoped):
    """The share of revenue that is left after the cost of delivering it, from a month on until another month says otherwise."""

    fence_shared = True

    month = models.DateField(_("Month"))
    percent = models.DecimalField(_("Gross margin in per cent"), max_digits=6, decimal_places=3)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["workspace", "month"], name="gross_margin_month"),
            models.CheckConstraint(condition=Q(percent__lte=100), name="gross_margin_at_most_all"),
            models.CheckConstraint(condition=Q(month__day=1), name="gross_margin_first_of_month"),
        ]

    def __str__(self) -> str:
        """The month and its margin."""
        return f"{self.month:%Y-%m} {self.percent} %"
