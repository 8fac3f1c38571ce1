"""The one way to the event store: ClickHouse's HTTP interface, by the address in the settings.

A statement that reads or writes rows of workspaces names the workspace: one that does not is refused before it is sent.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Any, Protocol
from urllib.parse import unquote, urlsplit

import clickhouse_connect
from clickhouse_connect.driver.exceptions import ClickHouseError
from django.conf import settings

from tenure.kernel.errors import DomainError

if TYPE_CHECKING:
    import pyarrow as pa
    from clickhouse_connect.driver.client import Client

ANSWER_SECONDS = 30
CHANGE_SECONDS = 900
# Tables whose rows belong to a workspace, and the condition that fences them.
FENCED = re.compile(r"\b(?:FROM|JOIN|UPDATE|TABLE)\s+(events|sandbox_events|refusals|ties|deleted_ids)\b", re.IGNORECASE)
_WORKSPACE = re.compile(r"\bworkspace\s*=\s*\{workspace:UUID\}")


class StoreUnavailable(DomainError):
    """The event store does not answer, or not in time."""

    code = "event_store_unavailable"
    status = 503


class WorkspaceNotNamed(Exception):
    """A statement over workspaces' rows without `workspace = {workspace:UUID}`: a mistake in the code, never sent."""


class Store(Protocol):
    """What the writer needs of a store: over HTTP, or in the very process that owns the engine."""

    def rows(self, sql: str, /, **parameters: Any) -> list[tuple[Any, ...]]:  # noqa: ANN401 - a statement's own values
        """The rows of a query."""
        ...

    def columns(self, sql: str, /, **parameters: Any) -> pa.Table:  # noqa: ANN401 - a statement's own values
        """The rows of a query, by columns."""
        ...

    def command(self, sql: str, /, **parameters: Any) -> None:  # noqa: ANN401 - a statement's own values
        """Run a statement that answers nothing."""
        ...

    def insert(self, table: str, columns: pa.Table) -> None:
        """Insert rows, by columns named as the table's."""
        ...


class EventStore:
    """The store by its address: http://user:password@host:port/database."""

    def __init__(self, url: str) -> None:
        """Nothing is asked before the first statement."""
        self._url = url
        self._clients: dict[int, Client] = {}

    def rows(self, sql: str, /, **parameters: Any) -> list[tuple[Any, ...]]:  # noqa: ANN401 - a statement's own values
        """The rows of a query, its `{name:Type}` filled from parameters, as Python's values. Raises StoreUnavailable."""
        self._require_fence(sql, parameters)
        return list(self._told(lambda client: client.query(sql, parameters=parameters)).result_rows)

    def columns(self, sql: str, /, **parameters: Any) -> pa.Table:  # noqa: ANN401 - a statement's own values
        """The rows of a query, by columns. Raises StoreUnavailable."""
        self._require_fence(sql, parameters)
        return self._told(lambda client: client.query_arrow(sql, parameters=parameters))

    def command(self, sql: str, /, **parameters: Any) -> None:  # noqa: ANN401 - a statement's own values
        """Run a statement that answers nothing. Raises StoreUnavailable."""
        self._require_fence(sql, parameters)
        self._told(lambda client: client.command(sql, parameters=parameters))

    def change(self, sql: str, /, **parameters: Any) -> None:  # noqa: ANN401 - a statement's own values
        """Run an ALTER TABLE ... DELETE or UPDATE; every part of the table is changed when it returns. Raises StoreUnavailable."""
        self._require_fence(sql, parameters)
        whole = f"{sql} SETTINGS mutations_sync = 2"
        self._told(lambda client: client.command(whole, parameters=parameters), CHANGE_SECONDS)

    def insert(self, table: str, columns: pa.Table) -> None:
        """Insert rows by columns, on disk when it returns. Raises StoreUnavailable."""
        self._told(lambda client: client.insert_arrow(table, columns))

    def everywhere(self) -> UnfencedStore:
        """The same store for the writer and whoever runs Tenure, over all workspaces; no page and no endpoint asks it."""
        return UnfencedStore(self._url)

    def _require_fence(self, sql: str, parameters: dict[str, Any]) -> None:
        if FENCED.search(sql) and not ("workspace" in parameters and _WORKSPACE.search(sql)):
            raise WorkspaceNotNamed(sql)

    def _told(self, ask: Any, seconds: int = ANSWER_SECONDS) -> Any:  # noqa: ANN401 - whatever the client answers
        try:
            return ask(self._connected(seconds))
        except (ClickHouseError, OSError) as failed:
            if _is_unreachable(failed):
                raise StoreUnavailable from failed
            raise

    def _connected(self, seconds: int) -> Client:
        if seconds not in self._clients:
            parts = urlsplit(self._url)
            self._clients[seconds] = clickhouse_connect.get_client(
                host=parts.hostname or "",
                port=parts.port or (8443 if parts.scheme == "https" else 8123),
                username=unquote(parts.username or "default"),
                password=unquote(parts.password or ""),
                database=parts.path.strip("/") or "default",
                secure=parts.scheme == "https",
                compress=False,
                autogenerate_session_id=False,
                send_receive_timeout=seconds,
            )
        return self._clients[seconds]


class UnfencedStore(EventStore):
    """Every workspace's rows at once."""

    def _require_fence(self, sql: str, parameters: dict[str, Any]) -> None:
        pass


@cache
def _store_of(url: str) -> EventStore:
    return EventStore(url)


def event_store() -> EventStore:
    """The store of this installation."""
    return _store_of(settings.CLICKHOUSE_URL)


def _is_unreachable(failed: BaseException) -> bool:
    """Whether nobody answered, rather than that the store answered with an error."""
    return not re.search(r"\bCode: \d+", str(failed), re.IGNORECASE)
