"""A backup as one tar file: first what it is, then the database and the folders of files, stream and event store, last the sums of all that.

Both writing and reading pass once through the file, so a backup may be larger than memory by any factor.
"""

import hashlib
import io
import json
import os
import tarfile
from collections.abc import Iterator, Mapping
from contextlib import closing
from itertools import chain
from pathlib import Path, PurePosixPath
from typing import IO, Any

from tenure.config.problems import SetupProblem

FORMAT = 1
MANIFEST = "manifest.json"
KEYS = "keys.json"
DATABASE_DUMP = "database.dump"
FILES = "files"
STREAM = "stream"
STORE = "store"
FOLDERS = (FILES, STREAM, STORE)
SUMS = "SHA256SUMS"
BLOCK = 1024 * 1024


class BackupUnusable(SetupProblem):
    """The file is no backup, is cut short, or was changed."""


class _Summed:
    """A stream that is summed while it is read."""

    def __init__(self, source: IO[bytes]) -> None:
        self.source = source
        self.sum = hashlib.sha256()

    def read(self, size: int = -1) -> bytes:
        block = self.source.read(size)
        self.sum.update(block)
        return block


def write_archive(
    target: Path, *, manifest: dict[str, Any], keys: dict[str, Any], dump: Path, folders: Mapping[str, Path]
) -> None:
    """Write a backup. folders: what goes below each of FOLDERS, or below a folder in one; the file appears only when it is whole and on the disk, and is closed to others."""
    part = target.with_name(f"{target.name}.part")
    part.unlink(missing_ok=True)
    try:
        with os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as output:
            with tarfile.open(fileobj=output, mode="w|", format=tarfile.PAX_FORMAT) as archive:
                _write_members(archive, {"format": FORMAT, **manifest}, keys, dump, folders)
            output.flush()
            os.fsync(output.fileno())
        part.replace(target)
    finally:
        part.unlink(missing_ok=True)


def read_manifest(source: Path) -> dict[str, Any]:
    """What a backup says of itself. Raises BackupUnusable."""
    try:
        with tarfile.open(source, mode="r|") as archive:
            first = archive.next()
            content = archive.extractfile(first) if first is not None and first.name == MANIFEST else None
            manifest = json.loads(content.read(BLOCK)) if content is not None else {}
    except (tarfile.TarError, ValueError, EOFError) as broken:
        raise BackupUnusable(f"{source} is no backup of Tenure.") from broken
    if not isinstance(manifest, dict) or manifest.get("format") != FORMAT:
        raise BackupUnusable(f"{source} is no backup that this version of Tenure can read.")
    return manifest


def extract_archive(source: Path, folder: Path) -> dict[str, Any]:
    """Unpack a backup into an empty folder and return its keys, every byte checked against the sums.

    Raises BackupUnusable; what is in the folder then is worth nothing.
    """
    read_manifest(source)
    sums = hashlib.sha256()
    expected: str | None = None
    try:
        for member, content in _members(source):
            if member == SUMS:
                expected = hashlib.sha256(content.read()).hexdigest()
            else:
                sums.update(_unpack(member, content, folder))
    except (tarfile.TarError, EOFError) as broken:
        raise BackupUnusable(f"{source} is cut short or damaged.") from broken
    if expected is None:
        raise BackupUnusable(f"{source} is cut short: its end is missing.")
    if expected != sums.hexdigest():
        raise BackupUnusable(f"{source} was changed or damaged: its sums do not match.")
    keys = json.loads((folder / KEYS).read_text(encoding="utf-8"))
    return dict(keys)


def _write_members(
    archive: tarfile.TarFile, manifest: dict[str, Any], keys: dict[str, Any], dump: Path, folders: Mapping[str, Path]
) -> None:
    sums = io.BytesIO()
    for name, content in ((MANIFEST, manifest), (KEYS, keys)):
        encoded = json.dumps(content, indent=2).encode()
        sums.write(_add(archive, name, io.BytesIO(encoded), len(encoded)))
    walked = chain.from_iterable(_walk(name, folder) for name, folder in folders.items())
    for name, path in chain(((DATABASE_DUMP, dump),), walked):
        with path.open("rb") as content_file:
            sums.write(_add(archive, name, content_file, path.stat().st_size))
    size = sums.tell()
    sums.seek(0)
    _add(archive, SUMS, sums, size)


def _add(archive: tarfile.TarFile, name: str, content: IO[bytes], size: int) -> bytes:
    """Add a member and return its line of the sums."""
    member = tarfile.TarInfo(name)
    member.size, member.mode = size, 0o600
    summed = _Summed(content)
    archive.addfile(member, summed)
    _forget_members(archive)
    return _sum_line(name, summed.sum.hexdigest())


def _forget_members(archive: tarfile.TarFile) -> None:
    """Keep memory flat: tarfile remembers every member it wrote or read."""
    archive.members = []  # type: ignore[attr-defined]  # its documentation names it for this


def _walk(name: str, folder: Path) -> Iterator[tuple[str, Path]]:
    """The ordinary files under a folder, in one order, with their names in the backup."""
    for parent, folders, names in os.walk(folder):
        folders.sort()
        for file in sorted(names):
            path = Path(parent, file)
            if path.is_file() and not path.is_symlink():
                yield f"{name}/{path.relative_to(folder).as_posix()}", path


def _members(source: Path) -> Iterator[tuple[str, IO[bytes]]]:
    with closing(tarfile.open(source, mode="r|")) as archive:
        for member in archive:
            content = archive.extractfile(member) if member.isreg() else None
            if content is None or not _is_ours(member.name):
                raise BackupUnusable(f"{source} holds {member.name!r}, which no backup of Tenure has.")
            yield member.name, content
            _forget_members(archive)


def _is_ours(name: str) -> bool:
    """Whether a backup may hold that name: one that leads out of its folder never."""
    path = PurePosixPath(name)
    if path.is_absolute() or ".." in path.parts:
        return False
    return name in {MANIFEST, KEYS, DATABASE_DUMP, SUMS} or (path.parts[0] in FOLDERS and len(path.parts) > 1)


def _unpack(name: str, content: IO[bytes], folder: Path) -> bytes:
    """Write one member below the folder and return its line of the sums."""
    target = folder / name
    target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    summed = _Summed(content)
    with os.fdopen(os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as output:
        while block := summed.read(BLOCK):
            output.write(block)
    return _sum_line(name, summed.sum.hexdigest())


def _sum_line(name: str, digest: str) -> bytes:
    return f"{digest}  {name}\n".encode()
