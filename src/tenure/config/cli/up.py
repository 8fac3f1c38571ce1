"""`tenure up`: the engines, the pages and the jobs, from one command that runs until it is told to stop."""

import argparse
import http.client
import os
import signal
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing, contextmanager, nullcontext, suppress
from dataclasses import replace

from tenure.config.cli.console import say
from tenure.config.cli.database_checks import refuse_unsafe_roles
from tenure.config.cli.django_commands import WORK, django_environ, migrate, python_command
from tenure.config.cli.first_start import prepared_environment, up_lock
from tenure.config.cli.listener import open_listener
from tenure.config.cli.supervisor import Child, Engine, Supervisor, TendedEngine
from tenure.config.embedded.locks import FolderLock
from tenure.config.embedded.nats import EmbeddedNats
from tenure.config.embedded.postgres import EmbeddedPostgres
from tenure.config.embedded.processes import start_child
from tenure.config.embedded.store.addresses import open_store_listener
from tenure.config.environment import Environment
from tenure.config.problems import SetupProblem
from tenure.kernel import clock

LOOK_EVERY_SECONDS = 0.25
READY_SECONDS = 60


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of `tenure up`."""
    parser.add_argument("--port", type=int, help="the port to listen on (TENURE_PORT)")
    parser.add_argument("--host", help="the address to listen on (TENURE_HOST)")


def run(options: argparse.Namespace) -> int:
    """Start everything, say where it is, and run until SIGTERM or Ctrl-C."""
    settle_options(options)
    with told_to_stop() as stop:
        return serve(prepared_environment(), stop)


def settle_options(options: argparse.Namespace) -> None:
    """Make the command line's choices settings, so that every process sees the same."""
    for name in ("port", "host"):
        if getattr(options, name) is not None:
            os.environ[f"TENURE_{name.upper()}"] = str(getattr(options, name))


def serve(environment: Environment, stop: threading.Event, prepare: Callable[[Environment], None] | None = None) -> int:
    """Run Tenure until stop is set: each part is started when what it needs answers, and stopped in reverse.

    prepare: what to do when pages answer, before Tenure says so. Raises SetupProblem where something cannot start.
    """
    with ExitStack() as running:
        lock = up_lock(environment.home)
        lock.take()
        running.callback(lock.release)
        listener = running.enter_context(closing(open_listener(environment)))
        environment = _with_port(environment, listener)
        supervisor = Supervisor()
        engines = _start_engines(environment, supervisor, running)
        running.callback(supervisor.stop)
        with _closed_gate() as gate:
            _start_web(environment, supervisor, listener, gate)
            migrate(environment)
            refuse_unsafe_roles(environment)
        _wait_until_ready(environment, supervisor, listener, stop)
        _start_workers(environment, supervisor)
        if prepare and not stop.is_set():
            prepare(environment)
        _announce(environment, lock, stop)
        while not stop.wait(LOOK_EVERY_SECONDS):
            for engine in engines:
                engine.tend(clock.monotonic())
            supervisor.tend()
        say("Stopping.")
    return 0


def _start_engines(environment: Environment, supervisor: Supervisor, running: ExitStack) -> list[TendedEngine]:
    """Start those that are ours, together, and return when database and stream answer. running: stops them in the end."""
    nats = EmbeddedNats(environment.home) if environment.has_embedded_nats else None
    database = EmbeddedPostgres(environment.home) if environment.is_embedded else None
    if nats:
        running.callback(nats.stop)
        nats.launch()
    _start_store(environment, supervisor, running)
    running.enter_context(database or nullcontext())
    if nats:
        nats.wait_until_ready()
    named: tuple[tuple[str, Engine | None], ...] = (("The database", database), ("The stream", nats))
    return [TendedEngine(name, engine) for name, engine in named if engine is not None]


def _start_store(environment: Environment, supervisor: Supervisor, running: ExitStack) -> None:
    """The event store with its writer; where ClickHouse is another server, the writer alone. It loads while the others start."""
    if environment.has_embedded_store:
        listener = running.enter_context(closing(open_store_listener(environment.home)))
        command = python_command("tenure.config.cli.store_process", str(listener.fileno()))
        store = _child("Event store", command, django_environ(environment), (listener.fileno(),))
        # Its socket stays open as long as we live: who asks when it has ended would wait for an answer that never comes.
        supervisor.start(replace(store, is_asked=True))
    else:
        supervisor.start(_child("Writer", python_command("tenure.config.cli.writer_process"), django_environ(environment)))


@contextmanager
def told_to_stop() -> Iterator[threading.Event]:
    """An event that SIGTERM and Ctrl-C set, for as long as the block lasts."""
    stop = threading.Event()
    before = {name: signal.signal(name, lambda *_: stop.set()) for name in (signal.SIGTERM, signal.SIGINT)}
    try:
        yield stop
    finally:
        for name, handler in before.items():
            signal.signal(name, handler)


def _with_port(environment: Environment, listener: socket.socket) -> Environment:
    """The settings with the port that was free, in the address that is shown too."""
    port = listener.getsockname()[1]
    base_url = environment.base_url if "TENURE_BASE_URL" in os.environ else f"http://localhost:{port}"
    return replace(environment, port=port, base_url=base_url)


@contextmanager
def _closed_gate() -> Iterator[int]:
    """A pipe's reading end that ends with the block: web processes load meanwhile and serve only then.

    The reading end stays open, so that a process started again later finds the gate, open.
    """
    reading, writing = os.pipe()
    try:
        yield reading
    finally:
        os.close(writing)


def _start_web(environment: Environment, supervisor: Supervisor, listener: socket.socket, gate: int) -> None:
    handles = (listener.fileno(), gate)
    command = python_command("tenure.config.cli.web_process", *map(str, handles))
    for number in range(1, environment.web_processes + 1):
        supervisor.start(_child(f"Web process {number}", command, django_environ(environment), handles))


def _start_workers(environment: Environment, supervisor: Supervisor) -> None:
    if environment.workers:
        supervisor.start(_child("Relay", python_command("tenure.config.cli.relay_process"), django_environ(environment)))
    for number in range(1, environment.workers + 1):
        child = _child(f"Worker {number}", python_command("django", *WORK), django_environ(environment))
        supervisor.start(replace(child, stop_seconds=30.0))


def _child(name: str, command: list[str], environ: dict[str, str], handles: tuple[int, ...] = ()) -> Child:
    return Child(name, lambda: start_child(command, environ=environ, pass_fds=handles))


def _wait_until_ready(environment: Environment, supervisor: Supervisor, listener: socket.socket, stop: threading.Event) -> None:
    """Return when a page answers. Raises SetupProblem when a process ends before, or none answers in time."""
    deadline = clock.monotonic() + READY_SECONDS
    while not stop.is_set() and not _answers(environment, listener):
        for child in supervisor.children:
            if child.process is not None and child.process.poll() is not None:
                raise SetupProblem(f"{child.name} ended while starting; what it said is above.")
        if clock.monotonic() > deadline:
            raise SetupProblem(f"No page answered within {READY_SECONDS} seconds. Run: tenure doctor")


def _answers(environment: Environment, listener: socket.socket) -> bool:
    """Whether /healthz answers at all. The port is open already: the request waits until a process takes it."""
    host = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(environment.host, environment.host)  # noqa: S104 - compared only
    connection = http.client.HTTPConnection(host, listener.getsockname()[1], timeout=2)
    with closing(connection), suppress(OSError, http.client.HTTPException):
        connection.request("GET", "/healthz", headers={"Host": "localhost"})
        connection.getresponse().read()
        return True
    return False


def _announce(environment: Environment, lock: FolderLock, stop: threading.Event) -> None:
    if stop.is_set():
        return
    lock.write_note(f"process {os.getpid()}, {environment.base_url}")
    say(f"Tenure is ready: {environment.base_url}  (Ctrl-C stops it)")
