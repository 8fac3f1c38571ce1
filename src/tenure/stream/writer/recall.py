"""What the store says was written already, when the writer starts."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import numpy as np

from tenure.kernel import clock

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tenure.stream.store.client import Store
    from tenure.stream.writer.known_ids import Hashes, KnownIds

WINDOW_IDS = 5_000_000
# deleted_ids: of events that corrections took away; they stay known, so that sending them again does not bring them back.
TABLES = ("events", "sandbox_events", "deleted_ids")
_MINUTES = """
SELECT minute, sum(ids) FROM (
    SELECT toDateTime64(toStartOfMinute(received_at), 6, 'UTC') AS minute, count() AS ids FROM events WHERE received_at >= {start:DateTime64(6, 'UTC')} GROUP BY minute
    UNION ALL
    SELECT toDateTime64(toStartOfMinute(received_at), 6, 'UTC') AS minute, count() AS ids FROM sandbox_events WHERE received_at >= {start:DateTime64(6, 'UTC')} GROUP BY minute
    UNION ALL
    SELECT toDateTime64(toStartOfMinute(received_at), 6, 'UTC') AS minute, count() AS ids FROM deleted_ids WHERE received_at >= {start:DateTime64(6, 'UTC')} GROUP BY minute
) GROUP BY minute ORDER BY minute DESC"""
_HASHES = """
SELECT id_hash FROM {table} WHERE received_at >= {{start:DateTime64(6, 'UTC')}} AND received_at < {{end:DateTime64(6, 'UTC')}}"""


def recall(store: Store, known: KnownIds, keep_seconds: float, limit: int) -> None:
    """Fill the known ids from the tables: those of the last keep_seconds, at most `limit` and a window more, so that memory stays bounded."""
    minutes = store.rows(_MINUTES, start=clock.now() - timedelta(seconds=keep_seconds))
    known.rebuild(_read_windows(store, _windows(minutes, limit)))


def refusals_written_to(store: Store, last: int) -> int:
    """The store's number up to where refusals are written: a restart does not write them again. last: the number of the stream's last message."""
    return int(store.rows("SELECT max(seq) FROM refusals WHERE seq <= {last:UInt64}", last=last)[0][0])


def _windows(minutes: list[tuple[datetime, int]], limit: int) -> list[tuple[datetime, datetime]]:
    """Stretches of time of at most WINDOW_IDS each (or one minute), oldest first, that hold the newest `limit` ids. minutes: newest first."""
    windows: list[tuple[datetime, datetime]] = []
    total, end, held = 0, None, 0
    for minute, ids in minutes:
        start = minute.replace(tzinfo=UTC)
        end = end or start + timedelta(minutes=1)
        total, held = total + ids, held + ids
        if held >= WINDOW_IDS or total >= limit:
            windows.append((start, end))
            end, held = None, 0
        if total >= limit:
            break
    if end is not None:
        windows.append((minutes[-1][0].replace(tzinfo=UTC), end))
    return windows[::-1]


def _read_windows(store: Store, windows: list[tuple[datetime, datetime]]) -> Iterator[tuple[Hashes, float]]:
    now = clock.now()
    for start, end in windows:
        for table in TABLES:
            columns = store.columns(_HASHES.format(table=table), start=start, end=end)
            hashes: Hashes = columns["id_hash"].to_numpy().astype(np.uint64)
            yield hashes, min(start, now).timestamp()
