"""The embedded NATS: made at the first start, run by an unprivileged user, on a port of this machine behind a password.

NATS has no Unix socket: another user of the machine reaches the port and is refused there.
"""

import json
import secrets
import shutil
import signal
import socket
import subprocess
import time
from pathlib import Path
from typing import Any, Self

from tenure.config.embedded import folders
from tenure.config.embedded.binaries import NATS, programs_for
from tenure.config.embedded.engine_user import clean_environ, ensure_engine_user
from tenure.config.embedded.keys import ensure_keys
from tenure.config.embedded.locks import FolderLock
from tenure.config.embedded.nats_settings import HOST, MIB, USER, NatsPlace, read_place, settings_file, settle_place
from tenure.config.embedded.processes import end_process, runs_in, start_child
from tenure.config.problems import SetupProblem
from tenure.kernel import clock

STOP_SECONDS = 30
ANSWER_SECONDS = 1
GAVE_UP = b"critical write error"
ROOM_BYTES = 64 * MIB


class NatsFailed(SetupProblem):
    """The server could not be started; the message ends with its own words."""


class EmbeddedNats:
    """One nats-server in one home. Used with `with`, it runs inside the block."""

    def __init__(self, home: Path, *, durable: bool = True) -> None:
        """home: a whole path. durable=False is for tests: fast, and what was acknowledged may be lost with the machine."""
        self.home = home
        self.durable = durable
        self.user = ensure_engine_user()
        self._lock = FolderLock(home / "nats.lock")
        self._process: subprocess.Popen[bytes] | None = None
        self._place: NatsPlace | None = None
        self._name = ""
        self._log_read = 0
        self._gave_up = False

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    @property
    def folder(self) -> Path:
        """What the server owns: its streams, its log, the number of its process."""
        return folders.nats_folder(self.home)

    @property
    def process_id(self) -> int | None:
        """The running server's process, whoever started it; None when there is none."""
        try:
            recorded = (self.folder / "nats.pid").read_text(encoding="ascii").strip()
        except (FileNotFoundError, PermissionError):
            return None
        return int(recorded) if recorded.isdigit() and runs_in(int(recorded), self.folder) else None

    @property
    def is_running(self) -> bool:
        """Whether a server of this home runs, whoever started it."""
        return self.process_id is not None

    @property
    def is_stuck(self) -> bool:
        """Whether the server takes no message any more although its disk has room again: after a failed write it needs a new start."""
        self._read_log()
        return self._gave_up and shutil.disk_usage(self.folder).free >= ROOM_BYTES

    @property
    def url(self) -> str:
        """How the server is reached. Raises NatsFailed before its first start."""
        place = self._place or read_place(self.home)
        if place is None:
            raise NatsFailed(f"NATS has not been started in {self.home} yet.")
        return f"nats://{USER}:{ensure_keys(self.home).stream_password}@{HOST}:{place.port}"

    def start(self, *, seconds: float = 60) -> None:
        """Start the server and return when it answers. Raises AlreadyRunning, HomeNotUsable, NatsFailed."""
        self.launch()
        self.wait_until_ready(seconds=seconds)

    def launch(self) -> None:
        """Start the server without waiting for it: call wait_until_ready next.

        A restart keeps the port: processes that run know it. Raises AlreadyRunning, HomeNotUsable, NatsFailed.
        """
        folders.ensure_home(self.home, self.user)
        self._lock.take()
        try:
            password = ensure_keys(self.home).stream_password
            folders.ensure_private_folder(self.folder, self.user)
            self._clear_leftovers()
            self._place = self._place or settle_place(self.home)
            self._name = f"tenure-{secrets.token_hex(8)}"
            text = settings_file(
                place=self._place, folder=self.folder, password=password, name=self._name, is_durable=self.durable
            )
            folders.write_for_engine(self._settings_file, text, self.user)
            self._run()
        except BaseException:
            self.stop()
            raise

    def wait_until_ready(self, *, seconds: float = 60) -> None:
        """Return when the launched server answers. Raises NatsFailed."""
        try:
            self._wait(clock.monotonic() + seconds)
        except BaseException:
            self.stop()
            raise

    def stop(self) -> None:
        """Stop the server that this object started; harmless when it does not run."""
        if self._process is not None:
            if self._process.poll() is None:
                end_process(self._process.pid, signal.SIGTERM)
            try:
                self._process.wait(STOP_SECONDS)
            except subprocess.TimeoutExpired:
                end_process(self._process.pid, signal.SIGKILL)
                self._process.wait()
            self._process = None
        self._lock.release()

    @property
    def _settings_file(self) -> Path:
        return self.home / "nats.conf"

    @property
    def _start_log(self) -> Path:
        return self.home / "nats-start.log"

    def _read_log(self) -> None:
        """Look into what the log says since the last look. NATS has no other sign of it: it answers, and stays silent to who publishes."""
        log = self.folder / "nats.log"
        size = log.stat().st_size if log.is_file() else 0
        if size == self._log_read:
            return
        with log.open("rb") as lines:
            lines.seek(self._log_read if size > self._log_read else 0)
            said = lines.read()
        self._log_read = size
        self._gave_up = self._gave_up or GAVE_UP in said

    def _run(self) -> None:
        self._read_log()
        self._gave_up = False
        command = [programs_for(self.user, NATS).path("nats-server"), "--config", str(self._settings_file)]
        with self._start_log.open("w", encoding="utf-8") as output:
            self._process = start_child(
                command, environ=clean_environ(), user=self.user, output=output, end_signal=signal.SIGTERM, cwd=self.folder
            )

    def _clear_leftovers(self) -> None:
        """End a server whose starter was killed. We hold the lock, so nobody is using it."""
        running = self.process_id
        if running is None:
            (self.folder / "nats.pid").unlink(missing_ok=True)
            return
        end_process(running, signal.SIGTERM)
        deadline = clock.monotonic() + STOP_SECONDS
        while runs_in(running, self.folder):
            if clock.monotonic() > deadline:
                end_process(running, signal.SIGKILL)
            time.sleep(0.02)

    def _wait(self, deadline: float) -> None:
        while not self._is_ready():
            if self._process is None or self._process.poll() is not None:
                raise NatsFailed(f"NATS did not start. It said: {self._said()}")
            if clock.monotonic() > deadline:
                raise NatsFailed(f"NATS was not ready in time. It said: {self._said()}")
            time.sleep(0.01)

    def _is_ready(self) -> bool:
        """Whether the server answers as ours: its name is new at each start, so no other program is taken for it."""
        if self._place is None:
            return False
        greeting = _greeting(self._place.port)
        return greeting.get("server_name") == self._name and bool(greeting.get("jetstream"))

    def _said(self) -> str:
        texts = [
            path.read_text(encoding="utf-8", errors="replace")
            for path in (self._start_log, self.folder / "nats.log")
            if path.is_file()
        ]
        return "\n".join(texts)[-2000:].strip()


def _greeting(port: int) -> dict[str, Any]:
    """What a server says of itself to whoever connects; nothing where none answers."""
    try:
        with socket.create_connection((HOST, port), ANSWER_SECONDS) as connection, connection.makefile("rb") as lines:
            line = lines.readline(65_536).decode(errors="replace")
    except OSError:
        return {}
    word, _, said = line.partition(" ")
    try:
        return dict(json.loads(said)) if word == "INFO" else {}
    except ValueError:
        return {}
