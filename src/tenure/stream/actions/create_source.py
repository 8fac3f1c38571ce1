"""A new place that events come from, with its write key."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tenure.stream.enums import SourceKind
from tenure.stream.events import SourceCreated
from tenure.stream.ingest.sources import digest_of
from tenure.stream.models import Source
from tenure.stream.write_keys import SHOWN_CHARACTERS, made_up_key
from tenure.workspace.action import action

if TYPE_CHECKING:
    from tenure.workspace.context import Context


@action("stream.manage_sources")
def create_source(ctx: Context, name: str, *, kind: str = SourceKind.SERVER, is_sandbox: bool = False) -> tuple[Source, str]:
    """Make a source; returns it with its write key, which is stored hashed and never shown again.

    is_sandbox: its events are kept apart and never counted. Raises PermissionMissing (a source feeds the whole workspace).
    Not idempotent: each call is a source of its own.
    """
    ctx.require_everywhere("stream.manage_sources")
    key = made_up_key()
    source = Source.objects.create(
        workspace_id=ctx.workspace.pk,
        name=name,
        kind=kind,
        is_sandbox=is_sandbox,
        prefix=key[:SHOWN_CHARACTERS],
        digest=digest_of(key),
        created_by_id=ctx.actor.id,
        created_at=ctx.now(),
    )
    ctx.audit(source, name=name, prefix=source.prefix)
    ctx.emit(SourceCreated(source.pk, None, None))
    return source, key
