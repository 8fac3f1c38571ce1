"""The bytes of a file as it lies there: plain, gzip or a ZIP with one table, never more of them than the bound."""

from __future__ import annotations

import gzip
import io
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, cast

from tenure.workspace.tabular.dialect import Limits
from tenure.workspace.tabular.errors import ArchiveHoldsSeveralFiles, FileTooLarge, UnreadableFile

GZIP_MAGIC = b"\x1f\x8b"
ZIP_MAGIC = b"PK\x03\x04"
OLE_MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


@dataclass(slots=True)
class Progress:
    """How far the reading of a file has come, in bytes of the file as it lies on the disk."""

    total_bytes: int
    read_bytes: int = 0

    @property
    def share(self) -> float:
        """From 0 to 1."""
        return min(1.0, self.read_bytes / self.total_bytes) if self.total_bytes else 1.0


class _Bounded(io.RawIOBase):
    """Passes bytes on and raises FileTooLarge once more than the limit came out: real sizes, not declared ones."""

    def __init__(self, inner: IO[bytes], disk: IO[bytes], name: str, limit: int, progress: Progress) -> None:
        self._inner = inner
        self._disk = disk
        self._name = name
        self._left = limit
        self._limit = limit
        self._progress = progress

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: object) -> int:
        view = memoryview(cast("bytearray", buffer))
        try:
            block = self._inner.read(len(view))
        except (EOFError, OSError, zipfile.BadZipFile, zlib.error) as error:
            raise UnreadableFile(name=self._name, reason=str(error)) from error
        self._left -= len(block)
        if self._left < 0:
            raise FileTooLarge(name=self._name, limit=self._limit)
        view[: len(block)] = block
        self._progress.read_bytes = self._disk.tell()
        return len(block)


def starts_with(path: Path) -> bytes:
    """The file's first bytes, by which its format is known."""
    with path.open("rb") as file:
        return file.read(8)


@contextmanager
def open_bytes(path: Path, limits: Limits, progress: Progress | None = None) -> Iterator[io.BufferedReader]:
    """The table's bytes, unpacked where the file is gzip or a ZIP with one table.

    Raises FileTooLarge, ArchiveHoldsSeveralFiles, UnreadableFile (a broken archive).
    """
    progress = progress or Progress(path.stat().st_size)
    if path.stat().st_size > limits.bytes:
        raise FileTooLarge(name=path.name, limit=limits.bytes)
    with path.open("rb") as disk, _unpacked(disk, path, limits) as inner:
        bounded = _Bounded(inner, disk, path.name, limits.bytes, progress)
        yield io.BufferedReader(bounded, buffer_size=1024 * 1024)


@contextmanager
def _unpacked(disk: IO[bytes], path: Path, limits: Limits) -> Iterator[IO[bytes]]:
    magic = disk.read(4)
    disk.seek(0)
    if magic[:2] == GZIP_MAGIC:
        with gzip.GzipFile(fileobj=disk) as inner:
            yield cast("IO[bytes]", inner)
    elif magic == ZIP_MAGIC:
        with _only_member(disk, path, limits) as inner:
            yield inner
    else:
        yield disk


@contextmanager
def _only_member(disk: IO[bytes], path: Path, limits: Limits) -> Iterator[IO[bytes]]:
    try:
        archive = zipfile.ZipFile(disk)
    except zipfile.BadZipFile as error:
        raise UnreadableFile(name=path.name, reason=str(error)) from error
    with archive:
        members = [one for one in archive.infolist() if not one.is_dir() and not one.filename.startswith("__MACOSX")]
        if len(members) != 1:
            raise ArchiveHoldsSeveralFiles(name=path.name, count=len(members))
        if members[0].file_size > limits.bytes:
            raise FileTooLarge(name=path.name, limit=limits.bytes)
        try:
            inner = archive.open(members[0])
        except (RuntimeError, NotImplementedError) as error:
            raise UnreadableFile(name=path.name, reason=str(error)) from error
        with inner:
            yield inner
