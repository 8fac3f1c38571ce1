"""The billing room: what customers pay for, and every revenue number that follows from it."""

from __future__ import annotations

from django.apps import AppConfig


class BillingConfig(AppConfig):
    """Room on floor 7."""

    name = "tenure.billing"
    label = "billing"
    verbose_name = "Billing"

    def ready(self) -> None:
        """Register records, lists, projections, panels and navigation."""
        from tenure.billing.registration import register_room  # noqa: PLC0415 - models are not loaded before ready()

        register_room()
