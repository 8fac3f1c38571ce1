"""Who runs the engines: ourselves, or an unprivileged system user where we are root (PostgreSQL refuses root)."""

import os
import pwd
import subprocess
from dataclasses import dataclass
from pathlib import Path

USER_NAME = "tenure"
FALLBACK_USER_NAME = "nobody"
FIRST_PERSON = 1000  # login.defs, UID_MIN: below are system users


@dataclass(frozen=True)
class EngineUser:
    """The user and group that engines run as."""

    name: str
    user_id: int
    group_id: int

    @property
    def is_other(self) -> bool:
        """Whether that is somebody else than who runs this process."""
        return self.user_id != os.geteuid()

    def can_enter(self, folder: Path) -> bool:
        """Whether they can reach a folder, with the permissions of all the folders above it."""
        return self.run(["test", "-x", str(folder)]).returncode == 0

    def run(self, command: list[str], *, text: str | None = None) -> subprocess.CompletedProcess[str]:
        """Run a command to its end as them, from /, its output captured; files it makes are closed to others."""
        return subprocess.run(  # noqa: S603 - our own arguments, no shell
            command,
            input=text,
            capture_output=True,
            text=True,
            check=False,
            cwd="/",
            umask=0o077,
            user=self.user_id if self.is_other else None,
            group=self.group_id if self.is_other else None,
            extra_groups=[] if self.is_other else None,
            env=clean_environ(),
        )


def clean_environ() -> dict[str, str]:
    """The variables that an engine gets: none that changes how PostgreSQL's programs behave, and no secret."""
    kept = {name: os.environ[name] for name in ("PATH", "TZDIR") if name in os.environ}
    return {"PATH": "/usr/bin:/bin", **kept, "LC_ALL": "C", "TZ": "UTC"}


def current_user() -> EngineUser:
    """Ourselves: who runs what needs no user of its own."""
    return EngineUser(str(os.geteuid()), os.geteuid(), os.getegid())


def ensure_engine_user() -> EngineUser:
    """The user for the engines; as root, the system user tenure, made now if the machine has none."""
    if os.geteuid() != 0:
        return current_user()
    return _system_user(USER_NAME) or _create_system_user() or _named_user(FALLBACK_USER_NAME)


def _create_system_user() -> EngineUser | None:
    command = ["useradd", "--system", "--user-group", "--no-create-home", "--home-dir", "/nonexistent"]
    try:
        subprocess.run([*command, "--shell", "/usr/sbin/nologin", USER_NAME], capture_output=True, check=False)  # noqa: S603 - fixed words
    except FileNotFoundError:
        return None
    return _system_user(USER_NAME)


def _system_user(name: str) -> EngineUser | None:
    """A user by name unless a person of that name has an account here: theirs is not ours to use."""
    try:
        user = _named_user(name)
    except KeyError:
        return None
    return user if 0 < user.user_id < FIRST_PERSON else None


def _named_user(name: str) -> EngineUser:
    entry = pwd.getpwnam(name)
    return EngineUser(entry.pw_name, entry.pw_uid, entry.pw_gid)
