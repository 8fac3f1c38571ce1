"""Which ids were written already: 64-bit keyed hashes in memory, asked for a whole block at once.

The window: ids of the last `keep_seconds`, at most `limit` of them, whichever ends first. Old ones go a generation at a time. The events
table is the truth; this is rebuilt from it. Rule: spec/ingest.md, "De-duplication at write time".
"""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

Hashes = NDArray[np.uint64]

GENERATIONS = 4
FIRST_SLOTS = 1 << 14
_FULL = 0.6
_EMPTY = np.uint64(0)
_STANDS_FOR_EMPTY = np.uint64(0x9E3779B97F4A7C15)


class KnownIds:
    """Hashes that were written, oldest generations first to go."""

    def __init__(self, limit: int, keep_seconds: float) -> None:
        """limit: ids at most, over all generations. keep_seconds: how long at least, unless the limit is reached."""
        self._generation_limit = max(1, limit // GENERATIONS)
        self._generation_seconds = keep_seconds / GENERATIONS
        self._generations: list[_Table] = []

    def __len__(self) -> int:
        """How many ids are known."""
        return sum(table.count for table in self._generations)

    @property
    def bytes_used(self) -> int:
        """Memory of the tables."""
        return sum(table.slots.nbytes for table in self._generations)

    def find(self, hashes: Hashes) -> NDArray[np.bool_]:
        """Which of the hashes are known; True too for the second of two that are alike in the block."""
        wanted = _without_zero(hashes)
        found = np.ones(len(wanted), dtype=bool)
        found[np.unique(wanted, return_index=True)[1]] = False
        for table in reversed(self._generations):
            found |= table.holds(wanted)
        return found

    def add(self, hashes: Hashes, at: float) -> None:
        """Know these from now on; none is known yet, all are different. at: the instant, seconds since 1970, never before the last one."""
        left = _without_zero(hashes)
        while len(left):
            table = self._current(at)
            room = self._generation_limit - table.count
            table.add(left[:room], at)
            left = left[room:]

    def rebuild(self, blocks: Iterable[tuple[Hashes, float]]) -> None:
        """Start anew from (hashes, instant) in order of time."""
        self._generations.clear()
        for hashes, at in blocks:
            fresh = np.unique(hashes)
            self.add(fresh[~self.find(fresh)], at)

    def _current(self, at: float) -> _Table:
        oldest = at - self._generation_seconds * GENERATIONS
        self._generations = [table for table in self._generations if table.last_at >= oldest]
        last = self._generations[-1] if self._generations else None
        if last is None or last.count >= self._generation_limit or at - last.first_at >= self._generation_seconds:
            last = _Table(at)
            self._generations.append(last)
            # One more than asked for, so that what is promised is kept while the newest fills.
            del self._generations[: -(GENERATIONS + 1)]
        return last


class _Table:
    """Open addressing with linear probing, doubled before it is full."""

    def __init__(self, at: float) -> None:
        self.slots: Hashes = np.zeros(FIRST_SLOTS, dtype=np.uint64)
        self.count = 0
        self.first_at = self.last_at = at

    def holds(self, hashes: Hashes) -> NDArray[np.bool_]:
        found = np.zeros(len(hashes), dtype=bool)
        left = np.arange(len(hashes))
        places = self._home(hashes)
        while len(left):
            seen = self.slots[places]
            wanted = hashes[left]
            found[left[seen == wanted]] = True
            going_on = (seen != wanted) & (seen != _EMPTY)
            left, places = left[going_on], self._after(places[going_on])
        return found

    def add(self, hashes: Hashes, at: float) -> None:
        while self.count + len(hashes) > len(self.slots) * _FULL:
            kept = self.slots[self.slots != _EMPTY]
            self.slots = np.zeros(len(self.slots) * 2, dtype=np.uint64)
            self._place(kept)
        self._place(hashes)
        self.count += len(hashes)
        self.last_at = at

    def _place(self, hashes: Hashes) -> None:
        places = self._home(hashes)
        while len(hashes):
            free = self.slots[places] == _EMPTY
            self.slots[places[free]] = hashes[free]
            # Of two that took one place, the last one wrote it; the other goes on.
            homeless = self.slots[places] != hashes
            hashes, places = hashes[homeless], self._after(places[homeless])

    def _home(self, hashes: Hashes) -> NDArray[np.int64]:
        return (hashes & np.uint64(len(self.slots) - 1)).astype(np.int64)

    def _after(self, places: NDArray[np.int64]) -> NDArray[np.int64]:
        return (places + 1) & (len(self.slots) - 1)


def _without_zero(hashes: Hashes) -> Hashes:
    """Zero marks an empty slot; the hash that is zero is written as another."""
    return np.where(hashes == _EMPTY, _STANDS_FOR_EMPTY, hashes)
