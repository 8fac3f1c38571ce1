"""Room on the disk of the embedded NATS: what is left of a full disk belongs to the database and to what was acknowledged already."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import structlog

from tenure.kernel import clock

if TYPE_CHECKING:
    from pathlib import Path

RESERVE_BYTES = 256 * 1024**2
RESERVE_PART = 10
LOOK_SECONDS = 1.0
log = structlog.get_logger(__name__)


class DiskRoom:
    """Whether a disk may take more; it is looked at once a second at most."""

    def __init__(self, folder: Path | None) -> None:
        """folder: on that disk; None where it is another machine's, which says itself what it can take."""
        self._folder = folder
        self._looked_at = float("-inf")
        self._is_short = False

    def is_short(self) -> bool:
        """Whether less is free than 256 MiB, or a tenth of a small disk. NATS at its end would fall silent and need a new start."""
        now = clock.monotonic()
        if self._folder is not None and now - self._looked_at >= LOOK_SECONDS:
            was_short, self._looked_at = self._is_short, now
            self._is_short = _is_short(self._folder)
            if self._is_short != was_short:
                log.warning("disk_short" if self._is_short else "disk_has_room", folder=str(self._folder))
        return self._is_short


def _is_short(folder: Path) -> bool:
    try:
        disk = os.statvfs(folder)
    except OSError:
        return False
    return disk.f_bavail * disk.f_frsize < min(RESERVE_BYTES, disk.f_blocks * disk.f_frsize // RESERVE_PART)
