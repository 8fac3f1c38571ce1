"""A database to a file and back, by PostgreSQL's own pg_dump and pg_restore."""

import os
import subprocess
from pathlib import Path
from urllib.parse import unquote, urlsplit, urlunsplit

from tenure.config.embedded.binaries import wheel_programs
from tenure.config.problems import SetupProblem

DUMP_OPTIONS = ("--format=custom", "--compress=gzip:4", "--exclude-extension=*")


class DumpFailed(SetupProblem):
    """PostgreSQL could not write or read a dump; the message ends with its own words."""


def dump_database(url: str, file: Path) -> None:
    """Write a whole database, without its extensions, as it is at one instant. Raises DumpFailed."""
    _run_program("pg_dump", url, *DUMP_OPTIONS, f"--file={file}")


def restore_database(url: str, file: Path, *, in_place: bool) -> None:
    """Read a dump into a database that has its extensions and roles already.

    in_place: replace what is there, all of it or, on an error, nothing. Otherwise the database is new and empty.
    Raises DumpFailed.
    """
    whole = ("--single-transaction", "--clean", "--if-exists") if in_place else (f"--jobs={os.cpu_count() or 1}",)
    _run_program("pg_restore", url, "--exit-on-error", *whole, str(file))


def _run_program(program: str, url: str, *arguments: str) -> None:
    """Run a program with the password where no list of processes shows it."""
    shown, password = _without_password(url)
    done = subprocess.run(  # noqa: S603 - our own arguments, no shell
        [wheel_programs().path(program), f"--dbname={shown}", *arguments],
        env={"PATH": "/usr/bin:/bin", "LC_ALL": "C", "PGPASSWORD": password},
        capture_output=True,
        text=True,
        check=False,
        umask=0o077,
    )
    if done.returncode != 0:
        raise DumpFailed(f"{program} failed: {done.stderr.strip()[-2000:]}")


def _without_password(url: str) -> tuple[str, str]:
    parts = urlsplit(url)
    login, at, host = parts.netloc.rpartition("@")
    user, _, password = login.partition(":")
    return urlunsplit(parts._replace(netloc=f"{user}{at}{host}")), unquote(password)
