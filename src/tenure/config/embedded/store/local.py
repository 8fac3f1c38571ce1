"""The store as the writer inside `tenure store` reaches it: the engine itself, without a way over the network."""

import io
from datetime import UTC, datetime
from typing import Any

import pyarrow as pa

from tenure.config.embedded.store.engine import Engine


class LocalStore:
    """The same three questions that tenure.stream.store.client answers over HTTP."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def rows(self, sql: str, /, **parameters: Any) -> list[tuple[Any, ...]]:  # noqa: ANN401 - a statement's own values
        """The rows of a query. Raises StatementFailed."""
        return [tuple(row.values()) for row in self.columns(sql, **parameters).to_pylist()]

    def columns(self, sql: str, /, **parameters: Any) -> pa.Table:  # noqa: ANN401 - a statement's own values
        """The rows of a query, by columns. Raises StatementFailed."""
        result = self._engine.query(sql, "ArrowStream", parameters={name: _as_text(value) for name, value in parameters.items()})
        return pa.ipc.open_stream(io.BytesIO(result)).read_all()

    def command(self, sql: str, /, **parameters: Any) -> None:  # noqa: ANN401 - a statement's own values
        """Run a statement that answers nothing. Raises StatementFailed."""
        self._engine.query(sql, "Null", parameters={name: _as_text(value) for name, value in parameters.items()})

    def insert(self, table: str, columns: pa.Table) -> None:
        """Insert rows by columns, on disk when it returns. Raises StatementFailed."""
        sink = io.BytesIO()
        with pa.ipc.new_stream(sink, columns.schema) as writer:
            writer.write_table(columns)
        self._engine.insert(f"INSERT INTO {table} ({', '.join(columns.column_names)})", "ArrowStream", sink.getvalue())


def _as_text(value: object) -> str:
    return f"{value.astimezone(UTC):%Y-%m-%d %H:%M:%S.%f}" if isinstance(value, datetime) else str(value)
