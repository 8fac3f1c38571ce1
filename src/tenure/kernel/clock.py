"""The time. The only module that reads a clock; tests move it with time-machine."""

from __future__ import annotations

import time
from datetime import UTC, datetime


def now() -> datetime:
    """The present instant, aware, in UTC."""
    return datetime.now(UTC)


def now_milliseconds() -> int:
    """The present instant in whole milliseconds since 1970-01-01T00:00Z."""
    return time.time_ns() // 1_000_000


def monotonic() -> float:
    """Seconds of a clock that never goes back, for measuring durations only."""
    return time.monotonic()
