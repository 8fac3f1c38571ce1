"""The ledger of item values: what each item is worth from one instant to another, and since when that is known. Append-only.

Rule: billing/README.md, "Facts and movements"; domain/item_values.py says how facts that lie over one another are read.
"""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from tenure.billing.enums import ChargeKind, DiscountKind, Rhythm, ValueState
from tenure.workspace.models.base import Scoped

STANDING = Q(superseded_at__isnull=True)


class ItemFact(Scoped):
    """One item value. `superseded_at` marks a fact that later ones have replaced whole; those that stand never overlap.

    What was known at T: recorded_at <= T, and not superseded by T. rate: the locked one, minor units of the reporting currency per
    minor unit of `currency`; null where none was known. micros: per month, millionths of a minor unit, as the headline definition counts it.
    """

    fence_account = "account_id"

    # No constraints: facts are computed from rows that have theirs.
    account = models.ForeignKey(
        "directory.Account", on_delete=models.PROTECT, related_name="+", db_index=False, db_constraint=False
    )
    subscription = models.ForeignKey(
        "billing.Subscription", on_delete=models.PROTECT, related_name="+", db_index=False, db_constraint=False
    )
    item = models.ForeignKey(
        "billing.SubscriptionItem", on_delete=models.PROTECT, related_name="+", db_index=False, db_constraint=False
    )
    state = models.TextField(choices=ValueState, db_collation="C")
    list_minor = models.BigIntegerField()
    net_minor = models.BigIntegerField()
    micros = models.BigIntegerField()
    currency = models.TextField(db_collation="C")
    rate = models.DecimalField(max_digits=38, decimal_places=12, null=True)
    interval = models.TextField(choices=Rhythm, db_collation="C")
    interval_count = models.SmallIntegerField(default=1)
    charge = models.TextField(choices=ChargeKind, db_collation="C")
    discount = models.TextField(choices=DiscountKind, blank=True, default="", db_collation="C")
    valid_from = models.DateTimeField()
    valid_to = models.DateTimeField(null=True)
    recorded_at = models.DateTimeField()
    superseded_at = models.DateTimeField(null=True)
    reason = models.TextField(blank=True, default="", db_collation="C")
    end_reason = models.TextField(blank=True, default="", db_collation="C")
    cancelled_at = models.DateTimeField(null=True)
    source = models.TextField(blank=True, default="", db_collation="C")

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(state__in=ValueState.values), name="item_fact_state"),
            models.CheckConstraint(condition=Q(valid_to__isnull=True) | Q(valid_to__gt=F("valid_from")), name="item_fact_period"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["workspace", "item"], name="item_fact_item"),
            models.Index(fields=["workspace", "account"], name="item_fact_account", condition=STANDING),
            models.Index(
                fields=["workspace", "valid_from"],
                include=["valid_to", "state", "charge", "currency", "micros", "account", "subscription"],
                name="item_fact_from",
                condition=STANDING,
            ),
        ]

    def __str__(self) -> str:
        """The state and from when."""
        return f"{self.state} {self.valid_from:%Y-%m-%d}"
