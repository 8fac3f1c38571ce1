"""Writing the outbox: one row an event, then the projections of higher rooms, all in the emitting transaction.

Rule: spec/outbox.md, HOUSE rule 3.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from tenure.workspace.models.outbox import OutboxEvent
from tenure.workspace.rows import insert_rows

if TYPE_CHECKING:
    from tenure.workspace.context import Context
    from tenure.workspace.events import DomainEvent

type_ = type
Projection = Callable[["Context", "Sequence[DomainEvent]"], None]

_projections: dict[type_[DomainEvent], list[Projection]] = defaultdict(list)

NOTIFY_CHANNEL = "tenure_outbox"


def register_projection(kinds: Sequence[type_[DomainEvent]], projection: Projection) -> None:
    """Have `projection` run over every batch of these events, inside the transaction that emits them."""
    for kind in kinds:
        _projections[kind].append(projection)


def write(ctx: Context, events: Sequence[DomainEvent]) -> None:
    """Write the events in their order, then run the projections that asked for their types."""
    now = ctx.now()
    insert_rows(
        OutboxEvent,
        [
            OutboxEvent(
                workspace_id=ctx.workspace.pk,
                type=event.type,
                schema_version=event.schema_version,
                occurred_at=now,
                actor_kind=ctx.actor.kind,
                actor_id=ctx.actor.id,
                causation_id=ctx.change_set_id,
                subject_kind=event.subject_kind,
                subject_id=event.subject_id,
                account_id=event.account_id,
                row_version=event.row_version,
                is_backfill=ctx.is_backfill,
                payload=event.payload(),
            )
            for event in events
        ],
        leave_out={"xid"},
    )
    by_kind: dict[type_[DomainEvent], list[DomainEvent]] = defaultdict(list)
    for event in events:
        by_kind[type_(event)].append(event)
    for kind, batch in by_kind.items():
        for projection in _projections.get(kind, ()):
            projection(ctx, batch)
