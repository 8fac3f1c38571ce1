"""Where the writer is: its position in the stream and in the store's own order, kept in the store.

A stream that was made anew counts from one again; the store's order goes on from where it was, so that readers never meet a number twice.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC
from typing import TYPE_CHECKING

import pyarrow as pa

if TYPE_CHECKING:
    from datetime import datetime

    from tenure.stream.store.client import Store

READER = "writer"
_LAST = "SELECT stream, stream_seq, seq FROM positions WHERE reader = {reader:String} ORDER BY seq DESC LIMIT 1"


@dataclass(frozen=True, slots=True)
class Place:
    """stream: which stream, by its identity. stream_seq: the last message written. seq: its number in the store's order."""

    stream: str
    stream_seq: int
    seq: int

    def number(self, stream_seq: int) -> int:
        """The store's number of a message of the same stream."""
        return self.seq - self.stream_seq + stream_seq

    def moved_to(self, stream_seq: int) -> Place:
        """The place after that message."""
        return Place(self.stream, stream_seq, self.number(stream_seq))


def read_place(store: Store) -> Place | None:
    """The place that was written last, or None in a new store."""
    rows = store.rows(_LAST, reader=READER)
    return Place(str(rows[0][0]), int(rows[0][1]), int(rows[0][2])) if rows else None


def write_place(store: Store, place: Place, at: datetime) -> None:
    """Write a place down, on disk when it returns."""
    store.insert(
        "positions",
        pa.table(
            {
                "reader": [READER],
                "seq": pa.array([place.seq], pa.uint64()),
                "stream": [place.stream],
                "stream_seq": pa.array([place.stream_seq], pa.uint64()),
                "at": pa.array([at.astimezone(UTC)], pa.timestamp("us", "UTC")),
            }
        ),
    )
