"""The embedded PostgreSQL: made at the first start, run by an unprivileged user, reached over a private socket.

The wheel brings the programs and nothing else: its own way to start a server opens folders to everybody.
"""

import locale
import os
import shutil
import signal
import subprocess
import time
from pathlib import Path
from typing import Self

import psycopg

from tenure.config.embedded import folders, roles
from tenure.config.embedded.binaries import POSTGRES, Programs, programs_for
from tenure.config.embedded.engine_user import clean_environ, ensure_engine_user
from tenure.config.embedded.keys import HomeKeys, ensure_keys
from tenure.config.embedded.locks import FolderLock
from tenure.config.embedded.postgres_settings import ACCESS_RULES, machine_memory, server_settings, settings_file
from tenure.config.embedded.processes import end_process, runs_in, start_child
from tenure.config.problems import SetupProblem
from tenure.kernel import clock

PREPARATION = "1"  # raise it when roles.py changes what a server needs
STOP_SECONDS = 60
PID_FILE_LINES = 8
_NOT_YET_GONE = "is still in use"  # what PostgreSQL says while processes of a killed server finish


class PostgresFailed(SetupProblem):
    """The server could not be made or started; the message ends with its own words."""


class EmbeddedPostgres:
    """One PostgreSQL server in one home. Used with `with`, it runs inside the block."""

    def __init__(self, home: Path, *, durable: bool = True) -> None:
        """home: a whole path. durable=False is for tests: fast, and worth nothing after a crash."""
        self.home = home
        self.durable = durable
        self.user = ensure_engine_user()
        self._lock = FolderLock(home / "postgres.lock")
        self._process: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    @property
    def folder(self) -> Path:
        """The cluster's own files."""
        return folders.postgres_folder(self.home) / "cluster"

    @property
    def _settings_file(self) -> Path:
        return self.home / "postgresql.conf"

    @property
    def _access_file(self) -> Path:
        return self.home / "pg_hba.conf"

    @property
    def keys(self) -> HomeKeys:
        """The passwords of this home."""
        return ensure_keys(self.home)

    @property
    def programs(self) -> Programs:
        """PostgreSQL's programs, as the server's user runs them."""
        return programs_for(self.user, POSTGRES)

    @property
    def process_id(self) -> int | None:
        """The running server's process, whoever started it; None when there is none."""
        process_id = self._recorded_process()
        return process_id if process_id and runs_in(process_id, self.folder) else None

    @property
    def is_running(self) -> bool:
        """Whether a server of this home runs, whoever started it."""
        return self.process_id is not None

    @property
    def is_stuck(self) -> bool:
        """Never: what it cannot write fails alone, and it goes on when there is room again."""
        return False

    def url(self, role: str = roles.APP_ROLE, database: str = roles.DATABASE) -> str:
        """How a role reaches a database of this server."""
        passwords = {
            roles.SUPERUSER: self.keys.superuser_password,
            roles.OWNER_ROLE: self.keys.owner_password,
            roles.APP_ROLE: self.keys.app_password,
        }
        return roles.socket_url(role, passwords[role], folders.socket_folder(self.home), database)

    def start(self, *, seconds: float = 60) -> None:
        """Start the server, making it first where there is none; return when it answers.

        Raises AlreadyRunning when another process runs it, HomeNotUsable, PostgresFailed.
        """
        folders.ensure_home(self.home, self.user)
        self._lock.take()
        try:
            self.ensure_initialised()
            self._configure()
            self._clear_leftovers()
            self._launch(clock.monotonic() + seconds)
            self._prepare()
        except BaseException:
            self.stop()
            raise

    def stop(self) -> None:
        """Stop the server that this object started, its work finished and on disk; harmless when it does not run."""
        if self._process is not None:
            if self._process.poll() is None:
                end_process(self._process.pid, signal.SIGINT)
            try:
                self._process.wait(STOP_SECONDS)
            except subprocess.TimeoutExpired:
                end_process(self._process.pid, signal.SIGQUIT)
                self._process.wait()
            self._process = None
        self._lock.release()

    def ensure_initialised(self) -> None:
        """Make the cluster where there is none. One that was cut short while being made is made again."""
        folders.ensure_home(self.home, self.user)
        keys = self.keys
        folders.ensure_private_folder(folders.postgres_folder(self.home), self.user)
        if not (self.folder / "PG_VERSION").is_file():
            self._initialise(keys.superuser_password)

    def create_database(self, database: str) -> None:
        """Make a further database, with the extensions and rights of the first."""
        with psycopg.connect(self.url(roles.SUPERUSER, "postgres"), autocommit=True) as connection:
            roles.create_database(connection, database)
        with psycopg.connect(self.url(roles.SUPERUSER, database), autocommit=True) as connection:
            roles.prepare_database(connection)

    def _initialise(self, password: str) -> None:
        unfinished = self.folder.with_name("cluster-unfinished")
        password_file = self.home / "postgres-password"
        shutil.rmtree(unfinished, ignore_errors=True)
        folders.write_for_engine(password_file, password, self.user)
        command = [self.programs.path("initdb"), "-D", str(unfinished), "-U", roles.SUPERUSER, "--auth=scram-sha-256"]
        try:
            made = self.user.run([*command, f"--pwfile={password_file}", *_text_options(durable=self.durable)])
        finally:
            password_file.unlink()
        if made.returncode != 0:
            raise PostgresFailed(f"PostgreSQL could not be set up in {self.folder}. It said: {made.stderr.strip()}")
        unfinished.rename(self.folder)

    def _configure(self) -> None:
        settings = server_settings(
            socket_folder=folders.ensure_socket_folder(self.home, self.user),
            access_file=self._access_file,
            log_folder=self.folder.with_name("log"),
            memory=machine_memory(),
            cores=os.cpu_count() or 1,
            durable=self.durable,
        )
        folders.write_for_engine(self._settings_file, settings_file(settings), self.user)
        folders.write_for_engine(self._access_file, ACCESS_RULES, self.user)

    def _clear_leftovers(self) -> None:
        """End a server whose starter was killed; forget the number of a process that is not a server of ours.

        We hold the lock, so nobody is using either.
        """
        running = self.process_id
        if running is None:
            (self.folder / "postmaster.pid").unlink(missing_ok=True)
            return
        end_process(running, signal.SIGINT)
        deadline = clock.monotonic() + STOP_SECONDS
        while runs_in(running, self.folder):
            if clock.monotonic() > deadline:
                raise PostgresFailed(f"An earlier PostgreSQL (process {running}) does not stop. End it and try again.")
            time.sleep(0.05)

    def _launch(self, deadline: float) -> None:
        while True:
            said = self._launch_once(deadline)
            if said is None:
                return
            if _NOT_YET_GONE not in said or clock.monotonic() > deadline:
                raise PostgresFailed(f"PostgreSQL did not start. It said: {said[-2000:].strip()}{self._logged()}")
            time.sleep(0.2)

    def _launch_once(self, deadline: float) -> str | None:
        """Start the server and wait until it accepts connections; else what it said."""
        log = self.home / "postgres-start.log"
        with log.open("w", encoding="utf-8") as output:
            self._process = start_child(
                [self.programs.path("postgres"), "-D", str(self.folder), f"--config-file={self._settings_file}"],
                environ=clean_environ(),
                user=self.user,
                output=output,
                end_signal=signal.SIGINT,
                cwd="/",
            )
        while self._process.poll() is None and clock.monotonic() < deadline:
            if self._is_ready():
                return None
            time.sleep(0.02)
        if self._process.poll() is None:
            end_process(self._process.pid, signal.SIGQUIT)
            self._process.wait()
            return f"not ready in time\n{log.read_text(encoding='utf-8', errors='replace')}"
        return log.read_text(encoding="utf-8", errors="replace")

    def _is_ready(self) -> bool:
        """Whether the server says so in its pid file, as pg_ctl asks: line 1 the process, line 8 its state."""
        lines = self._pid_file_lines()
        return (
            len(lines) >= PID_FILE_LINES
            and self._process is not None
            and lines[0].strip() == str(self._process.pid)
            and (lines[7].strip() == "ready")
        )

    def _prepare(self) -> None:
        """Give a new server its roles and database; remembered, so that a later start does not ask."""
        done = self.home / "postgres-prepared"
        if done.is_file() and done.read_text(encoding="utf-8") == PREPARATION:
            return
        keys = self.keys
        passwords = roles.RolePasswords(owner=keys.owner_password, app=keys.app_password)
        with psycopg.connect(self.url(roles.SUPERUSER, "template1"), autocommit=True) as connection:
            roles.prepare_server(connection, passwords)
            roles.prepare_database(connection)
        self.create_database(roles.DATABASE)
        done.write_text(PREPARATION, encoding="utf-8")

    def _recorded_process(self) -> int | None:
        first = next(iter(self._pid_file_lines()), "")
        return int(first) if first.strip().isdigit() else None

    def _pid_file_lines(self) -> list[str]:
        try:
            return (self.folder / "postmaster.pid").read_text(encoding="utf-8", errors="replace").splitlines()
        except (FileNotFoundError, PermissionError):
            return []

    def _logged(self) -> str:
        """The end of the newest log, where a server that logs to files says why it stopped."""
        logs = sorted((self.folder.parent / "log").glob("*.log"), key=lambda log: log.stat().st_mtime)
        return f"\n{logs[-1].read_text(encoding='utf-8', errors='replace')[-1500:]}" if logs else ""


def _text_options(*, durable: bool) -> list[str]:
    """UTF-8, sorted by code point, with Unicode's rules for case and letters and no ICU.

    The ctype lets pg_trgm see Chinese: with plain C it takes no trigram from letters beyond ASCII.
    """
    ctype = "C.UTF-8" if _has_locale("C.UTF-8") else "C"
    options = ["--encoding=UTF8", "--locale=C", f"--lc-ctype={ctype}"]
    provider = ["--locale-provider=builtin", "--builtin-locale=C.UTF-8"]
    return [*options, *provider, "--data-checksums" if durable else "--no-sync"]


def _has_locale(name: str) -> bool:
    before = locale.setlocale(locale.LC_CTYPE)
    try:
        locale.setlocale(locale.LC_CTYPE, name)
    except locale.Error:
        return False
    locale.setlocale(locale.LC_CTYPE, before)
    return True
