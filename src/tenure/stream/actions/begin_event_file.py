"""A file of events is about to be taken in: its source stands ready, and the audit says who brought it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tenure.stream.actions.create_source import create_source
from tenure.stream.enums import SourceKind
from tenure.stream.queries.sources import find_source_named
from tenure.workspace.action import action

if TYPE_CHECKING:
    from tenure.stream.models import Source
    from tenure.workspace.context import Context


@action("stream.load_events")
def begin_event_file(ctx: Context, file_name: str, source_name: str) -> Source:
    """The source that the file's events belong to, made where there is none; `stream.files.load.load_events` then takes them in.

    Raises PermissionMissing. Idempotent by the source's name.
    """
    ctx.require_everywhere("stream.load_events")
    source = find_source_named(source_name, kind=SourceKind.JOB)
    if source is None:
        source, _key = create_source(ctx, source_name, kind=SourceKind.JOB)
    ctx.audit(source, file=file_name, name=source_name)
    return source
