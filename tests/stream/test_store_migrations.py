"""The tables of the event store: for one server and for a cluster, each statement one that the engine reads."""

from __future__ import annotations

import pytest

from tenure.stream.store.migrate import all_migrations, with_engines
from tenure.stream.store.property_columns import TABLES, add_column_sql
from tenure.stream.store.rollups import rollup_sql


@pytest.mark.parametrize("migration", all_migrations(), ids=lambda migration: migration.name)
def test_statement_for_a_cluster_is_read_by_the_engine(migration, event_store):
    statement = with_engines(migration.statement, "events")

    assert "{" not in statement.replace("{shard}", "").replace("{database}", "").replace("{table}", "").replace("{replica}", "")
    if statement.startswith("CREATE TABLE"):
        assert "ON CLUSTER 'events'" in statement
        assert "ENGINE = Replicated" in statement
    assert event_store.everywhere().rows(f"EXPLAIN AST {statement}")


@pytest.mark.parametrize("table", TABLES)
def test_column_of_a_property_is_added_on_every_server_of_a_cluster(table, event_store):
    statement = add_column_sql(table, "amount", "events")

    assert statement.startswith(f"ALTER TABLE {table} ON CLUSTER 'events' ADD COLUMN IF NOT EXISTS p_amount ")
    assert event_store.everywhere().rows(f"EXPLAIN AST {statement}")
    assert "CLUSTER" not in add_column_sql(table, "amount", "")


@pytest.mark.parametrize("column", ["p_amount", None])
def test_rollup_is_made_on_every_server_of_a_cluster(column, event_store):
    for statement in rollup_sql(column, "events"):
        assert statement.startswith("ALTER TABLE events ON CLUSTER 'events' ")
        assert event_store.everywhere().rows(f"EXPLAIN AST {statement}")


def test_parts_are_changed_side_by_side(event_store):
    asked = "SELECT value FROM system.server_settings WHERE name = 'background_pool_size'"

    # A server's number. With the embedded engine's own 2, a correction waits for each part of the table in turn.
    assert event_store.rows(asked) == [("16",)]


def test_engine_of_one_server_is_plain():
    assert with_engines("ENGINE = {merge_tree}") == "ENGINE = MergeTree()"
    assert with_engines("ENGINE = {replacing_merge_tree:seq}") == "ENGINE = ReplacingMergeTree(seq)"
