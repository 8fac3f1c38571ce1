"""What the benches of the stream stand on: Tenure as `tenure up` starts it in a throw-away home, with one source, and load upon it."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tenure.config.bench_load import Load
from tenure.config.cli.django_commands import python_command

if TYPE_CHECKING:
    from uuid import UUID

    from tenure.stream.store.client import EventStore
    from tenure.workspace.context import Context

START_SECONDS = 60
_TIE = """
INSERT INTO ties (workspace, subject, since, account, version)
SELECT {workspace:UUID}, arrayJoin({subjects:Array(String)}), toDateTime64('1970-01-01 00:00:00', 6, 'UTC'), {account:UUID}, 2
"""
_ROWS = "SELECT count() FROM events WHERE workspace = {workspace:UUID}"
_DISK = "SELECT sum(bytes_on_disk) FROM system.parts WHERE table = 'events' AND active"


@dataclass(frozen=True)
class StreamWorld:
    """A running Tenure with a source. process: of `tenure up`."""

    url: str
    key: str
    workspace_id: UUID
    home: Path
    process: subprocess.Popen[str]

    @property
    def store(self) -> EventStore:
        """The event store, as pages reach it."""
        from tenure.stream.store.client import event_store  # noqa: PLC0415 - settings are read from the home made in stream_world

        return event_store()

    def rows(self) -> int:
        """How many events are counted."""
        return int(self.store.rows(_ROWS, workspace=self.workspace_id)[0][0])

    def wait_for_rows(self, rows: int, seconds: float) -> float:
        """Wait until that many are counted; returns how long it took. Raises TimeoutError."""
        began = time.perf_counter()
        while (found := self.rows()) < rows:
            if time.perf_counter() - began > seconds:
                raise TimeoutError(f"{found} of {rows} events were counted in {seconds:g} s.")
            time.sleep(0.05)
        return time.perf_counter() - began

    def disk_bytes(self) -> int:
        """What the table of events takes on disk."""
        return int(self.store.rows(_DISK)[0][0])

    def owner_context(self) -> Context:
        """The owner of the workspace, at work."""
        from tenure.workspace.models import Member  # noqa: PLC0415 - see store
        from tenure.workspace.queries.contexts import member_context  # noqa: PLC0415
        from tenure.workspace.scope import Scope, enter  # noqa: PLC0415

        with enter(Scope(self.workspace_id)):
            member = Member.objects.get()
        return member_context(self.workspace_id, member.pk)

    def tie(self, subjects: list[str], account_id: UUID) -> None:
        """Make subjects an account's, from ever, in the store's copy."""
        self.store.everywhere().command(_TIE, workspace=self.workspace_id, subjects=subjects, account=account_id)

    def memory_bytes(self, module: str) -> int:
        """The memory of the process of one part, by the module that it runs."""
        children = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children").read_text(encoding="utf-8").split()
        for number in children:
            if module in Path(f"/proc/{number}/cmdline").read_text(encoding="utf-8"):
                return _resident(int(number))
        return 0


@contextmanager
def stream_world(folder: Path) -> Iterator[StreamWorld]:
    """Tenure in `folder`, ready for events."""
    folder.chmod(0o711)
    port = free_port()
    home = folder / "home"
    kept = {name: value for name, value in os.environ.items() if not name.startswith("TENURE_")}
    os.environ.update({"TENURE_HOME": str(home), "DJANGO_SETTINGS_MODULE": "tenure.config.settings"})
    up = subprocess.Popen(  # noqa: S603 - our own command
        python_command("tenure.config.cli", "up", "--port", str(port)),
        env={**kept, "TENURE_HOME": str(home), "TENURE_LOG_LEVEL": "WARNING"},
        stdout=subprocess.PIPE,
        text=True,
    )
    with up:
        try:
            said = up.stdout.readline() if up.stdout else ""
            while said and "is ready" not in said:
                said = up.stdout.readline() if up.stdout else ""
            workspace_id, key = _open_source()
            yield StreamWorld(f"http://127.0.0.1:{port}", key, workspace_id, home, up)
        finally:
            up.terminate()


@contextmanager
def parse_only() -> Iterator[str]:
    """The address of the reference, running in a process of its own."""
    port = free_port()
    with subprocess.Popen(python_command("tenure.config.bench_parse_only", str(port))) as running:  # noqa: S603 - our own command
        try:
            _wait_for_port(port)
            yield f"http://127.0.0.1:{port}"
        finally:
            running.terminate()


class Loading:
    """A load that runs in a process of its own. What it says goes to a file, so that a full pipe never holds it up."""

    def __init__(self, load: Load) -> None:
        """Start it."""
        self._said = tempfile.TemporaryFile("w+", encoding="utf-8")  # noqa: SIM115 - closed when it was read
        self._running = subprocess.Popen(  # noqa: S603 - our own command
            python_command("tenure.config.bench_load", json.dumps(asdict(load))), stdout=self._said
        )

    @property
    def is_over(self) -> bool:
        """Whether it has ended."""
        return self._running.poll() is not None

    def told(self) -> dict[str, Any]:
        """What it says when it is over."""
        self._running.wait()
        with self._said as said:
            said.seek(0)
            told: dict[str, Any] = json.loads(said.read())
            return told


def loaded(load: Load) -> dict[str, Any]:
    """Run a load to its end."""
    return Loading(load).told()


def free_port() -> int:
    """A port that nobody listens on now."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return int(listener.getsockname()[1])


def _open_source() -> tuple[UUID, str]:
    import django  # noqa: PLC0415 - settings are read from the home made in stream_world

    django.setup()
    from tenure.stream.actions.create_source import create_source  # noqa: PLC0415
    from tenure.workspace.actions.open_workspace import new_workspace_context, open_workspace  # noqa: PLC0415
    from tenure.workspace.models import Member, User  # noqa: PLC0415
    from tenure.workspace.queries.contexts import member_context  # noqa: PLC0415
    from tenure.workspace.scope import enter  # noqa: PLC0415

    opening = new_workspace_context("Bench")
    workspace = open_workspace(opening, User.objects.create_user("owner@bench.example", None, name="Owner"))
    with enter(opening.scope):
        member = Member.objects.get()
    _source, key = create_source(member_context(workspace.pk, member.pk), "Bench")
    return workspace.pk, key


def _wait_for_port(port: int) -> None:
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            time.sleep(0.05)
        else:
            return
    raise TimeoutError(f"Nobody listens on port {port}.")


def _resident(process: int) -> int:
    status = Path(f"/proc/{process}/status").read_text(encoding="utf-8")
    return int(status.partition("VmRSS:")[2].split()[0]) * 1024
