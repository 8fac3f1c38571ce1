"""What every command that runs something needs first: a home with its keys, and the database answering."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tenure.config.embedded.engine_user import current_user, ensure_engine_user
from tenure.config.embedded.folders import ensure_home
from tenure.config.embedded.keys import ensure_keys
from tenure.config.embedded.locks import FolderLock
from tenure.config.embedded.nats import EmbeddedNats
from tenure.config.embedded.postgres import EmbeddedPostgres
from tenure.config.embedded.urls import nats_url
from tenure.config.environment import Environment, load_environment


def prepared_environment() -> Environment:
    """The settings, with the home and its keys made where they are missing.

    Raises EnvironmentProblem, HomeNotUsable.
    """
    environment = load_environment()
    ensure_home(environment.home, ensure_engine_user() if environment.has_engines else current_user())
    ensure_keys(environment.home)
    environment.files.mkdir(mode=0o700, parents=True, exist_ok=True)
    return load_environment()


def up_lock(home: Path) -> FolderLock:
    """The lock that a running `tenure up` holds, and every command that must not meet one."""
    return FolderLock(home / "up.lock")


@contextmanager
def only_one_here(environment: Environment) -> Iterator[None]:
    """Hold the place of `tenure up` for a block, so that nobody uses what is being changed.

    Raises AlreadyRunning.
    """
    lock = up_lock(environment.home)
    lock.take()
    try:
        yield
    finally:
        lock.release()


@contextmanager
def answering_database(environment: Environment) -> Iterator[EmbeddedPostgres | None]:
    """The database for a block: the embedded server is started where it does not run, and stopped afterwards.

    Yields None where the database is another server, by URL.
    """
    if not environment.is_embedded:
        yield None
        return
    server = EmbeddedPostgres(environment.home)
    if server.is_running:
        yield server
        return
    with server:
        yield server


@contextmanager
def answering_stream(environment: Environment) -> Iterator[str]:
    """The URL of NATS for a block: the embedded one is started where it does not run, and stopped afterwards."""
    if not environment.has_embedded_nats:
        yield nats_url(environment)
        return
    server = EmbeddedNats(environment.home)
    if server.is_running:
        yield server.url
        return
    with server:
        yield server.url
