"""A row of the outbox as a CloudEvent 1.0 (structured JSON), and back. Fields: spec/outbox.md, "The row"."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from tenure.workspace.models import OutboxEvent

TYPE_PREFIX = "tenure."
Json = dict[str, Any]
_COLUMNS = [field.attname for field in OutboxEvent._meta.concrete_fields]


def cloud_event(event: OutboxEvent) -> Json:
    """The event for whoever speaks CloudEvents. `sequence` is the standard's extension; here it is the transaction that wrote it."""
    return {
        "specversion": "1.0",
        "id": str(event.pk),
        "source": f"/workspaces/{event.workspace_id}",
        "type": f"{TYPE_PREFIX}{event.type}",
        "time": event.occurred_at.astimezone(UTC).isoformat(),
        "subject": f"{event.subject_kind}/{event.subject_id or ''}",
        "datacontenttype": "application/json",
        "workspace": str(event.workspace_id),
        "actor": f"{event.actor_kind}/{event.actor_id or ''}",
        "backfill": event.is_backfill,
        "schemaversion": event.schema_version,
        "sequence": str(event.xid),
        **_given("account", event.account_id),
        **_given("causationid", event.causation_id),
        **({} if event.row_version is None else {"rowversion": event.row_version}),
        "data": event.payload,
    }


def outbox_event(said: Json) -> OutboxEvent:
    """The event as its consumers know it: the row of the outbox, not fetched from there."""
    subject_kind, _, subject_id = str(said["subject"]).partition("/")
    actor_kind, _, actor_id = str(said["actor"]).partition("/")
    values = {
        "id": UUID(said["id"]),
        "workspace_id": UUID(said["workspace"]),
        "xid": said["sequence"],
        "type": type_of(said),
        "schema_version": said["schemaversion"],
        "occurred_at": datetime.fromisoformat(said["time"]),
        "actor_kind": actor_kind,
        "actor_id": _id(actor_id),
        "causation_id": _id(said.get("causationid")),
        "subject_kind": subject_kind,
        "subject_id": _id(subject_id),
        "account_id": _id(said.get("account")),
        "row_version": said.get("rowversion"),
        "is_backfill": said["backfill"],
        "payload": said["data"],
    }
    # As a row is made that was fetched: four times as quick as by the constructor.
    return OutboxEvent.from_db("default", _COLUMNS, [values[name] for name in _COLUMNS])


def type_of(said: Json) -> str:
    """The event's type as the rooms name it."""
    return str(said["type"]).removeprefix(TYPE_PREFIX)


def _given(name: str, value: UUID | None) -> Json:
    return {} if value is None else {name: str(value)}


def _id(text: str | None) -> UUID | None:
    return UUID(text) if text else None
