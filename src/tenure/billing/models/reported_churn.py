"""Churn as somebody reported it: kept beside what subscriptions say, and never counted as a movement."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from tenure.directory.models.living import LIVING, living_index
from tenure.kernel.money import Money
from tenure.workspace.models.base import Record


class ReportedChurn(Record):
    """Somebody says that an account left on a day, and why."""

    fence_account = "account_id"
    owner_path = "account__owner_id"

    account = models.ForeignKey(
        "directory.Account", verbose_name=_("Account"), on_delete=models.PROTECT, related_name="+", db_index=False
    )
    churned_on = models.DateField(_("Left on"))
    reason = models.TextField(_("Reason"), blank=True, default="", db_collation="C")
    refund_minor = models.BigIntegerField(_("Refund"), null=True, blank=True)
    currency = models.TextField(_("Currency"), blank=True, default="", db_collation="C")
    comment = models.TextField(_("Comment"), blank=True, default="")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["workspace", "external_id"], name="reported_churn_external_id", condition=LIVING & ~Q(external_id="")
            ),
        ]
        indexes: ClassVar = [
            living_index("reported_churn_id", "id"),
            living_index("reported_churn_updated", "updated_at", "id"),
            living_index("reported_churn_day", "churned_on", "id"),
            living_index("reported_churn_account", "account", "churned_on"),
            living_index("reported_churn_reason", "reason", "id"),
        ]

    def __str__(self) -> str:
        """The day."""
        return f"{self.churned_on:%Y-%m-%d}"

    @property
    def refund(self) -> Money | None:
        """What was paid back."""
        return None if self.refund_minor is None else Money(self.refund_minor, self.currency)
