"""The test run: one server, one database made by its owner and used as the app's restricted role, scopes on.

Personas and their world: world.py. Server: fixtures_server.py.
"""

from __future__ import annotations

import asyncio
import os
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import psycopg
import pytest
from django.core.management import call_command
from django.db import connections
from hypothesis import settings

if TYPE_CHECKING:
    from pytest_django import DjangoDbBlocker

    from tests.fixtures_server import PostgresServer

pytest_plugins = ["tests.fixtures_server", "tests.fixtures_nats", "tests.fixtures_store", "tests.fixtures_browser", "tests.world"]

DATABASE = f"tenure_test_{os.environ.get('PYTEST_XDIST_WORKER', 'alone')}"
KEPT_TABLES = frozenset({"django_migrations", "django_content_type", "auth_permission"})

# A browser of an earlier test keeps an event loop in this thread, which Django would take for asynchronous code.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"

# A busy machine is slow, not wrong: pytest's own timeout ends what hangs. The same examples every time, so that what failed fails again;
# others are looked for on purpose (CONTRIBUTING.md).
settings.register_profile("tenure", deadline=None, derandomize=True)
settings.register_profile("exploring", deadline=None, max_examples=300)
settings.load_profile("tenure")


def pytest_xdist_auto_num_workers() -> int:
    """One worker more than there are cores, since tests of pages wait for the browser; four at most.

    One alone on a server that is given: transactions of another's tests would hold up the relay, as any do on one server.
    """
    return 1 if os.environ.get("TENURE_TEST_DATABASE_URL") else min(4, (os.cpu_count() or 1) + 1)


@pytest.fixture(autouse=True)
def _no_loop_of_a_browser(request: pytest.FixtureRequest) -> Iterator[None]:
    """Playwright leaves its event loop running in this thread; a test that drives no browser may have one of its own."""
    left = asyncio._get_running_loop()
    if left is None or "chromium" in request.fixturenames:
        yield
        return
    asyncio._set_running_loop(None)
    yield
    asyncio._set_running_loop(left)


@pytest.fixture(scope="session")
def django_db_setup(postgres_server: PostgresServer, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """A fresh database: its tables made by the owner's role, then served to the app's."""
    postgres_server.drop_database(DATABASE)
    postgres_server.create_database(DATABASE)
    _point("owner", postgres_server.owner_url(DATABASE))
    _point("default", postgres_server.app_url(DATABASE))
    with django_db_blocker.unblock():
        call_command("migrate", database="owner", run_syncdb=True, interactive=False, verbosity=0)
        connections["owner"].close()
    yield
    for connection in connections.all(initialized_only=True):
        connection.close()
    postgres_server.drop_database(DATABASE)


@contextmanager
def committed(blocker: DjangoDbBlocker, server: PostgresServer) -> Iterator[None]:
    """A stretch in which everything is really committed, and emptied afterwards."""
    with blocker.unblock():
        yield
        for connection in connections.all(initialized_only=True):
            connection.close()
    with psycopg.connect(server.owner_url(DATABASE), autocommit=True) as connection:
        connection.execute("SET lock_timeout = '10s'")
        tables = connection.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'").fetchall()
        emptied = [f'"{name}"' for (name,) in tables if name not in KEPT_TABLES]
        connection.execute(f"TRUNCATE {', '.join(emptied)} CASCADE".encode())


@pytest.fixture
def committed_db(django_db_setup: None, django_db_blocker: DjangoDbBlocker, postgres_server: PostgresServer) -> Iterator[None]:
    """The database for tests that really commit: threads, kills, readers after commit."""
    with committed(django_db_blocker, postgres_server):
        yield


def _point(alias: str, url: str) -> None:
    """Have the connection `alias` reach `url`, without a pool: tests share one connection with their transaction."""
    from tenure.config.settings import _database  # noqa: PLC0415 - settings are read after the plugins load

    connection: Any = connections[alias]
    connection.close()
    connection.settings_dict.update(_database(url, pooled=False))
