"""Starting a child that ends with us: also when we are killed, so that no engine is left behind."""

import os
import shutil
import signal
import subprocess
from collections.abc import Mapping, Sequence
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import IO, TYPE_CHECKING

if TYPE_CHECKING:
    from tenure.config.embedded.engine_user import EngineUser


def start_child(
    command: Sequence[str],
    *,
    environ: Mapping[str, str],
    user: "EngineUser | None" = None,
    output: IO[str] | None = None,
    end_signal: signal.Signals = signal.SIGTERM,
    pass_fds: Sequence[int] = (),
    cwd: str | Path | None = None,
) -> subprocess.Popen[bytes]:
    """Start a program in a session of its own, so that Ctrl-C reaches only us and we stop things in order.

    end_signal: what the child gets when this process (its main thread) dies without stopping it.
    output: a file for all it prints; None leaves it on our own output.
    """
    other = user if user is not None and user.is_other else None
    return subprocess.Popen(  # noqa: S603 - our own arguments, no shell
        [*_dying_with_us(end_signal), *command],
        env=dict(environ),
        user=other.user_id if other else None,
        group=other.group_id if other else None,
        extra_groups=[] if other else None,
        stdin=subprocess.DEVNULL,
        stdout=output,
        stderr=output,
        start_new_session=True,
        umask=0o077,
        pass_fds=pass_fds,
        cwd=cwd,
    )


def runs_in(process_id: int, folder: Path) -> bool:
    """Whether a process lives and works inside a folder, as an engine does in its own."""
    try:
        return Path(f"/proc/{process_id}/cwd").readlink() == folder.resolve()
    except (FileNotFoundError, PermissionError):
        return False


def end_process(process_id: int, with_signal: signal.Signals) -> None:
    """Send a process a signal; harmless when it has ended."""
    with suppress(ProcessLookupError):
        os.kill(process_id, with_signal)


def _dying_with_us(end_signal: signal.Signals) -> list[str]:
    program = _setpriv()
    return [program, "--pdeathsig", end_signal.name.removeprefix("SIG"), "--"] if program else []


@cache
def _setpriv() -> str | None:
    """util-linux's setpriv, part of every Debian; without it a child merely outlives a kill until the next start."""
    return shutil.which("setpriv")
