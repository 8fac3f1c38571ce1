"""The outbox: domain events written in the transaction that made them true, and how far each consumer has read.

Rule: spec/outbox.md. Rows are read in (xid8, id) order below the oldest running transaction, so that none is ever missed.
"""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.db.models.expressions import RawSQL

from tenure.workspace.models.base import Scoped


class Xid8Field(models.Field):  # type: ignore[type-arg]
    """PostgreSQL's 64-bit transaction id, as text in Python."""

    def db_type(self, connection: object) -> str:  # noqa: ARG002
        """The column's type."""
        return "xid8"

    def from_db_value(self, value: Any, *_: object) -> str | None:  # noqa: ANN401 - the driver's value
        """Text, for cursors."""
        return None if value is None else str(value)


class OutboxEvent(Scoped):
    """A domain event. `payload` holds ids, amounts and codes; no names, addresses or free text."""

    fence_account = "account_id"

    xid = Xid8Field(db_default=RawSQL("pg_current_xact_id()", ()), editable=False)
    type = models.TextField(db_collation="C")
    schema_version = models.SmallIntegerField(default=1)
    occurred_at = models.DateTimeField()
    actor_kind = models.CharField(max_length=10)
    actor_id = models.UUIDField(null=True)
    causation_id = models.UUIDField(null=True)
    subject_kind = models.TextField(db_collation="C")
    subject_id = models.UUIDField(null=True)
    account_id = models.UUIDField(null=True)
    row_version = models.IntegerField(null=True)
    is_backfill = models.BooleanField(default=False)
    payload = models.JSONField(default=dict)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["workspace", "xid", "id"], name="outbox_order")]

    def __str__(self) -> str:
        """The event's type and subject."""
        return f"{self.type} {self.subject_id}"


class ConsumerPosition(Scoped):
    """How far one consumer has read this workspace's events, committed together with the consumer's effect.

    (xid, event_id): the last event's place in the outbox, which is what counts. sequence: the place in the stream of the message that it came in.
    """

    consumer = models.TextField(db_collation="C")
    xid = Xid8Field(null=True)
    event_id = models.UUIDField(null=True)
    sequence = models.BigIntegerField(null=True)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["workspace", "consumer"], name="consumer_position_unique")]

    def __str__(self) -> str:
        """The consumer's name."""
        return self.consumer
