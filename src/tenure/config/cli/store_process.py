"""The process that owns the embedded event store: chDB, the HTTP interface to it, and the writer.

    python -m tenure.config.cli.store_process SOCKET [alone]

SOCKET: the number of an open socket. alone: without tables and writer, as a ClickHouse server is that others reach by its URL.

It listens on a socket that `tenure up` opened, so that who asks while it starts again waits instead of being refused. As root it gives up
root's rights for those of the engines' user once its code is loaded and before it opens the store.
"""

from __future__ import annotations

import asyncio
import ctypes
import importlib
import os
import signal
import socket
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext

import structlog
import uvicorn
from django.conf import settings

from tenure.config.embedded.engine_user import EngineUser, ensure_engine_user
from tenure.config.embedded.folders import ensure_private_folder
from tenure.config.embedded.postgres_settings import machine_memory
from tenure.config.embedded.store.addresses import store_folder, store_password
from tenure.config.embedded.store.engine import Engine
from tenure.config.embedded.store.http import StoreHttp
from tenure.config.embedded.store.local import LocalStore
from tenure.config.environment import Environment, load_environment
from tenure.config.writing import keep_writing
from tenure.stream.errors import GapInStream
from tenure.stream.store.migrate import Migration, all_migrations, migrate_store

PR_SET_PDEATHSIG = 1
LOADED_LATER = (
    "encodings.idna",
    "httptools",
    "nats.js.api",
    "numpy",
    "pandas",
    "pyarrow.ipc",
    "uvicorn.lifespan.off",
    "uvicorn.loops.uvloop",
    "uvicorn.protocols.http.httptools_impl",
    "uvloop",
    "zoneinfo",
)
STOP_SECONDS = 5
log = structlog.get_logger(__name__)


def main(socket_number: int, *, is_alone: bool = False) -> None:
    """Serve, and write unless alone, until told to stop."""
    environment = load_environment()
    user = ensure_engine_user()
    folder = store_folder(environment.home)
    ensure_private_folder(folder, user)
    migrations = all_migrations()
    _load_what_comes_later()
    _become(user)
    engine = Engine(folder / "chdb", memory=machine_memory())
    try:
        with nullcontext() if is_alone else _writing(engine, environment, migrations):
            _serve(engine, environment, socket_number)
    finally:
        engine.close()


@contextmanager
def _writing(engine: Engine, environment: Environment, migrations: list[Migration]) -> Iterator[None]:
    """The tables, and the writer's thread for a block."""
    migrate_store(LocalStore(engine), migrations)
    stop = threading.Event()
    writer = threading.Thread(target=_write, args=(engine, environment, stop), name="writer")
    writer.start()
    try:
        yield
    finally:
        stop.set()
        writer.join(STOP_SECONDS)


def _load_what_comes_later() -> None:
    """Whatever the libraries import at their first use: afterwards our own folders, Python's too, may be closed to us."""
    for name in LOADED_LATER:
        importlib.import_module(name)
    settings.NATS_URL  # noqa: B018 - reads the settings


def _serve(engine: Engine, environment: Environment, socket_number: int) -> None:
    config = uvicorn.Config(
        StoreHttp(engine, store_password(environment.secret_key)),
        lifespan="off",
        loop="uvloop",
        http="httptools",
        ws="none",
        log_config=None,
        access_log=False,
        server_header=False,
        timeout_graceful_shutdown=STOP_SECONDS,
    )
    uvicorn.Server(config).run(sockets=[socket.socket(fileno=socket_number)])


def _write(engine: Engine, environment: Environment, stop: threading.Event) -> None:
    """The writer's thread: a writer that fails leaves a store in doubt, so the whole process starts again from what is on disk.

    Where messages are missing nothing is in doubt: the store goes on answering, and the writer waits for somebody's word.
    """
    try:
        asyncio.run(keep_writing(LocalStore(engine), environment, stop))
    except GapInStream as gap:
        log.error("writer_waits", reason=str(gap))  # noqa: TRY400 - the sentence says it all
    except Exception:
        log.exception("writer_failed")
        os.kill(os.getpid(), signal.SIGTERM)


def _become(user: EngineUser) -> None:
    if not user.is_other:
        return
    os.setgroups([])
    os.setgid(user.group_id)
    os.setuid(user.user_id)
    # Another user's process forgets whom it should die with.
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)


if __name__ == "__main__":
    main(int(sys.argv[1]), is_alone=sys.argv[2:] == ["alone"])
