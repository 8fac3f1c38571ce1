"""A disk that really becomes full: a file system in memory of a few MiB, which only root may make."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import pytest

PIECE = 64 * 1024


@dataclass(frozen=True)
class SmallDisk:
    """A folder with a disk of its own under it."""

    folder: Path

    def resize(self, mebibytes: int) -> None:
        """Make room, or take it."""
        _mount("-o", f"remount,size={mebibytes}m", str(self.folder))

    def fill(self, leave: int = 0) -> None:
        """Take every byte that is left but so many."""
        with suppress(OSError), self._ballast.open("wb", buffering=0) as ballast:
            while self.free_bytes > leave:
                ballast.write(bytes(PIECE))

    def empty(self) -> None:
        """Give back what `fill` took."""
        self._ballast.unlink()

    @property
    def _ballast(self) -> Path:
        return self.folder / "ballast"

    @property
    def free_bytes(self) -> int:
        """What is left."""
        found = os.statvfs(self.folder)
        return found.f_bavail * found.f_frsize


@contextmanager
def small_disk(folder: Path, mebibytes: int) -> Iterator[SmallDisk]:
    """A disk of that size on a folder for as long as the block lasts. Skips the test where this user may mount nothing."""
    folder.mkdir(parents=True, exist_ok=True)
    try:
        _mount("-t", "tmpfs", "-o", f"size={mebibytes}m,mode=0755", "tmpfs", str(folder))
    except (OSError, subprocess.CalledProcessError) as refused:
        pytest.skip(f"A full disk needs `mount -t tmpfs`, which is not allowed here: {refused}")
    try:
        yield SmallDisk(folder)
    finally:
        subprocess.run(["umount", "-l", str(folder)], check=True)


def _mount(*arguments: str) -> None:
    subprocess.run(["mount", *arguments], check=True, capture_output=True)
