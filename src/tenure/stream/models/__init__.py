"""The stream room's tables in PostgreSQL."""

from __future__ import annotations

from tenure.stream.domain.spans import EVER
from tenure.stream.models.correction import Correction
from tenure.stream.models.event_name import EventName, EventProperty, PlanViolation
from tenure.stream.models.governance import Governance
from tenure.stream.models.position import ReaderPosition
from tenure.stream.models.refusal import RefusalMark, Replay
from tenure.stream.models.source import Source
from tenure.stream.models.tie import Tie

__all__ = [
    "EVER",
    "Correction",
    "EventName",
    "EventProperty",
    "Governance",
    "PlanViolation",
    "ReaderPosition",
    "RefusalMark",
    "Replay",
    "Source",
    "Tie",
]
