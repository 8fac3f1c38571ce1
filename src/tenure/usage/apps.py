"""The usage room: what of the product is used, by whom, how much."""

from __future__ import annotations

from django.apps import AppConfig


class UsageConfig(AppConfig):
    """Room on floor 6."""

    name = "tenure.usage"
    label = "usage"
    verbose_name = "Usage"

    def ready(self) -> None:
        """Register what the room brings."""
        from tenure.usage.registering import register_room  # noqa: PLC0415 - models are not loaded before ready()

        register_room()
