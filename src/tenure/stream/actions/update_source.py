"""A source gets another name or kind."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tenure.stream.events import SourceChanged
from tenure.stream.queries.sources import get_source_for
from tenure.workspace.action import action

if TYPE_CHECKING:
    from uuid import UUID

    from tenure.stream.models import Source
    from tenure.workspace.context import Context


@action("stream.manage_sources")
def update_source(ctx: Context, source_id: UUID, *, name: str, kind: str) -> Source:
    """Name it anew, or say what kind of place it is. Raises NotFound. Idempotent by the source."""
    source = get_source_for(ctx, "stream.manage_sources", source_id, lock=True)
    source.name, source.kind = name, kind
    source.save(update_fields=["name", "kind"])
    ctx.audit(source, name=name)
    ctx.emit(SourceChanged(source.pk, None, None))
    return source
