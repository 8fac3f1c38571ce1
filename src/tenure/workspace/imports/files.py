"""Files that were given: stored once, opened again as a table for as long as an import needs them."""

from __future__ import annotations

import errno
import hashlib
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, TYPE_CHECKING

from django.core.files import File
from django.core.files.storage import default_storage

from tenure.kernel.ids import uuid7
from tenure.workspace.imports.errors import DiskFull
from tenure.workspace.models import StoredFile
from tenure.workspace.tabular.dialect import Limits
from tenure.workspace.tabular.errors import FileTooLarge, UnreadableFile

if TYPE_CHECKING:
    from tenure.workspace.context import Context

_BLOCK = 1024 * 1024
FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)


def store_file(ctx: Context, name: str, content: IO[bytes]) -> StoredFile:
    """Keep a file under a name of its own in the files' storage. Raises DiskFull; nothing of it is left then."""
    key = uuid7()
    path = f"{ctx.workspace.pk}/imports/{key}{Path(name).suffix[:10].lower()}"
    digest, size = _measured(content)
    if size > (limit := Limits().bytes):
        raise FileTooLarge(name=Path(name).name, limit=limit)
    content.seek(0)
    try:
        stored = default_storage.save(path, File(content, name=path))
    except OSError as error:
        default_storage.delete(path)
        if error.errno in FULL:
            raise DiskFull from error
        raise
    return StoredFile.objects.create(
        id=key,
        workspace_id=ctx.workspace.pk,
        name=Path(name).name,
        path=stored,
        size=size,
        digest=digest,
        created_at=ctx.now(),
        created_by_id=ctx.actor.id,
    )


@contextmanager
def local_file(stored: StoredFile) -> Iterator[Path]:
    """The file on this machine's disk, fetched where the storage is elsewhere; what cannot be read of it is said by its own name."""
    try:
        with _on_disk(stored) as path:
            yield path
    except UnreadableFile as error:
        error.facts["name"] = stored.name
        raise


@contextmanager
def _on_disk(stored: StoredFile) -> Iterator[Path]:
    try:
        here: Path | None = Path(default_storage.path(stored.path))
    except NotImplementedError:
        here = None
    if here is not None:
        yield here
        return
    with tempfile.TemporaryDirectory(prefix="tenure-import-") as folder:
        path = Path(folder) / Path(stored.path).name
        with default_storage.open(stored.path, "rb") as source, path.open("wb") as target:
            shutil.copyfileobj(source, target, _BLOCK)
        yield path


def _measured(content: IO[bytes]) -> tuple[bytes, int]:
    digest = hashlib.sha256()
    size = 0
    while block := content.read(_BLOCK):
        digest.update(block)
        size += len(block)
    return digest.digest(), size
