"""The sales room: opportunities, the pipeline they move along, and who sells what."""

from __future__ import annotations

from django.apps import AppConfig


class SalesConfig(AppConfig):
    """Room on floor 6."""

    name = "tenure.sales"
    label = "sales"
    verbose_name = "Sales"

    def ready(self) -> None:
        """Register records, lists, projections, navigation and panels."""
        from tenure.sales.registering import register_room  # noqa: PLC0415 - models are not loaded before ready()

        register_room()
