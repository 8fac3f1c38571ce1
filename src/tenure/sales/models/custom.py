"""Where custom fields are kept: of deals and of what they are made of. Slots of what there is little of have no indexes."""

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


class PipelineStageSlots(Slots):
    """Custom values of one stage of the pipeline."""

    row = models.OneToOneField("sales.PipelineStage", on_delete=models.CASCADE, primary_key=True, related_name="slots")

    def __str__(self) -> str:
        """Whose values."""
        return str(self.row_id)


class SalesAgentSlots(Slots):
    """Custom values of one sales agent."""

    row = models.OneToOneField("sales.SalesAgent", on_delete=models.CASCADE, primary_key=True, related_name="slots")

    def __str__(self) -> str:
        """Whose values."""
        return str(self.row_id)


class SalesProductSlots(Slots):
    """Custom values of one product."""

    row = models.OneToOneField("sales.SalesProduct", on_delete=models.CASCADE, primary_key=True, related_name="slots")

    def __str__(self) -> str:
        """Whose values."""
        return str(self.row_id)
