"""Instants as clients write them."""

from __future__ import annotations

from datetime import UTC, datetime


def read_instant(text: str) -> datetime | None:
    """An instant of ISO 8601, aware; without a zone it is UTC. None where it is none."""
    try:
        return as_utc(datetime.fromisoformat(text))
    except ValueError:
        return None


def as_utc(instant: datetime) -> datetime:
    """The instant, aware."""
    return instant if instant.tzinfo else instant.replace(tzinfo=UTC)
