"""Writing the outbox: one row an event, then the projections of higher rooms, all in the emitting transaction.

Rule: spec/outbox.md, HOUSE rule 3.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from tenure.kernel.ids import uuid7
from tenure.workspace.events import has_own_fields
from tenure.workspace.models.outbox import OutboxEvent
from tenure.workspace.rows import Same, insert_columns

if TYPE_CHECKING:
    from tenure.workspace.context import Context
    from tenure.workspace.events import DomainEvent

    EventType = type[DomainEvent]

Projection = Callable[["Context", "Sequence[DomainEvent]"], None]

_projections: dict[EventType, list[Projection]] = defaultdict(list)


def register_projection(kinds: Sequence[EventType], projection: Projection) -> None:
    """Have `projection` run over every batch of these events, inside the transaction that emits them."""
    for kind in kinds:
        _projections[kind].append(projection)


def write(ctx: Context, events: Sequence[DomainEvent]) -> None:
    """Write the events in their order, then run the projections that asked for their types."""
    now = ctx.now()
    kinds = {type(event) for event in events}
    insert_columns(
        OutboxEvent,
        len(events),
        id=[uuid7() for _ in events],
        workspace_id=Same(ctx.workspace.pk),
        type=[event.type for event in events],
        schema_version=[event.schema_version for event in events],
        occurred_at=Same(now),
        actor_kind=Same(ctx.actor.kind),
        actor_id=Same(ctx.actor.id),
        causation_id=Same(ctx.change_set_id),
        subject_kind=[event.subject_kind for event in events],
        subject_id=[event.subject_id for event in events],
        account_id=[event.account_id for event in events],
        row_version=[event.row_version for event in events],
        is_backfill=Same(ctx.is_backfill),
        payload=[event.payload() for event in events] if any(map(has_own_fields, kinds)) else Same({}),
    )
    by_kind: dict[EventType, list[DomainEvent]] = defaultdict(list)
    for event in events:
        by_kind[type(event)].append(event)
    for kind, batch in by_kind.items():
        for projection in _projections.get(kind, ()):
            projection(ctx, batch)
