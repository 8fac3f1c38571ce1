"""Keeping processes alive: started again with growing delays, stopped in order, ended by force when they hang."""

import signal
import subprocess
import sys
import time
from pathlib import Path

from tenure.config.cli.supervisor import FIRST_DELAY_SECONDS, LONGEST_DELAY_SECONDS, Child, Supervisor

SLEEPS = "import time; time.sleep(60)"
SAYING = """
import pathlib, signal, sys, time
def end(*_):
    time.sleep({seconds})
    with pathlib.Path("{log}").open("a") as log: log.write("{name} ")
    sys.exit()
signal.signal(signal.SIGTERM, end); print("on", flush=True); time.sleep(60)
"""
DEAF = "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); print('on', flush=True); time.sleep(60)"


def test_child_that_dies_is_started_again_after_its_delay() -> None:
    child = Child("Worker", lambda: _python("raise SystemExit(3)"))

    child.tend(0.0)
    _ended(child)
    child.tend(10.0)

    assert child.process is None
    child.tend(10.0 + FIRST_DELAY_SECONDS - 0.01)
    assert child.process is None
    child.tend(10.0 + FIRST_DELAY_SECONDS)
    assert child.process is not None
    _ended(child)


def test_child_that_keeps_dying_waits_ever_longer_up_to_a_limit() -> None:
    child, now, delays = Child("Worker", lambda: _python("raise SystemExit(3)")), 0.0, []

    for _ in range(8):
        child.tend(now)
        _ended(child)
        child.tend(now)
        delays.append(child.next_start_at - now)
        now = child.next_start_at

    assert delays == [0.5, 1.0, 2.0, 4.0, 8.0, 16.0, LONGEST_DELAY_SECONDS, LONGEST_DELAY_SECONDS]


def test_child_that_ran_well_before_it_died_starts_again_soon() -> None:
    child = Child("Worker", lambda: _python("raise SystemExit(3)"), delay_seconds=16.0)

    child.tend(0.0)
    _ended(child)
    child.tend(3600.0)

    assert child.next_start_at == 3600.0 + FIRST_DELAY_SECONDS


def test_supervisor_stopped_ends_every_child() -> None:
    supervisor = Supervisor()
    first, second = (Child(name, lambda: _python(SLEEPS)) for name in ("Web", "Worker"))
    supervisor.start(first)
    supervisor.start(second)

    supervisor.stop()

    assert [child.process.returncode for child in (first, second) if child.process] == [-signal.SIGTERM] * 2


def test_supervisor_stopped_ends_a_deaf_child_by_force() -> None:
    supervisor = Supervisor()
    deaf = Child("Deaf", lambda: _python(DEAF, stdout=subprocess.PIPE), stop_seconds=0.2)
    supervisor.start(deaf)
    assert deaf.process is not None
    assert deaf.process.stdout is not None
    deaf.process.stdout.readline()

    supervisor.stop()

    deaf.process.stdout.close()
    assert deaf.process.returncode == -signal.SIGKILL


def test_supervisor_stops_who_is_asked_after_those_who_ask(tmp_path: Path) -> None:
    supervisor, log = Supervisor(), tmp_path / "log"
    asked = Child("Asked", lambda: _python(SAYING.format(log=log, name="asked", seconds=0), subprocess.PIPE), is_asked=True)
    asking = Child("Asking", lambda: _python(SAYING.format(log=log, name="asking", seconds=0.5), subprocess.PIPE))
    for child in (asked, asking):
        supervisor.start(child)
        assert child.process is not None
        assert child.process.stdout is not None
        child.process.stdout.readline()

    supervisor.stop()

    for child in (asked, asking):
        assert child.process is not None
        assert child.process.stdout is not None
        child.process.stdout.close()
    assert log.read_text() == "asking asked "


def _python(program: str, stdout: int | None = None) -> subprocess.Popen[bytes]:
    return subprocess.Popen([sys.executable, "-c", program], stdout=stdout)


def _ended(child: Child) -> None:
    """Wait for the process without telling the child."""
    assert child.process is not None
    deadline = time.monotonic() + 30
    while child.process.poll() is None and time.monotonic() < deadline:
        time.sleep(0.01)
