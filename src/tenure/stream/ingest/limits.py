"""What one request and one call may hold. Rule: spec/standards.md, "Segment tracking API"; larger than Segment's where that costs nothing."""

from __future__ import annotations

BODY_BYTES = 5 * 1024 * 1024
CALL_BYTES = 32 * 1024
CALLS = 10_000
NAME_CHARACTERS = 256
ID_CHARACTERS = 512
# A call may be as old as a back-fill of a company's history, and as new as a clock that runs a day ahead.
OLDEST_YEAR = 2000
FUTURE_MICROSECONDS = 24 * 3600 * 1_000_000
KEPT_BODY_BYTES = 64 * 1024
