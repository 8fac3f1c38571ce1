"""One owner at a time: a lock on a file of the home, which the operating system drops when its holder dies."""

import fcntl
import os
from pathlib import Path

from tenure.config.problems import SetupProblem


class AlreadyRunning(SetupProblem):
    """Another process holds the lock. note: what its holder wrote there."""

    def __init__(self, note: str) -> None:
        super().__init__(f"Tenure already runs from this folder ({note or 'just starting'}).")
        self.note = note


class FolderLock:
    """A lock that this process holds from take() to release(); never inherited by the engines it starts."""

    def __init__(self, file: Path) -> None:
        self.file = file
        self._handle: int | None = None

    def take(self, note: str = "") -> None:
        """Take the lock and leave a note in it. Raises AlreadyRunning."""
        handle = os.open(self.file, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            held_by = os.read(handle, 1000).decode(errors="replace").strip()
            os.close(handle)
            raise AlreadyRunning(held_by) from None
        self._handle = handle
        self.write_note(note or f"process {os.getpid()}")

    def write_note(self, note: str) -> None:
        """Say who holds the lock, for whoever comes next."""
        if self._handle is None:
            raise ValueError("A note is left only in a lock that is held.")
        os.ftruncate(self._handle, 0)
        os.pwrite(self._handle, note.encode(), 0)

    def release(self) -> None:
        """Let go; harmless when not held."""
        if self._handle is not None:
            os.close(self._handle)
            self._handle = None
