"""Sources as the API reads and writes them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any
from uuid import UUID

from ninja import Schema
from pydantic import Field

from tenure.stream.enums import SourceKind
from tenure.workspace.endpoints.schemas import In, Partial

if TYPE_CHECKING:
    from tenure.stream.models import Source

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


class SourceIn(In):
    """A new place that events come from."""

    name: str = Field(min_length=1, max_length=80, examples=["API server"])
    kind: SourceKind = SourceKind.SERVER
    is_sandbox: bool = Field(default=False, description="Whether its events are kept apart, for seven days, and never counted.")


class SourcePatch(Partial):
    """What changes of a source: what is left out stays."""

    name: str = Field(default="", min_length=1, max_length=80)
    kind: SourceKind = SourceKind.SERVER


class SourceOut(Schema):
    """A place that events come from."""

    id: UUID
    name: str
    kind: SourceKind
    is_sandbox: bool
    key_prefix: str = Field(description="How its write key begins.")
    created_at: datetime
    closed_at: datetime | None = Field(description="Since when it takes no more events; null while it is open.")
    last_event_at: datetime | None = Field(
        description="When its last event of the last seven days came; null without one, and while the event store is away."
    )
    events_last_day: int = Field(description="How many events came in the last 24 hours.")


class SourcesOut(Schema):
    """The workspace's sources, the open ones first."""

    items: list[SourceOut]


class SourceWithKeyOut(SourceOut):
    """A source with its write key, which is said this once."""

    write_key: str = Field(description="Clients send it as the user name of Basic authentication. It is never shown again.")


def source_out(source: Source, activity: tuple[int, int] | None = None) -> SourceOut:
    """A source as the API answers it. activity: events of the last day, and the last one's instant in microseconds."""
    return SourceOut(**_fields(source, activity))


def source_with_key_out(source: Source, key: str) -> SourceWithKeyOut:
    """The same with the key that was just made."""
    return SourceWithKeyOut(**_fields(source, None), write_key=key)


def instant_of(microseconds: int) -> datetime:
    """Microseconds since 1970 as an instant."""
    return EPOCH + timedelta(microseconds=microseconds)


def _fields(source: Source, activity: tuple[int, int] | None) -> dict[str, Any]:
    count, last = activity or (0, 0)
    return {
        "id": source.pk,
        "name": source.name,
        "kind": source.kind,
        "is_sandbox": source.is_sandbox,
        "key_prefix": source.prefix,
        "created_at": source.created_at,
        "closed_at": source.closed_at,
        "last_event_at": instant_of(last) if last else None,
        "events_last_day": count,
    }
