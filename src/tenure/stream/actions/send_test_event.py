"""A test event, by the way that every event takes."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from tenure.kernel.ids import uuid7
from tenure.stream.errors import SourceIsClosed, StreamBehind, StreamUnreachable
from tenure.stream.ingest.posting import post_call
from tenure.stream.own_loop import in_own_loop
from tenure.stream.queries.sources import as_ingest_knows_it, get_source_for
from tenure.workspace.action import action

if TYPE_CHECKING:
    from uuid import UUID

    from tenure.workspace.context import Context

NAME, USER = "Test Event Sent", "tenure-test"


@action("stream.manage_sources")
def send_test_event(ctx: Context, source_id: UUID) -> str:
    """Post a track call to ingest as this source's client would; returns its id once the stream has it on disk.

    Raises NotFound, SourceIsClosed, StreamUnreachable. Not idempotent: each call sends an event of its own, which counts as any other.
    """
    source = get_source_for(ctx, "stream.manage_sources", source_id)
    if not source.is_open:
        raise SourceIsClosed(name=source.name)
    call_id = f"test-{uuid7()}"
    call = {"userId": USER, "event": NAME, "messageId": call_id, "timestamp": ctx.now().isoformat()}
    body = json.dumps({**call, "properties": {"sent_by": ctx.actor.name}, "context": {"library": {"name": "tenure"}}}).encode()
    try:
        in_own_loop(post_call(as_ingest_knows_it(source), "track", body))
    except StreamBehind as failed:
        raise StreamUnreachable from failed
    ctx.audit(source, name=source.name, call=call_id)
    return call_id
