"""Keeping processes alive: one that dies is started again, ever more slowly while it keeps dying."""

import signal
import subprocess
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Protocol

from tenure.config.cli.console import problem
from tenure.config.problems import SetupProblem
from tenure.kernel import clock

FIRST_DELAY_SECONDS = 0.5
LONGEST_DELAY_SECONDS = 30.0
SOUND_AFTER_SECONDS = 60.0


@dataclass
class Child:
    """One process to keep alive. start: starts it. stop_seconds: how long it may take to finish what it does.

    is_asked: others ask it for answers, so it is told to stop when they have ended.
    """

    name: str
    start: Callable[[], subprocess.Popen[bytes]]
    stop_seconds: float = 15.0
    is_asked: bool = False
    process: subprocess.Popen[bytes] | None = None
    started_at: float = 0.0
    delay_seconds: float = field(default=FIRST_DELAY_SECONDS)
    next_start_at: float = 0.0

    def tend(self, now: float) -> None:
        """Start it if it should run and does not. now: seconds of a monotonic clock."""
        if self.process is None:
            if now >= self.next_start_at:
                self.process, self.started_at = self.start(), now
        elif self.process.poll() is not None:
            self._note_end(now, self.process.returncode)

    def _note_end(self, now: float, exit_code: int) -> None:
        if now - self.started_at >= SOUND_AFTER_SECONDS:
            self.delay_seconds = FIRST_DELAY_SECONDS
        problem(f"{self.name} ended ({_cause(exit_code)}); it is started again in {self.delay_seconds:g} s.")
        self.process, self.next_start_at = None, now + self.delay_seconds
        self.delay_seconds = min(LONGEST_DELAY_SECONDS, self.delay_seconds * 2)


class Engine(Protocol):
    """A server that starts and stops itself as one: PostgreSQL, NATS."""

    @property
    def is_running(self) -> bool:
        """Whether it runs."""

    @property
    def is_stuck(self) -> bool:
        """Whether it runs, does its work no more, and would after a new start."""

    def start(self) -> None:
        """Start it and return when it answers. Raises SetupProblem."""

    def stop(self) -> None:
        """Stop it; harmless when it does not run."""


@dataclass
class TendedEngine:
    """An engine to keep alive: one that ended by itself, out of memory or killed, or that is stuck, is started again."""

    name: str
    engine: Engine
    delay_seconds: float = field(default=FIRST_DELAY_SECONDS)
    next_start_at: float = 0.0

    def tend(self, now: float) -> None:
        """Start it again if it should run and does not. now: seconds of a monotonic clock."""
        if now < self.next_start_at or (self.engine.is_running and not self.engine.is_stuck):
            return
        problem(f"{self.name} {'is stuck' if self.engine.is_running else 'ended'}; it is started again.")
        self.engine.stop()
        try:
            self.engine.start()
        except SetupProblem as failed:
            self.next_start_at = now + self.delay_seconds
            self.delay_seconds = min(LONGEST_DELAY_SECONDS, self.delay_seconds * 2)
            problem(f"{failed}\nThe next try is in {self.next_start_at - now:g} s.")
        else:
            self.delay_seconds = FIRST_DELAY_SECONDS


class Supervisor:
    """The processes that run together, in the order they were started."""

    def __init__(self) -> None:
        """With nothing to look after yet."""
        self.children: list[Child] = []

    def start(self, child: Child) -> None:
        """Start a process and look after it from now on."""
        child.tend(clock.monotonic())
        self.children.append(child)

    def tend(self) -> None:
        """Look after all of them once."""
        for child in self.children:
            child.tend(clock.monotonic())

    def stop(self) -> None:
        """Ask all to finish, the last started first, and then those that they ask; end by force those that take too long."""
        running = [child for child in reversed(self.children) if child.process is not None]
        for is_asked in (False, True):
            _stop([child for child in running if child.is_asked is is_asked])
        self.children.clear()


def _stop(children: Sequence[Child]) -> None:
    for child in children:
        _send(child, signal.SIGTERM)
    began = clock.monotonic()
    for child in children:
        _wait(child, max(0.0, began + child.stop_seconds - clock.monotonic()))


def _wait(child: Child, seconds: float) -> None:
    if child.process is None:
        return
    try:
        child.process.wait(seconds)
    except subprocess.TimeoutExpired:
        problem(f"{child.name} did not finish in time and is ended.")
        _send(child, signal.SIGKILL)
        child.process.wait()


def _send(child: Child, with_signal: signal.Signals) -> None:
    if child.process is not None and child.process.poll() is None:
        with suppress(ProcessLookupError):
            child.process.send_signal(with_signal)


def _cause(exit_code: int) -> str:
    return f"signal {-exit_code}" if exit_code < 0 else f"exit code {exit_code}"
