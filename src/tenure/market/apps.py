"""The market room: what brings prospects, and what it costs."""

from __future__ import annotations

from django.apps import AppConfig


class MarketConfig(AppConfig):
    """Room on floor 5."""

    name = "tenure.market"
    label = "market"
    verbose_name = "Market"

    def ready(self) -> None:
        """Register records, lists, projections, navigation and panels."""
        from tenure.market.registering import register_room  # noqa: PLC0415 - models are not loaded before ready()

        register_room()
