"""A real `tenure` in a home of its own, for tests that start, kill and restore it."""

import json
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO
from uuid import UUID

from tenure.config.embedded.postgres import EmbeddedPostgres
from tenure.config.embedded.store.addresses import store_url
from tenure.config.environment import load_environment
from tests.stream.storms import Vendor
from tests.stream.world import wait_for

ANSWER_SECONDS = 90


OPEN_SOURCE = """
import django, json; django.setup()
from tenure.stream.actions.create_source import create_source
from tenure.workspace.actions.open_workspace import new_workspace_context, open_workspace
from tenure.workspace.models import Member, User
from tenure.workspace.queries.contexts import member_context
from tenure.workspace.scope import enter
opening = new_workspace_context("Acme")
workspace = open_workspace(opening, User.objects.create_user("owner@acme.example", None, name="Owner"))
with enter(opening.scope):
    member = Member.objects.get()
_source, key = create_source(member_context(workspace.pk, member.pk), "Server")
print(json.dumps([str(workspace.pk), key]))
"""


@dataclass
class RunningTenure:
    """One home and the command line on it. port: chosen by the test, so that nothing else is met."""

    home: Path
    port: int
    process: subprocess.Popen[str] | None = field(default=None)

    def up(self, **settings: str) -> str:
        """Start it and return what it says when it is ready, or what it said before it gave up. settings: as of `run`."""
        self.process = subprocess.Popen(
            self._command("up", "--port", str(self.port)),
            env={**self.environ(), **settings},
            stdout=subprocess.PIPE,
            stderr=(self.home.parent / "up.err").open("a"),
            text=True,
        )
        return _stdout(self.process).readline()

    def run(self, *arguments: str, **settings: str) -> subprocess.CompletedProcess[str]:
        """Run another command to its end. settings: by their names as environment variables."""
        return subprocess.run(
            self._command(*arguments),
            env={**self.environ(), **settings},
            capture_output=True,
            text=True,
            check=False,
            timeout=ANSWER_SECONDS,
        )

    def stop(self) -> int:
        """Ask it to stop; its exit code."""
        assert self.process is not None
        self.process.terminate()
        self.process.communicate(timeout=ANSWER_SECONDS)
        return self.process.returncode

    def kill(self) -> None:
        """kill -9, for the process that looks after the others."""
        assert self.process is not None
        self.process.kill()
        self.process.communicate()

    def child_of(self, module: str) -> int:
        """The process of one part: its number, as the operating system lists it."""
        assert self.process is not None
        deadline = time.monotonic() + ANSWER_SECONDS
        while time.monotonic() < deadline:
            for number in Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children").read_text().split():
                if module in Path(f"/proc/{number}/cmdline").read_text():
                    return int(number)
            time.sleep(0.05)
        raise AssertionError(f"No process of {module} in {ANSWER_SECONDS} seconds.")

    def _command(self, *arguments: str) -> list[str]:
        return [sys.executable, "-P", "-m", "tenure.config.cli", *arguments]

    def environ(self) -> dict[str, str]:
        """The variables of its processes."""
        kept = {name: value for name, value in os.environ.items() if not name.startswith(("TENURE_", "DJANGO_"))}
        return {**kept, "TENURE_HOME": str(self.home)}


def _stdout(process: subprocess.Popen[str]) -> IO[str]:
    assert process.stdout is not None
    return process.stdout


@contextmanager
def new_tenure() -> Iterator[RunningTenure]:
    """One in a home of its own, for as long as the block lasts."""
    folder = Path(tempfile.mkdtemp(prefix="tenure-up-"))
    folder.chmod(0o711)
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port = probe.getsockname()[1]
    running = RunningTenure(folder / "home", port)
    yield running
    if running.process is not None and running.process.poll() is None:
        running.kill()
    wait_for(lambda: EmbeddedPostgres(running.home).is_running, expected=False, seconds=ANSWER_SECONDS)
    shutil.rmtree(folder)


def open_vendor(tenure: RunningTenure, store: str = "") -> Vendor:
    """A workspace with a source in a running Tenure, and the ingest that `tenure up` serves. store: the URL of its ClickHouse, where that is another."""
    environ = {**tenure.environ(), "DJANGO_SETTINGS_MODULE": "tenure.config.settings"}
    opened = subprocess.run([sys.executable, "-P", "-c", OPEN_SOURCE], env=environ, capture_output=True, text=True, check=True)
    workspace, key = json.loads(opened.stdout.splitlines()[-1])
    url = store or store_url(load_environment({"TENURE_HOME": str(tenure.home)}))
    return Vendor(UUID(workspace), f"http://127.0.0.1:{tenure.port}", key, url)
