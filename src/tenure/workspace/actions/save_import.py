"""How files of one kind are read is kept under a name, to be used again: by hand, from a folder, an address, on a schedule."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from tenure.workspace.action import action
from tenure.workspace.enums import ImportSource
from tenure.workspace.imports.plan import FilePlan
from tenure.workspace.imports.saved import fingerprint
from tenure.workspace.imports.sources import SourceInvalid, watched_folder
from tenure.workspace.imports.tables import record_named
from tenure.workspace.jobs import defer_job_at
from tenure.workspace.models import SavedImport
from tenure.workspace.outbound import public_address

if TYPE_CHECKING:
    from tenure.workspace.context import Context


@dataclass(frozen=True, slots=True)
class SavedFrom:
    """Where a saved import takes its files from. place: a folder below the watched one, or a URL. every_minutes: None for never by itself."""

    kind: str = ImportSource.NONE
    place: str = ""
    every_minutes: int | None = None


@action("workspace.run_import")
def save_import(
    ctx: Context,
    name: str,
    plan: FilePlan,
    header: Sequence[str],
    *,
    source: str = ImportSource.NONE,
    place: str = "",
    every_minutes: int | None = None,
) -> SavedImport:
    """Keep the plan, and where its files come from; a saved import of the same name is replaced.

    header: the columns of a file it fits. place: a folder below the watched one, or a URL. every_minutes: how often the source is looked
    at by itself; None for never. Raises SourceInvalid, OutboundRefused, RecordUnknown. Idempotent by name.
    """
    record_named(plan.record)
    where = SavedFrom(source, place, every_minutes)
    check_source(ctx, where)
    saved, _ = SavedImport.objects.update_or_create(
        workspace_id=ctx.workspace.pk,
        name=name.strip()[:80],
        defaults={
            "record": plan.record,
            "plan": plan.as_dict(),
            "fingerprint": fingerprint(header),
            "header": list(header),
            "switched_off_at": None,
            "source": source,
            "source_place": place,
            "every_minutes": every_minutes,
            "next_run_at": next_look(ctx, where),
            "actor_kind": ctx.actor.kind,
            "actor_id": ctx.actor.id,
            "created_at": ctx.now(),
        },
    )
    schedule(ctx, saved)
    ctx.audit(saved, source=source, every_minutes=every_minutes)
    return saved


def schedule(ctx: Context, saved: SavedImport) -> None:
    """Have the next run done at its time, if it has one. A run whose time was changed meanwhile finds that it is no longer due."""
    if saved.next_run_at is not None:
        due = saved.next_run_at
        defer_job_at("workspace.run_saved_import", due, workspace=str(ctx.workspace.pk), saved=str(saved.pk), due=due.isoformat())


def next_look(ctx: Context, source: SavedFrom) -> datetime | None:
    """When the source is looked at next by itself."""
    return ctx.now() + timedelta(minutes=source.every_minutes) if source.every_minutes else None


def check_source(ctx: Context, source: SavedFrom) -> None:
    """Raise SourceInvalid, OutboundRefused where no files can come from there; a watched folder is made."""
    if source.kind == ImportSource.FOLDER:
        watched_folder(ctx, source.place).mkdir(parents=True, exist_ok=True)
    elif source.kind == ImportSource.URL:
        public_address(_host_of(source.place), 443)
    elif source.every_minutes:
        raise SourceInvalid(place=source.place or "-", reason="a schedule needs a folder or an address to look at")


def _host_of(url: str) -> str:
    parts = urlsplit(url)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise SourceInvalid(place=url, reason="it must begin with https:// or http://")
    return parts.hostname
