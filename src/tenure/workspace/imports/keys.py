"""Keys of the files under way, in a temporary table of the database: which rows stand twice, and which records a file will bring.

Memory stays flat however large the files are. The table lives as long as the connection, or until the block ends.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from itertools import islice

from django.db import connection

from tenure.workspace.imports.plan import Duplicates

_BATCH = 20_000
_KEEPS = {
    Duplicates.LAST: "row < last_row",
    Duplicates.FIRST: "row > first_row",
    Duplicates.SKIP: "first_row < last_row",
}


class RowSet:
    """Row numbers of one file, a bit each."""

    def __init__(self) -> None:
        self._bits = bytearray()
        self.count = 0

    def add(self, row: int) -> None:
        """Put a row number in."""
        place = row >> 3
        if place >= len(self._bits):
            self._bits.extend(bytes(place + 1024 - len(self._bits)))
        self._bits[place] |= 1 << (row & 7)
        self.count += 1

    def __iter__(self) -> Iterator[int]:
        """The row numbers, rising."""
        for place, byte in enumerate(self._bits):
            if byte:
                yield from (place << 3 | bit for bit in range(8) if byte & (1 << bit))

    def __contains__(self, row: int) -> bool:
        place = row >> 3
        return place < len(self._bits) and bool(self._bits[place] & (1 << (row & 7)))


class KeyTable:
    """(file, field, key, row) of every key read so far."""

    def add(self, file: int, field: str, keys: Iterable[tuple[int, str]]) -> None:
        """Keep (row, key) pairs of one field of one file."""
        pairs = iter(keys)
        while batch := list(islice(pairs, _BATCH)):
            with connection.cursor() as cursor, cursor.copy("COPY tenure_import_keys (file, field, row, key) FROM STDIN") as copy:
                for row, key in batch:
                    copy.write_row((file, field, row, key))

    def index(self) -> None:
        """Make look-ups fast, once all keys are there."""
        with connection.cursor() as cursor:
            cursor.execute("CREATE INDEX IF NOT EXISTS tenure_import_keys_key ON tenure_import_keys (field, key)")
            cursor.execute("ANALYZE tenure_import_keys")

    def repeated(self, file: int, field: str, duplicates: Duplicates) -> RowSet:
        """The rows of a file that do not count, because another row with their key does."""
        rows = RowSet()
        with connection.cursor() as cursor:
            cursor.execute(
                f"""SELECT row FROM (
                  SELECT row, min(row) OVER same AS first_row, max(row) OVER same AS last_row
                  FROM tenure_import_keys WHERE file = %s AND field = %s WINDOW same AS (PARTITION BY key)
                ) AS keys WHERE {_KEEPS[duplicates]}""",  # noqa: S608
                [file, field],
            )
            while found := cursor.fetchmany(_BATCH):
                for (row,) in found:
                    rows.add(row)
        return rows

    def rows_of(self, file: int, field: str, keys: Iterable[str]) -> dict[str, int]:
        """Those of `keys` that the file brings in that field, with the last row of each."""
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT key, max(row) FROM tenure_import_keys WHERE field = %s AND key = ANY(%s) AND file = %s GROUP BY key",
                [field, list(keys), file],
            )
            return dict(cursor.fetchall())

    def holds(self, files: Iterable[int], field: str, keys: Iterable[str]) -> set[str]:
        """Those of `keys` that one of the files brings in that field."""
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT DISTINCT key FROM tenure_import_keys WHERE field = %s AND key = ANY(%s) AND file = ANY(%s)",
                [field, list(keys), list(files)],
            )
            return {key for (key,) in cursor.fetchall()}


@contextmanager
def key_table() -> Iterator[KeyTable]:
    """An empty table of keys for this connection."""
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE IF EXISTS pg_temp.tenure_import_keys")
        cursor.execute(
            'CREATE TEMPORARY TABLE tenure_import_keys (file int, field text COLLATE "C", row int, key text COLLATE "C")'
        )
    try:
        yield KeyTable()
    finally:
        if connection.is_usable():
            with connection.cursor() as cursor:
                cursor.execute("DROP TABLE IF EXISTS pg_temp.tenure_import_keys")
