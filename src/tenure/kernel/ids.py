"""Identifiers that sort by the time they were made: UUID version 7 (RFC 9562, section 5.7)."""

from __future__ import annotations

import os
import threading
from datetime import UTC, datetime, timedelta
from uuid import UUID, SafeUUID

from tenure.kernel import clock

_VERSION_AND_VARIANT = (7 << 76) | (2 << 62)
_RANDOM_MAX = (1 << 74) - 1
_LOW_BITS = (1 << 62) - 1
_DRAWN_AT_ONCE = 64
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_ONE_MILLISECOND = timedelta(milliseconds=1)
# Held here: to look it up in its enum costs as much as all the rest of an identifier.
_UNKNOWN = SafeUUID.unknown


class _Sequence:
    """The last identifier of this process; within one millisecond it counts up (RFC 9562, section 6.2, method 2)."""

    def __init__(self) -> None:
        self.lock = threading.Lock()
        self.millisecond = -1
        self.random = 0
        self.pool: list[int] = []

    def advance(self, millisecond: int) -> tuple[int, int]:
        """The next (millisecond, 74 bits), always above the previous even where the clock stands or goes back."""
        with self.lock:
            if millisecond > self.millisecond:
                self.millisecond, self.random = millisecond, self._draw() >> 1
            elif self.random < _RANDOM_MAX:
                self.random += 1
            else:
                self.millisecond, self.random = self.millisecond + 1, self._draw() >> 1
            return self.millisecond, self.random

    def draw(self) -> int:
        """74 random bits. The operating system is asked for many at a time: a call to it costs more than an identifier."""
        with self.lock:
            return self._draw()

    def _draw(self) -> int:
        if not self.pool:
            drawn = os.urandom(_DRAWN_AT_ONCE * 10)
            self.pool = [int.from_bytes(drawn[at : at + 10]) & _RANDOM_MAX for at in range(0, len(drawn), 10)]
        return self.pool.pop()

    def restart(self) -> None:
        """Forget the last identifier, what was drawn and who held the lock: a forked process must not repeat its parent's."""
        self.lock, self.millisecond, self.pool = threading.Lock(), -1, []


_sequence = _Sequence()
os.register_at_fork(after_in_child=_sequence.restart)


def uuid7() -> UUID:
    """A new identifier, greater than every one this process has made before."""
    return _assembled(*_sequence.advance(clock.now_milliseconds()))


def uuid7_at(instant: datetime) -> UUID:
    """An identifier that sorts at `instant` (aware), for records that are loaded long after they happened.

    Two for the same millisecond are different but in no particular order.
    """
    return _assembled((instant - _EPOCH) // _ONE_MILLISECOND, _sequence.draw())


def _assembled(millisecond: int, random: int) -> UUID:
    """48 bits of time, then 12 and 62 random bits around version and variant."""
    made = UUID.__new__(UUID)
    # UUID's own construction parses and checks what is known to be right here, at four times the cost; its slots refuse plain assignment.
    object.__setattr__(made, "int", millisecond << 80 | _VERSION_AND_VARIANT | random >> 62 << 64 | random & _LOW_BITS)
    object.__setattr__(made, "is_safe", _UNKNOWN)
    return made
