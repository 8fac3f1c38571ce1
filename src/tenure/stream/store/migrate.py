"""Bringing the event store's tables up to this version: numbered files, one statement each, applied once and written down.

The engines come from one setting: alone, MergeTree; with TENURE_CLICKHOUSE_CLUSTER, replicated ones, made on every server of that cluster.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from importlib.resources import files
from typing import Protocol

_PLACE = re.compile(r"\{(on_cluster|merge_tree|replacing_merge_tree):?(\w*)\}")
_APPLIED = "CREATE TABLE IF NOT EXISTS applied_migrations {on_cluster} (name String, at DateTime64(6, 'UTC')) ENGINE = {merge_tree} ORDER BY name"


class Asked(Protocol):
    """What a migration needs of a store."""

    def rows(self, sql: str, /) -> list[tuple[object, ...]]:
        """The rows of a query."""
        ...

    def command(self, sql: str, /, **parameters: str) -> None:
        """Run a statement."""
        ...


@dataclass(frozen=True, slots=True)
class Migration:
    """One numbered file: its name, and its statement with places for engines."""

    name: str
    statement: str


def all_migrations() -> list[Migration]:
    """Every migration, in order."""
    folder = files("tenure.stream.store") / "migrations"
    named = sorted((entry.name, entry.read_text(encoding="utf-8")) for entry in folder.iterdir() if entry.name.endswith(".sql"))
    return [Migration(name.removesuffix(".sql"), text.strip()) for name, text in named]


def with_engines(statement: str, cluster: str = "") -> str:
    """A statement with its engines put in. cluster: the cluster's name as ClickHouse's configuration has it, '' for one server."""

    def engine(found: re.Match[str]) -> str:
        place, column = found[1], found[2]
        if place == "on_cluster":
            return f"ON CLUSTER '{cluster}'" if cluster else ""
        kind = "MergeTree" if place == "merge_tree" else "ReplacingMergeTree"
        if not cluster:
            return f"{kind}({column})"
        arguments = ", ".join(["'/clickhouse/tables/{shard}/{database}/{table}'", "'{replica}'", *([column] if column else [])])
        return f"Replicated{kind}({arguments})"

    return _PLACE.sub(engine, statement)


def migrate_store(store: Asked, migrations: Sequence[Migration], *, cluster: str = "") -> list[str]:
    """Apply those that are missing, in order; returns their names. migrations: all there are. cluster: see `with_engines`."""
    store.command(with_engines(_APPLIED, cluster))
    done = {str(name) for (name,) in store.rows("SELECT name FROM applied_migrations")}
    missing = [migration for migration in migrations if migration.name not in done]
    for migration in missing:
        store.command(with_engines(migration.statement, cluster))
        store.command("INSERT INTO applied_migrations SELECT {name:String}, now64(6)", name=migration.name)
    return [migration.name for migration in missing]
