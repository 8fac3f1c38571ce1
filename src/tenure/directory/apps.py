"""The directory room: who the customers are."""

from __future__ import annotations

from django.apps import AppConfig


class DirectoryConfig(AppConfig):
    """Room on floor 4."""

    name = "tenure.directory"
    label = "directory"
    verbose_name = "Directory"

    def ready(self) -> None:
        """Register records, lists, projections, panels and navigation."""
        from tenure.directory.registration import register_room  # noqa: PLC0415 - models are not loaded before ready()

        register_room()
