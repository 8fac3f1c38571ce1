"""The database server of a test run: an embedded PostgreSQL of its own, or the one at TENURE_TEST_DATABASE_URL.

Neither is ever the server of a running Tenure: the embedded one lives in a temporary home, and the one given by URL
must be a server for tests, since the two roles are made there and their passwords set anew. Workers that run side by
side have an embedded server each, or share the one given: they take turns at making databases there.
"""

import hashlib
import os
import secrets
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from urllib.parse import quote, urlsplit, urlunsplit

import psycopg
import pytest
from psycopg import sql

from tenure.config.embedded import roles
from tenure.config.embedded.postgres import EmbeddedPostgres


@dataclass(frozen=True)
class PostgresServer:
    """A server for tests. url_of(role, database) is how a role reaches a database."""

    url_of: Callable[[str, str], str]

    def app_url(self, database: str) -> str:
        """As the role that serves requests."""
        return self.url_of(roles.APP_ROLE, database)

    def owner_url(self, database: str) -> str:
        """As the role that owns the tables; here it may create databases too."""
        return self.url_of(roles.OWNER_ROLE, database)

    def superuser_url(self, database: str) -> str:
        """As the server's superuser: for preparing, never for what a test is about."""
        return self.url_of(roles.SUPERUSER, database)

    def create_database(self, database: str) -> None:
        """A new database with the extensions and the rights of both roles."""
        with _turn(self.superuser_url("postgres")) as connection:
            roles.create_database(connection, database)
            with self._as_superuser(database) as inside:
                roles.prepare_database(inside)

    def drop_database(self, database: str) -> None:
        """Forget a database, whoever is still connected to it."""
        with self._as_superuser("postgres") as connection:
            connection.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(database)))

    def _as_superuser(self, database: str) -> psycopg.Connection:
        return psycopg.connect(self.superuser_url(database), autocommit=True)


@contextmanager
def running_test_server() -> Iterator[PostgresServer]:
    """A server for as long as the block lasts."""
    external = os.environ.get("TENURE_TEST_DATABASE_URL")
    if external:
        yield _external_server(external)
        return
    home = Path(tempfile.mkdtemp(prefix="tenure-tests-"))
    try:
        with EmbeddedPostgres(home, durable=False) as embedded:
            passwords = roles.RolePasswords(embedded.keys.owner_password, embedded.keys.app_password)
            _prepare(partial(embedded.url, roles.SUPERUSER), passwords)
            yield PostgresServer(embedded.url)
    finally:
        shutil.rmtree(home, ignore_errors=True)


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[PostgresServer]:
    """The server of this test run; databases made with its owner role have both roles' rights already."""
    with running_test_server() as server:
        yield server


@pytest.fixture
def empty_database(postgres_server: PostgresServer) -> Iterator[str]:
    """The name of an empty database of this test's own."""
    name = f"test_{secrets.token_hex(6)}"
    postgres_server.create_database(name)
    yield name
    postgres_server.drop_database(name)


def _external_server(url: str) -> PostgresServer:
    # The workers of one run agree on the passwords without talking to each other.
    run = os.environ.get("PYTEST_XDIST_TESTRUNUID") or secrets.token_hex(16)
    login = {role: hashlib.sha256(f"{run} {role}".encode()).hexdigest() for role in (roles.OWNER_ROLE, roles.APP_ROLE)}

    def url_of(role: str, database: str) -> str:
        return _with_login(url, role, login.get(role), database)

    _prepare(partial(url_of, roles.SUPERUSER), roles.RolePasswords(login[roles.OWNER_ROLE], login[roles.APP_ROLE]))
    return PostgresServer(url_of)


def _prepare(superuser_url: Callable[[str], str], passwords: roles.RolePasswords) -> None:
    """Both roles, and a template1 that gives every database made later their rights."""
    with _turn(superuser_url("postgres")) as connection:
        roles.prepare_server(connection, passwords, may_create_databases=True)
        with psycopg.connect(superuser_url("template1"), autocommit=True) as template:
            roles.prepare_database(template)


@contextmanager
def _turn(superuser_url: str) -> Iterator[psycopg.Connection]:
    """While nobody else prepares this server: a database cannot be made while another looks at its template."""
    with psycopg.connect(superuser_url, autocommit=True) as connection:
        connection.execute("SELECT pg_advisory_lock(hashtext('tenure tests'))")
        yield connection


def _with_login(url: str, role: str, password: str | None, database: str) -> str:
    """The same server and options for another role and database; no password means: the login of the URL itself."""
    parts = urlsplit(url)
    login, _, host = parts.netloc.rpartition("@")
    if password is not None:
        login = f"{quote(role)}:{quote(password, safe='')}"
    return urlunsplit(parts._replace(netloc=f"{login}@{host}", path=f"/{quote(database)}"))
