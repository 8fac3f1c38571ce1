"""The ledger of MRR movements under the workspace's headline definition: why MRR changed, item by item. Append-only.

Rule: billing/README.md, "Facts and movements".
"""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from tenure.billing.enums import MovementKind
from tenure.kernel.money import Money
from tenure.kernel.rounding import half_up_integer, ratio
from tenure.workspace.models.base import Scoped, ScopedManager, ScopedQuerySet

STANDING = Q(voided_at__isnull=True)


class StandingManager(ScopedManager):
    """Movements that count now."""

    def get_queryset(self) -> ScopedQuerySet:
        """Movements of the scope that no later knowledge has voided."""
        return super().get_queryset().filter(STANDING)


class MrrMovement(Scoped):
    """One change of MRR: `micros` per month (signed, millionths of a minor unit of `currency`) from effective_at on.

    parent_id: the billing parent at which "new" and "churn" were judged. rate: as on the item's fact; reporting_micros: micros at that
    rate, in the reporting currency, null where none was known. What was known at T: recorded_at <= T, and not voided by T.
    """

    fence_account = "account_id"
    owner_path = "account__owner_id"

    # No constraints: movements are computed from rows that have theirs, and a hundred thousand checks a second are the price of each.
    account = models.ForeignKey(
        "directory.Account",
        verbose_name=_("Account"),
        on_delete=models.PROTECT,
        related_name="+",
        db_index=False,
        db_constraint=False,
    )
    parent_id = models.UUIDField()
    subscription = models.ForeignKey(
        "billing.Subscription", on_delete=models.PROTECT, related_name="+", db_index=False, db_constraint=False
    )
    item = models.ForeignKey(
        "billing.SubscriptionItem", on_delete=models.PROTECT, related_name="+", db_index=False, db_constraint=False
    )
    kind = models.TextField(_("Kind"), choices=MovementKind, db_collation="C")
    micros = models.BigIntegerField()
    currency = models.TextField(db_collation="C")
    rate = models.DecimalField(max_digits=38, decimal_places=12, null=True)
    reporting_micros = models.BigIntegerField(null=True)
    effective_at = models.DateTimeField(_("Effective"))
    effective_on = models.DateField(_("Effective on"))
    recorded_at = models.DateTimeField(_("Recorded"))
    voided_at = models.DateTimeField(null=True)
    reason = models.TextField(_("Reason"), blank=True, default="", db_collation="C")

    objects: ClassVar[ScopedManager] = StandingManager()
    everything: ClassVar[ScopedManager] = ScopedManager()

    class Meta:
        constraints: ClassVar = [models.CheckConstraint(condition=Q(kind__in=MovementKind.values), name="mrr_movement_kind")]
        indexes: ClassVar = [
            models.Index(
                fields=["workspace", "effective_on", "id"],
                include=["kind", "reporting_micros", "account", "parent_id"],
                name="mrr_movement_day",
                condition=STANDING,
            ),
            models.Index(fields=["workspace", "kind", "effective_on"], name="mrr_movement_kind_day", condition=STANDING),
            models.Index(fields=["workspace", "account", "effective_on"], name="mrr_movement_account", condition=STANDING),
            models.Index(fields=["workspace", "subscription"], name="mrr_movement_subscription", condition=STANDING),
        ]

    def __str__(self) -> str:
        """The kind and the day."""
        return f"{self.get_kind_display()} {self.effective_on}"

    # As the reader writes it, once a page is to show it.
    shown: str = ""

    @property
    def monthly(self) -> Money:
        """The amount per month in its own currency, rounded for display."""
        return Money(half_up_integer(ratio(self.micros, 1_000_000) or 0), self.currency)
