"""What lies where in a home, and who may read it.

A home is made or taken over only when it is empty or already Tenure's; no folder above it is ever changed. As root the
home is root's and the engines' user owns only the folders postgres/, nats/ and socket/: nothing that root writes lies in them.
"""

import os
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from tenure.config.embedded.keys import keys_file
from tenure.config.problems import SetupProblem

if TYPE_CHECKING:
    from tenure.config.embedded.engine_user import EngineUser

LONGEST_SOCKET_PATH = 107  # bytes, on Linux: sun_path without its closing zero
SOCKET_FILE = ".s.PGSQL.5432"
LOCK_FILES = ("up.lock", "postgres.lock", "nats.lock")


class HomeNotUsable(SetupProblem):
    """The home folder cannot be used; the message says why and what to do."""


def postgres_folder(home: Path) -> Path:
    """What the embedded PostgreSQL owns."""
    return home / "postgres"


def nats_folder(home: Path) -> Path:
    """What the embedded NATS owns."""
    return home / "nats"


def socket_folder(home: Path) -> Path:
    """Where the embedded PostgreSQL's socket is: inside the home, or the short folder recorded there."""
    recorded = _recorded_socket_folder(home)
    if recorded.is_file():
        return Path(recorded.read_text(encoding="utf-8").strip())
    return home / "socket"


def ensure_home(home: Path, user: "EngineUser") -> None:
    """Make the home, closed to everybody but its owner and the engines' user.

    Raises HomeNotUsable when the folder holds somebody else's files or the engines' user cannot reach it.
    """
    home.mkdir(parents=True, exist_ok=True)
    others = {entry.name for entry in home.iterdir()} - {keys_file(home).name, *LOCK_FILES}
    if others and not keys_file(home).exists():
        raise HomeNotUsable(f"{home} holds files that are not Tenure's. Set TENURE_HOME to an empty folder.")
    if user.is_other:
        os.chown(home, os.geteuid(), user.group_id)
    home.chmod(0o750 if user.is_other else 0o700)
    if not user.can_enter(home):
        raise HomeNotUsable(
            f"The user {user.name}, who runs the engines, cannot reach {home}: a folder above it is closed. "
            "Leave TENURE_HOME unset, or set it to a folder under /var/lib/tenure."
        )


def ensure_private_folder(folder: Path, user: "EngineUser") -> None:
    """Make a folder that the engines' user alone may enter. Its parent must be ours: theirs could hold a trap."""
    folder.mkdir(exist_ok=True)
    folder.chmod(0o700)
    if user.is_other:
        os.chown(folder, user.user_id, user.group_id, follow_symlinks=False)


def write_for_engine(file: Path, text: str, user: "EngineUser") -> None:
    """Write a file of ours that the engines' user may read and nobody else: whole or not at all."""
    part = file.with_name(f"{file.name}.part")
    part.unlink(missing_ok=True)
    handle = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w", encoding="utf-8") as output:
        output.write(text)
        if user.is_other:
            os.fchown(handle, -1, user.group_id)
            os.fchmod(handle, 0o640)
    part.replace(file)


def ensure_socket_folder(home: Path, user: "EngineUser") -> Path:
    """Make the socket's folder: in the home, or a short one elsewhere where the home's path is too long."""
    folder = home / "socket"
    if len(os.fsencode(folder / SOCKET_FILE)) <= LONGEST_SOCKET_PATH:
        _recorded_socket_folder(home).unlink(missing_ok=True)
        ensure_private_folder(folder, user)
        return folder
    short = socket_folder(home)
    if not _is_private(short, user) or len(os.fsencode(short / SOCKET_FILE)) > LONGEST_SOCKET_PATH:
        short = Path(tempfile.mkdtemp(prefix="tenure-", dir=_short_base()))
        _recorded_socket_folder(home).write_text(f"{short}\n", encoding="utf-8")
    ensure_private_folder(short, user)
    return short


def _recorded_socket_folder(home: Path) -> Path:
    return home / "socket-folder"


def _short_base() -> Path:
    """A folder with a short path where this user may make folders: /run's if there is one, else /tmp."""
    if os.geteuid() == 0:
        base = Path("/run/tenure")
        base.mkdir(exist_ok=True)
        return base
    runtime = Path(f"/run/user/{os.geteuid()}")
    return runtime if os.access(runtime, os.W_OK) else Path("/tmp")  # noqa: S108 - mkdtemp makes it private


def _is_private(folder: Path, user: "EngineUser") -> bool:
    """Whether a folder is still the engines' own: one in /tmp may have been cleaned away and made anew by another."""
    try:
        status = folder.lstat()
    except FileNotFoundError:
        return False
    return folder.is_dir() and not folder.is_symlink() and status.st_uid == user.user_id and status.st_mode & 0o077 == 0
