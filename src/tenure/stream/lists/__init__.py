"""The stream room's lists."""

from __future__ import annotations

from tenure.stream.lists.corrections import CORRECTIONS
from tenure.stream.lists.event_names import EVENT_NAMES

__all__ = ["CORRECTIONS", "EVENT_NAMES"]
