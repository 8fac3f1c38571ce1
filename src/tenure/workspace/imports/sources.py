"""Where a saved import takes its files: a folder that is watched, an address on the web; and when it does so by itself."""

from __future__ import annotations

import hashlib
import tempfile
from datetime import timedelta
from pathlib import Path, PurePosixPath
from typing import IO, TYPE_CHECKING

from django.conf import settings

from tenure.kernel.errors import Invalid
from tenure.workspace.actions.draft_import import draft_import
from tenure.workspace.enums import ImportSource
from tenure.workspace.imports.plan import FilePlan
from tenure.workspace.imports.saved import get_saved
from tenure.workspace.models import ImportRun, SavedImport
from tenure.workspace.outbound import fetch
from tenure.workspace.scope import enter
from tenure.workspace.tabular.dialect import Limits
from tenure.workspace.tabular.errors import UnreadableFile

if TYPE_CHECKING:
    from tenure.workspace.context import Context

# A file that still grows is not whole yet.
SETTLED_AFTER = timedelta(seconds=5)
DONE, REFUSED = "done", "refused"


class SourceInvalid(Invalid):
    """The place a saved import is to take its files from cannot be one."""

    code = "source_invalid"
    message = "{place} cannot be the source of an import: {reason}."


def watched_folder(ctx: Context, place: str) -> Path:
    """The folder of a saved import, below the installation's folder for imports. Raises SourceInvalid where it would lie outside."""
    parts = PurePosixPath(place).parts
    if not parts or any(part in ("..", "/", DONE, REFUSED) or part.startswith(".") for part in parts):
        raise SourceInvalid(place=place, reason="it must be the name of a folder below the folder for imports")
    return Path(settings.IMPORT_FOLDER, ctx.workspace.slug, *parts)


def draft_from_source(ctx: Context, name: str) -> ImportRun | None:
    """A draft from what the saved import's source holds now; None where that is nothing new. Raises NotFound, OutboundRefused."""
    saved = get_saved(ctx, name)
    if saved.source == ImportSource.FOLDER:
        return _draft_from_folder(ctx, saved)
    if saved.source == ImportSource.URL:
        return _draft_from_url(ctx, saved)
    raise SourceInvalid(place=name, reason="it has none: name the files")


def _draft_from_folder(ctx: Context, saved: SavedImport) -> ImportRun | None:
    folder = watched_folder(ctx, saved.source_place)
    settled_before = (ctx.now() - SETTLED_AFTER).timestamp()
    waiting = [path for path in folder.glob("*") if path.is_file() and not path.name.startswith(".")] if folder.is_dir() else []
    waiting = sorted((path for path in waiting if path.stat().st_mtime <= settled_before), key=lambda path: path.stat().st_mtime)
    if not waiting:
        return None
    try:
        with waiting[0].open("rb") as content:
            run = _draft(ctx, saved, waiting[0].name, content)
    except UnreadableFile:
        _put_into(folder / REFUSED, waiting[0], ctx)
        raise
    _put_into(folder / DONE, waiting[0], ctx)
    return run


def _put_into(folder: Path, path: Path, ctx: Context) -> None:
    """Take a file out of the watched folder, so that it is neither read again nor in the way of others."""
    folder.mkdir(exist_ok=True)
    path.rename(folder / f"{ctx.now():%Y%m%dT%H%M%S%fZ}-{path.name}")


def _draft_from_url(ctx: Context, saved: SavedImport) -> ImportRun | None:
    with tempfile.TemporaryFile() as content:
        name = fetch(saved.source_place, content, limit=Limits().bytes)
        content.seek(0)
        digest = hashlib.file_digest(content, "sha256").digest()
        if digest == bytes(saved.last_digest):
            return None
        content.seek(0)
        run = _draft(ctx, saved, name or "download.csv", content)
        with enter(ctx.scope):
            SavedImport.objects.filter(pk=saved.pk).update(last_digest=digest)
        return run


def _draft(ctx: Context, saved: SavedImport, name: str, content: IO[bytes]) -> ImportRun:
    run = draft_import(ctx, [(name, content, FilePlan.from_dict(saved.plan))], title=f"{saved.name}: {name}", saved=saved)
    with enter(ctx.scope):
        SavedImport.objects.filter(pk=saved.pk).update(last_run_at=ctx.now())
    return run
