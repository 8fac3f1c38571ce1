"""Where custom fields are kept: of leads, channels and costs. Slots of what there is little of have no indexes."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from tenure.workspace.models.slots import Slots, slot_indexes


class LeadSlots(Slots):
    """Custom values of one lead."""

    row = models.OneToOneField("market.Lead", on_delete=models.CASCADE, primary_key=True, related_name="slots")

    class Meta:
        indexes: ClassVar = slot_indexes("lead_slots")

    def __str__(self) -> str:
        """Whose values."""
        return str(self.row_id)


class ChannelSlots(Slots):
    """Custom values of one channel."""

    row = models.OneToOneField("market.Channel", on_delete=models.CASCADE, primary_key=True, related_name="slots")

    def __str__(self) -> str:
        """Whose values."""
        return str(self.row_id)


class ChannelDaySlots(Slots):
    """Custom values of one channel's day."""

    row = models.OneToOneField("market.ChannelDay", on_delete=models.CASCADE, primary_key=True, related_name="slots")

    def __str__(self) -> str:
        """Whose values."""
        return str(self.row_id)


class OtherCostSlots(Slots):
    """Custom values of one other cost."""

    row = models.OneToOneField("market.OtherCost", on_delete=models.CASCADE, primary_key=True, related_name="slots")

    def __str__(self) -> str:
        """Whose values."""
        return str(self.row_id)
