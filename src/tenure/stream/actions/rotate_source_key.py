"""A source gets another write key."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tenure.stream.events import SourceKeyRotated
from tenure.stream.ingest.sources import digest_of
from tenure.stream.queries.sources import get_source_for
from tenure.stream.write_keys import SHOWN_CHARACTERS, made_up_key
from tenure.workspace.action import action

if TYPE_CHECKING:
    from uuid import UUID

    from tenure.stream.models import Source
    from tenure.workspace.context import Context


@action("stream.manage_sources")
def rotate_source_key(ctx: Context, source_id: UUID) -> tuple[Source, str]:
    """Replace the write key; returns the source with the new key, shown once. The old key stops within seconds. A closed source opens again.

    Raises NotFound. Not idempotent: each call makes another key.
    """
    source = get_source_for(ctx, "stream.manage_sources", source_id, lock=True)
    key = made_up_key()
    source.prefix, source.digest, source.closed_at = key[:SHOWN_CHARACTERS], digest_of(key), None
    source.save(update_fields=["prefix", "digest", "closed_at"])
    ctx.audit(source, name=source.name, prefix=source.prefix)
    ctx.emit(SourceKeyRotated(source.pk, None, None))
    return source, key
