"""chDB opened on one folder: statements run side by side, each on a session of its own from a small pool.

One engine per process, no second opener, no fork: whoever imports this module is `tenure store`.
"""

import os
import queue
import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from chdb.session import Session

DATABASE = "tenure"
SESSIONS = 6
# The memory that one statement may take, as a part of the machine's.
MEMORY_PART = 4
# How many merges and changes of parts may wait side by side, a ClickHouse server's number. chDB's own is 2, with which a change, that goes
# through every part of a table, waits some tenth of a second for each.
_BACKGROUND = "background_pool_size=16"
_CODE = re.compile(r"Code: (\d+)")
_INTO = re.compile(r"INSERT\s+INTO\s+(?:TABLE\s+)?([\w.`]+)\s*\((.*)\)", re.IGNORECASE | re.DOTALL)
# Formats that name their columns; how these are read as they are, without guessing.
_NAMED = frozenset({"Arrow", "ArrowStream", "Parquet", "Native"})
_AS_IT_IS = {"schema_inference_make_columns_nullable": "0"}
_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")


class StatementFailed(Exception):
    """The engine refused a statement. code: ClickHouse's number of the error, 0 where it gave none."""

    def __init__(self, message: str) -> None:
        super().__init__(message)
        found = _CODE.search(message)
        self.code = int(found[1]) if found else 0


class Engine:
    """The open store. Every method may be called from any thread; at most SESSIONS statements run at once."""

    def __init__(self, folder: Path, *, memory: int) -> None:
        """folder: the store's own; made where it is missing. memory: the machine's, in bytes."""
        self._first = Session(f"{folder}?{_BACKGROUND}")
        self._first.query(f"CREATE DATABASE IF NOT EXISTS {DATABASE}")
        self._free: queue.SimpleQueue[Session] = queue.SimpleQueue()
        self._all = [self._first, *(Session(f"{folder}?{_BACKGROUND}") for _ in range(SESSIONS - 1))]
        for session in self._all:
            session.query(f"USE {DATABASE}")
            session.query(f"SET max_memory_usage = {memory // MEMORY_PART}")
            self._free.put(session)

    def query(
        self, sql: str, output: str, *, parameters: Mapping[str, str] | None = None, settings: Mapping[str, str] | None = None
    ) -> bytes:
        """Run a statement and return its whole result in the format `output`.

        parameters: values of `{name:Type}` as text. settings: ClickHouse's, for this statement alone. Raises StatementFailed.
        """
        with self._session(settings or {}) as session:
            return bytes(_told(lambda: session.query(sql, output, params=dict(parameters) if parameters else None)).bytes())

    def insert(self, sql: str, input_format: str, content: bytes, *, settings: Mapping[str, str] | None = None) -> None:
        """Run `INSERT INTO table (columns)` over rows in `input_format`, all there when it returns. Raises StatementFailed.

        chDB's own way in for bytes says that all is well where the disk is full; a SELECT from a file in memory raises what any statement would.
        """
        found = _INTO.fullmatch(sql.strip())
        if not found:
            raise StatementFailed(f"Code: 62. DB::Exception: Name the columns: INSERT INTO table (columns). Found: {sql[:200]}")
        table, columns = found[1], found[2].strip()
        with self._session({**_AS_IT_IS, **(settings or {})}) as session, _in_memory(content) as path:
            structure = "" if input_format in _NAMED else f", {_quoted(self._structure(session, table, columns))}"
            rows = f"SELECT {columns} FROM file({_quoted(path)}, {_setting(input_format)}{structure})"  # noqa: S608 - of the statement that was asked for
            _told(lambda: session.query(f"INSERT INTO {table} ({columns}) {rows}", "Null"))

    def _structure(self, session: Session, table: str, columns: str) -> str:
        """The columns with their types, for formats that name neither."""
        described = _told(lambda: session.query(f"DESCRIBE (SELECT {columns} FROM {table})", "TSVRaw"))  # noqa: S608 - the same
        lines = bytes(described.bytes()).decode().splitlines()
        return ", ".join(" ".join((f"`{name}`", kind)) for name, kind, *_ in (line.split("\t") for line in lines))

    def close(self) -> None:
        """Let go of the folder, when nothing runs any more."""
        for session in self._all:
            session.close()

    @contextmanager
    def _session(self, settings: Mapping[str, str]) -> Iterator[Session]:
        session = self._free.get()
        try:
            for name, value in settings.items():
                _told(lambda n=name, v=value: session.query(f"SET {_setting(n)} = {_quoted(v)}"))  # type: ignore[misc]
            yield session
        finally:
            for name in settings:
                session.query(f"SET {_setting(name)} = DEFAULT")
            self._free.put(session)


@contextmanager
def _in_memory(content: bytes) -> Iterator[str]:
    """The path of a file that is in memory only, for a block."""
    handle = os.memfd_create("rows")
    try:
        with os.fdopen(os.dup(handle), "wb") as output:
            output.write(content)
        yield f"/proc/self/fd/{handle}"
    finally:
        os.close(handle)


def _told(run: Callable[[], Any]) -> Any:  # noqa: ANN401 - whatever the engine answers
    try:
        return run()
    except Exception as failed:
        raise StatementFailed(str(failed)) from failed


def _setting(name: str) -> str:
    if not _NAME.fullmatch(name):
        raise StatementFailed(f"Code: 115. DB::Exception: Unknown setting {name!r}.")
    return name


def _quoted(value: str) -> str:
    return "'" + value.replace("\\", "\\\\").replace("'", "\\'") + "'"
