"""A source takes no more events."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tenure.stream.events import SourceClosed
from tenure.stream.queries.sources import get_source_for
from tenure.workspace.action import action

if TYPE_CHECKING:
    from uuid import UUID

    from tenure.stream.models import Source
    from tenure.workspace.context import Context


@action("stream.manage_sources")
def close_source(ctx: Context, source_id: UUID) -> Source:
    """Take no more events from it, within seconds; what it sent stays. A new key opens it again.

    Raises NotFound. Idempotent: a closed source stays closed.
    """
    source = get_source_for(ctx, "stream.manage_sources", source_id, lock=True)
    if source.is_open:
        source.closed_at = ctx.now()
        source.save(update_fields=["closed_at"])
        ctx.emit(SourceClosed(source.pk, None, None))
    ctx.audit(source, name=source.name, prefix=source.prefix)
    return source
