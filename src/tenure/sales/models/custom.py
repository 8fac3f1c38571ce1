"""Where custom fields of opportunities are kept."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from tenure.workspace.models.slots import Slots, slot_indexes


class OpportunitySlots(Slots):
    """Custom values of one opportunity."""

    row = models.OneToOneField("sales.Opportunity", on_delete=models.CASCADE, primary_key=True, related_name="slots")

    class Meta:
        indexes: ClassVar = slot_indexes("opportunity_slots")

    def __str__(self) -> str:
        """Whose values."""
        return str(self.row_id)
