"""Quotas: how much of a meter an account may use in a period, and what was said when it came near."""

from __future__ import annotations

from decimal import Decimal
from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from tenure.usage.enums import QuotaPeriod
from tenure.usage.models.meter import Meter
from tenure.workspace.models.base import Scoped


class Quota(Scoped):
    """How much of a meter an account may use a period; without an account it is every account's that has none of its own.

    thresholds: per cent of the amount at which somebody is told, rising.
    """

    fence_account = "account_id"

    meter = models.ForeignKey(Meter, on_delete=models.PROTECT, related_name="+", db_index=False)
    account = models.ForeignKey(
        "directory.Account", on_delete=models.PROTECT, related_name="+", null=True, blank=True, db_index=False
    )
    amount = models.DecimalField(_("Amount"), max_digits=38, decimal_places=12)
    period = models.TextField(_("Period"), choices=QuotaPeriod, default=QuotaPeriod.MONTH, db_collation="C")
    thresholds = models.JSONField(_("Thresholds"), default=list)
    set_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["workspace", "meter", "account"], name="quota_one", nulls_distinct=False),
            models.CheckConstraint(condition=Q(period__in=QuotaPeriod.values), name="quota_period"),
            models.CheckConstraint(condition=Q(amount__gt=0), name="quota_amount"),
        ]
        indexes: ClassVar = [models.Index(fields=["workspace", "account"], name="quota_account")]

    def __str__(self) -> str:
        """How much of what."""
        return f"{self.amount} {self.meter_id}"

    def reached(self, used: Decimal) -> list[int]:
        """The thresholds that usage has come to."""
        return [percent for percent in self.thresholds if used * 100 >= self.amount * percent]


class QuotaAlert(Scoped):
    """That an account came to a threshold of a quota, once a period."""

    fence_account = "account_id"

    quota = models.ForeignKey(Quota, on_delete=models.CASCADE, related_name="+", db_index=False)
    account = models.ForeignKey("directory.Account", on_delete=models.PROTECT, related_name="+", db_index=False)
    period_started_at = models.DateTimeField()
    threshold = models.IntegerField()
    used = models.DecimalField(max_digits=38, decimal_places=12)
    raised_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["workspace", "quota", "account", "period_started_at", "threshold"], name="quota_alert_once"
            )
        ]
        indexes: ClassVar = [models.Index(fields=["workspace", "account", "raised_at"], name="quota_alert_account")]

    def __str__(self) -> str:
        """Which threshold."""
        return f"{self.threshold} %"
