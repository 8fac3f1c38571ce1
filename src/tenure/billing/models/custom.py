"""Where custom fields are kept: of subscriptions, their items and reported churn. Slots that no list filters have no indexes."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from tenure.workspace.models.slots import Slots, slot_indexes


class ReportedChurnSlots(Slots):
    """Custom values of one report of churn."""

    row = models.OneToOneField("billing.ReportedChurn", on_delete=models.CASCADE, primary_key=True, related_name="slots")

    class Meta:
        indexes: ClassVar = slot_indexes("churn_slots")

    def __str__(self) -> str:
        """Whose values."""
        return str(self.row_id)


class SubscriptionSlots(Slots):
    """Custom values of one subscription."""

    row = models.OneToOneField("billing.Subscription", on_delete=models.CASCADE, primary_key=True, related_name="slots")

    class Meta:
        indexes: ClassVar = slot_indexes("subscription_slots")

    def __str__(self) -> str:
        """Whose values."""
        return str(self.row_id)


class SubscriptionItemSlots(Slots):
    """Custom values of one subscription item."""

    row = models.OneToOneField("billing.SubscriptionItem", on_delete=models.CASCADE, primary_key=True, related_name="slots")

    def __str__(self) -> str:
        """Whose values."""
        return str(self.row_id)
