"""The database server that a test run gets, embedded or by URL: both roles, with the rights they have in earnest."""

import psycopg
import pytest
from psycopg import errors, sql

from tests.fixtures_server import PostgresServer


def test_test_server_gives_owner_and_app_their_rights(postgres_server: PostgresServer, empty_database: str) -> None:
    with psycopg.connect(postgres_server.owner_url(empty_database)) as owner:
        owner.execute("CREATE TABLE parts (name text)")

    with psycopg.connect(postgres_server.app_url(empty_database), autocommit=True) as app:
        app.execute("INSERT INTO parts VALUES ('bolt')")
        with pytest.raises(errors.InsufficientPrivilege):
            app.execute("DROP TABLE parts")


def test_database_made_by_owner_on_test_server_serves_the_app(postgres_server: PostgresServer, empty_database: str) -> None:
    further = sql.Identifier(f"{empty_database}_further")
    with psycopg.connect(postgres_server.owner_url(empty_database), autocommit=True) as owner:
        owner.execute(sql.SQL("CREATE DATABASE {}").format(further))
    with psycopg.connect(postgres_server.owner_url(f"{empty_database}_further")) as owner:
        owner.execute("CREATE TABLE parts (name text)")

    with psycopg.connect(postgres_server.app_url(f"{empty_database}_further")) as app:
        found = app.execute("SELECT show_trgm('ab'), (SELECT count(*) FROM parts)").fetchone()

    assert found == (["  a", " ab", "ab "], 0)
    postgres_server.drop_database(f"{empty_database}_further")
