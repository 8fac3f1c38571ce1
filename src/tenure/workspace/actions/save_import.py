"""How files of one kind are read is kept under a name, to be used again: by hand, from a folder, an address, on a schedule."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
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
    _check_source(ctx, source, place, every_minutes)
    saved, _ = SavedImport.objects.update_or_create(
        workspace_id=ctx.workspace.pk,
        name=name.strip()[:80],
        defaults={
            "record": plan.record,
            "plan": plan.as_dict(),
            "fingerprint": fingerprint(header),
            "source": source,
            "source_place": place,
            "every_minutes": every_minutes,
            "next_run_at": ctx.now() + timedelta(minutes=every_minutes) if every_minutes else None,
            "actor_kind": ctx.actor.kind,
            "actor_id": ctx.actor.id,
            "created_at": ctx.now(),
        },
    )
    if saved.next_run_at:
        schedule(ctx, saved)
    ctx.audit(saved, source=source, every_minutes=every_minutes)
    return saved


def schedule(ctx: Context, saved: SavedImport) -> None:
    """Have the next run done at its time. A run whose time was changed meanwhile finds that it is no longer due."""
    assert saved.next_run_at is not None
    due = saved.next_run_at
    defer_job_at("workspace.run_saved_import", due, workspace=str(ctx.workspace.pk), saved=str(saved.pk), due=due.isoformat())


def _check_source(ctx: Context, source: str, place: str, every_minutes: int | None) -> None:
    if source == ImportSource.FOLDER:
        watched_folder(ctx, place).mkdir(parents=True, exist_ok=True)
    elif source == ImportSource.URL:
        public_address(_host_of(place), 443)
    elif every_minutes:
        raise SourceInvalid(place=place or "-", reason="a schedule needs a folder or an address to look at")


def _host_of(url: str) -> str:
    parts = urlsplit(url)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise SourceInvalid(place=url, reason="it must begin with https:// or http://")
    return parts.hostname
