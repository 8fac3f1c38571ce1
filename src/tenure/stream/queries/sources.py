"""Sources: one by id, all of a workspace, and the one that a write key stands for."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from asgiref.sync import sync_to_async
from django.conf import settings
from django.db import connection

from tenure.kernel.errors import NotFound
from tenure.stream.ingest.accepting import microseconds, seed_of
from tenure.stream.ingest.sources import Source as IngestSource
from tenure.stream.models import Source
from tenure.stream.queries.governance import find_plan
from tenure.stream.queries.stored_calls import source_activity
from tenure.stream.store.client import StoreUnavailable

if TYPE_CHECKING:
    from tenure.workspace.context import Context


def get_source(source_id: UUID, *, lock: bool = False) -> Source:
    """The source of this workspace, open or closed. Raises NotFound."""
    rows = Source.objects.filter(pk=source_id)
    source: Source | None = (rows.select_for_update() if lock else rows).first()
    if source is None:
        raise NotFound(kind="source")
    return source


def get_source_for(ctx: Context, permission: str, source_id: UUID, *, lock: bool = False) -> Source:
    """The same for somebody who holds the permission over the whole workspace: a source feeds every account. Raises NotFound."""
    if not ctx.authority.reach(permission).everything:
        raise NotFound(kind="source")
    return get_source(source_id, lock=lock)


def list_sources() -> list[Source]:
    """All sources of this workspace, the open ones first, the newest first."""
    found: list[Source] = list(Source.objects.order_by("-created_at", "-id"))
    return sorted(found, key=lambda source: not source.is_open)


def find_source_named(name: str, *, kind: str) -> Source | None:
    """The open source of that name and kind, the oldest of several."""
    found: Source | None = Source.objects.filter(name=name, kind=kind, closed_at__isnull=True).order_by("created_at").first()
    return found


def as_ingest_knows_it(source: Source) -> IngestSource:
    """A source as ingest knows it, with the key of its ids' hashes and the plan as it is now; a closed one too, for what it sent before."""
    seed = seed_of(source.pk, settings.SECRET_KEY.encode())
    return IngestSource(source.pk, source.workspace_id, source.is_sandbox, seed, find_plan(source.workspace_id))


def activity_of_sources(ctx: Context) -> dict[UUID, tuple[int, int]] | None:
    """By source: events in the last 24 hours, and when the last one of ACTIVITY_DAYS came (microseconds); None while the store is away."""
    try:
        return source_activity(ctx.workspace.pk, microseconds(ctx.now()))
    except StoreUnavailable:
        return None


def find_by_digest(digest: bytes) -> IngestSource | None:
    """The source that a write key's digest stands for, as ingest knows it; None where the key is unknown or taken back."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT source_id, workspace_id, is_sandbox FROM find_source(%s)", [digest])
        row = cursor.fetchone()
    if row is None:
        return None
    source_id, workspace_id, is_sandbox = row
    return as_ingest_knows_it(Source(pk=source_id, workspace_id=workspace_id, is_sandbox=is_sandbox))


async def find_by_digest_async(digest: bytes) -> IngestSource | None:
    """The same, for ingest's event loop."""
    return await sync_to_async(find_by_digest)(digest)
