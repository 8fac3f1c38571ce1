"""The stream room: product events in, and the outbox out to its consumers."""

from __future__ import annotations

from django.apps import AppConfig


class StreamConfig(AppConfig):
    """Room on floor 3."""

    name = "tenure.stream"
    label = "stream"
    verbose_name = "Stream"

    def ready(self) -> None:
        """Register what the room brings."""
        from tenure.stream.registering import register_room  # noqa: PLC0415 - models are not loaded before ready()

        register_room()
