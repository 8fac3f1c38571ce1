"""Columns of their own for the properties that meters use: exact decimals, filled by the store itself from the text of each event.

Old events are read through the same expression, so a column is complete at once; new events carry it on disk. There are at most
MOST columns, shared by all workspaces; a property beyond them is read out of the text (`decimal_of`), slower and just as exact.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from django.conf import settings

from tenure.stream.store.client import event_store
from tenure.stream.store.migrate import with_engines

if TYPE_CHECKING:
    from tenure.stream.store.client import EventStore

MOST = 200
TABLES = ("events", "sandbox_events")
DECIMAL = "Nullable(Decimal(38, 12))"
NUMBER = r"^[+-]?([0-9]+[.]?[0-9]*|[.][0-9]+)([eE][+-]?[0-9]{1,3})?$"
_PLAIN = re.compile(r"[A-Za-z_][A-Za-z0-9_]{0,62}")
_COLUMNS = "SELECT name FROM system.columns WHERE database = currentDatabase() AND table = 'events' AND startsWith(name, 'p_')"


def decimal_of(property_sql: str) -> str:
    """SQL for a property of an event as an exact decimal, NULL where it is no number. property_sql: its name, quoted or a parameter.

    The parser reads a number of more than 17 digits as a double, so what stands in the text is taken where it is that same double.
    Only what is written like a number is one: the conversion alone takes `-` and `e5` for nought.
    """
    text = f"JSONExtractString(properties, {property_sql})"
    near = f"simpleJSONExtractRaw(properties, {property_sql})"
    exact = f"if(toFloat64OrNull({near}) = toFloat64OrNull({text}), {near}, {text})"
    return f"if(match({exact}, '{NUMBER}'), toDecimal128OrNull({exact}, 12), NULL)"


def column_of(name: str) -> str | None:
    """The column that a property would have, None for one whose name cannot be a column's: those stay in the text."""
    return f"p_{name}" if _PLAIN.fullmatch(name) else None


def list_columns(store: EventStore | None = None) -> set[str]:
    """The columns that exist."""
    return {str(name) for (name,) in (store or event_store()).rows(_COLUMNS)}


def ensure_column(name: str, store: EventStore | None = None) -> str | None:
    """Give a property its column, unless it has one, cannot have one or there are MOST already; returns the column's name or None.

    Idempotent. Raises StoreUnavailable.
    """
    column, asked = column_of(name), store or event_store()
    if column is None:
        return None
    existing = list_columns(asked)
    if column not in existing:
        if len(existing) >= MOST:
            return None
        for table in TABLES:
            asked.everywhere().command(add_column_sql(table, name, settings.CLICKHOUSE_CLUSTER))
    return column


def add_column_sql(table: str, name: str, cluster: str) -> str:
    """The statement that gives a property its column, on one server or on all of a cluster. name: one that `column_of` takes."""
    filled = decimal_of(f"'{name}'")
    statement = f"ALTER TABLE {table} {{on_cluster}} ADD COLUMN IF NOT EXISTS {column_of(name)} {DECIMAL} MATERIALIZED "
    return with_engines(statement, cluster) + filled
