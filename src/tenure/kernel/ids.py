"""Identifiers that sort by the time they were made: UUID version 7 (RFC 9562, section 5.7)."""

from __future__ import annotations

import os
import threading
from datetime import UTC, datetime, timedelta
from uuid import UUID

from tenure.kernel import clock

_VERSION_AND_VARIANT = (7 << 76) | (2 << 62)
_RANDOM_MAX = (1 << 74) - 1
_LOW_BITS = (1 << 62) - 1
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_ONE_MILLISECOND = timedelta(milliseconds=1)


class _Sequence:
    """The last identifier of this process; within one millisecond it counts up (RFC 9562, section 6.2, method 2)."""

    def __init__(self) -> None:
        self.lock = threading.Lock()
        self.millisecond = -1
        self.random = 0

    def advance(self, millisecond: int) -> tuple[int, int]:
        """The next (millisecond, 74 bits), always above the previous even where the clock stands or goes back."""
        with self.lock:
            if millisecond > self.millisecond:
                self.millisecond, self.random = millisecond, _random_bits() >> 1
            elif self.random < _RANDOM_MAX:
                self.random += 1
            else:
                self.millisecond, self.random = self.millisecond + 1, _random_bits() >> 1
            return self.millisecond, self.random

    def restart(self) -> None:
        """Forget the last identifier and who held the lock: a forked process must not repeat its parent's."""
        self.lock, self.millisecond = threading.Lock(), -1


def _random_bits() -> int:
    return int.from_bytes(os.urandom(10)) & _RANDOM_MAX


_sequence = _Sequence()
os.register_at_fork(after_in_child=_sequence.restart)


def uuid7() -> UUID:
    """A new identifier, greater than every one this process has made before."""
    return _assembled(*_sequence.advance(clock.now_milliseconds()))


def uuid7_at(instant: datetime) -> UUID:
    """An identifier that sorts at `instant` (aware), for records that are loaded long after they happened.

    Two for the same millisecond are different but in no particular order.
    """
    return _assembled((instant - _EPOCH) // _ONE_MILLISECOND, _random_bits())


def _assembled(millisecond: int, random: int) -> UUID:
    """48 bits of time, then 12 and 62 random bits around version and variant."""
    return UUID(int=millisecond << 80 | _VERSION_AND_VARIANT | random >> 62 << 64 | random & _LOW_BITS)
