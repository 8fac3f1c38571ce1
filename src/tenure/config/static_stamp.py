"""A stamp in the address of static files that changes when they do, so that browsers may keep them for good."""

from __future__ import annotations

import hashlib
from pathlib import Path


def static_stamp(root: Path) -> str:
    """Eight characters of a hash over names, sizes and times of every static file below `root`."""
    digest = hashlib.sha256()
    for folder in sorted(root.glob("*/static")):
        for path in sorted(folder.rglob("*")):
            if path.is_file():
                facts = path.stat()
                digest.update(f"{path.relative_to(root)} {facts.st_size} {facts.st_mtime_ns}\n".encode())
    return digest.hexdigest()[:8]
