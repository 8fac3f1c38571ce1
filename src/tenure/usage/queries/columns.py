"""What the event store keeps besides the events themselves: columns of properties, and rollups of them."""

from __future__ import annotations

import time
import weakref
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tenure.stream.store.property_columns import list_columns
from tenure.stream.store.rollups import list_rollups

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tenure.stream.store.client import EventStore

# What is new is missed for as long: the text says the same, only slower.
KEPT_SECONDS = 30


@dataclass(frozen=True, slots=True)
class Kept:
    """columns: that of each property that has one. rollups: the columns that have one, None for the one that only counts."""

    columns: Mapping[str, str]
    rollups: frozenset[str | None]

    def rolls_up(self, column: str | None) -> bool:
        """Whether a column has a rollup; every rollup counts events."""
        return column in self.rollups if column else bool(self.rollups)


_known: weakref.WeakKeyDictionary[EventStore, tuple[float, Kept]] = weakref.WeakKeyDictionary()


def kept_in(store: EventStore) -> Kept:
    """What the store keeps."""
    known = _known.get(store)
    if known is not None and time.monotonic() - known[0] <= KEPT_SECONDS:
        return known[1]
    columns = {name.removeprefix("p_"): name for name in list_columns(store)}
    kept = Kept(columns, frozenset(list_rollups(store)))
    _known[store] = (time.monotonic(), kept)
    return kept
